// The compiler's worker in a browser. Who needs the compiler starts it: the page as "checker" for its editor (client.ts), the
// kernel as "compiler" for the guest's `cc`; each has its own.

import { expose } from "comlink";
import { createCheckerService } from "./checker-service.ts";
import { createTurnServer } from "./turns.ts";

async function loadHeaders(): Promise<unknown> {
  const response = await fetch(new URL("./compiler-headers.json", import.meta.url));
  if (!response.ok) throw new Error(`compiler-headers.json: ${response.status}`);
  return response.json();
}

// A request that cannot be read would wait for ever. As an uncaught error it reaches who started this worker.
addEventListener("messageerror", () => {
  throw new Error("a request to the compiler could not be read");
});

if (name === "checker") {
  expose(createCheckerService(loadHeaders));
} else {
  const answerTo = createTurnServer();
  addEventListener("message", ({ data }) => postMessage(answerTo(data)));
}
