// The compiler's worker in a browser (userland/cc/driver/worker), which lies beside this bundle.

import type { CompilerWorker } from "./compiler-workers.ts";
import { createRemoteCompiler } from "./remote-compiler.ts";

export { attachCompiler } from "./compiler-workers.ts";

export function startCompilerWorker(): CompilerWorker {
  // By its name it knows what it is for.
  const worker = new Worker(new URL("./compiler-worker.js", import.meta.url), {
    type: "module",
    name: "compiler",
  });
  const remote = createRemoteCompiler({
    post: (messages) => worker.postMessage(messages),
    terminate: () => worker.terminate(),
  });
  worker.addEventListener("message", ({ data }) => remote.answered(data));
  worker.addEventListener("messageerror", () => remote.lost("an answer could not be read"));
  worker.addEventListener("error", (event) => {
    // Otherwise the browser would report it as the kernel worker's own failure, and the page would give the machine up.
    event.preventDefault();
    // A worker that could not be loaded is an event without a message.
    remote.lost(event.message || "compiler-worker.js could not be loaded");
  });
  return remote;
}
