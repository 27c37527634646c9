// The compiler's worker in a browser. Who needs the compiler starts it by its name, compiler-worker.js: the kernel for the
// guest's `cc`, the page for its editor (client.ts); each has its own.

import { expose } from "comlink";
import { createCompilerService } from "./service-parts.ts";

async function loadHeaders(): Promise<unknown> {
  const response = await fetch(new URL("./compiler-headers.json", import.meta.url));
  if (!response.ok) throw new Error(`compiler-headers.json: ${response.status}`);
  return response.json();
}

// A request that cannot be read would wait for ever. As an uncaught error it reaches who started this worker.
addEventListener("messageerror", () => {
  throw new Error("a request to the compiler could not be read");
});

expose(createCompilerService(loadHeaders));
