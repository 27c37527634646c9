// Commands of our compiler side by side: each core has a worker with a compiler of its own, which warms up once and takes one
// command after the other.
import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";

/** Beyond that a compiler's warming up costs more than it brings. */
const MOST_WORKERS = 8;

/** Most of what the compiler makes dies young. */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };

const WORKER = new URL("compiler-worker.mjs", import.meta.url);

export function createPool() {
  beSlowToOptimize();
  /** @type {Worker[]} */
  const workers = [];

  /** One worker takes what is left until nothing is. */
  function work(worker, commands, said, take) {
    return new Promise((resolve, reject) => {
      let at = -1;
      const proceed = () => {
        at = take();
        if (at < commands.length) worker.postMessage(commands[at]);
        else resolve(undefined);
      };
      worker.removeAllListeners();
      worker.on("error", reject);
      worker.on("message", ({ status, messages }) => {
        if (status !== 0) {
          const inputs = commands[at].filter((word) => /\.[cSo]$/.test(word));
          reject(new Error(`cc ${inputs.join(" ")}\n${messages}`));
          return;
        }
        said[at] = messages;
        proceed();
      });
      proceed();
    });
  }

  return {
    /**
     * Runs `cc` with each of these lists of words, in any order, until all are done or one fails.
     * @param {readonly (readonly string[])[]} commands
     * @returns {Promise<string[]>} what each of them said, in their order
     * @throws Error with the compiler's messages
     */
    async run(commands) {
      const count = Math.min(availableParallelism(), MOST_WORKERS, commands.length);
      while (workers.length < count) workers.push(new Worker(WORKER, { resourceLimits }));
      const said = commands.map(() => "");
      let next = 0;
      const take = () => next++;
      await Promise.all(workers.map((worker) => work(worker, commands, said, take)));
      return said;
    },
    close: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}

/**
 * V8 spends more time on optimising a compiler that lives for seconds than the compiler on its work. So all code is compiled at
 * once by its quick compiler, and must be hotter before its slow one takes it. Of V8 11 only, where it was measured
 * (docs/decisions/compiler-pool.md): later ones have a third compiler between the two.
 */
function beSlowToOptimize() {
  if (Number.parseInt(process.versions.v8, 10) !== 11) return;
  setFlagsFromString("--always-sparkplug");
  setFlagsFromString("--interrupt-budget=1200000");
}
