// The compiler's worker in Node: compiler-worker.mjs, beside the built command line.

import { Worker } from "node:worker_threads";
import type { CompilerWorker } from "../compiler-workers.ts";
import { createRemoteCompiler } from "../remote-compiler.ts";

/** Megabytes of JavaScript objects that a compilation may have; beyond that its worker fails. */
const HEAP_MAX = 1024;

export function startCompilerWorker(
  address: URL = new URL("./compiler-worker.mjs", import.meta.url),
): CompilerWorker {
  const worker = new Worker(address, { resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX } });
  const remote = createRemoteCompiler({
    post: (messages) => worker.postMessage(messages),
    terminate: () => void worker.terminate(),
    // Who has nothing to do shall not keep the process alive.
    onBusy: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
  });
  worker.unref();
  worker.on("message", remote.answered);
  worker.on("messageerror", ({ message }) => remote.lost(message));
  worker.on("error", ({ message }) => remote.lost(message));
  worker.on("exit", () => remote.lost("its worker has ended"));
  return remote;
}
