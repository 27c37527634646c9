// A worker of compiler-pool.mjs: a command comes, what became of it goes back.
import { parentPort } from "node:worker_threads";
import { runCompiler } from "./toolchain-ours.mjs";

parentPort?.on("message", (words) => {
  const { status, messages } = runCompiler(words);
  parentPort?.postMessage({ status, messages });
});
