// The machine's compiler: a worker for each compilation that is under way, because one that takes long is ended by ending its
// worker. A worker that has done its work is kept for the next; loading it takes longer than compiling a small program.

import type { CcMessage } from "../abi/cc.ts";
import type { Compiler } from "../dev/compiler.ts";
import { registerCompiler } from "../dev/compiler-file.ts";
import type { Machine } from "./machine.ts";

/** As userland/cc/driver/worker has it. */
export interface CompilerWorker {
  /** Rejects when the worker has failed; it is of no use any more then. */
  turn(messages: readonly CcMessage[]): Promise<readonly CcMessage[]>;
  terminate(): void;
}

export interface CompilerWorkers extends Compiler {
  /** Ends all workers. */
  close(): void;
}

export function createCompilerWorkers(start: () => CompilerWorker): CompilerWorkers {
  const all = new Set<CompilerWorker>();
  let spare: CompilerWorker | undefined;

  const take = (): CompilerWorker => {
    const worker = spare ?? start();
    spare = undefined;
    all.add(worker);
    return worker;
  };
  const end = (worker: CompilerWorker): void => {
    worker.terminate();
    all.delete(worker);
  };

  return {
    open() {
      let worker: CompilerWorker | undefined;
      /** The worker owes an answer, or will never give one. */
      let isBusy = false;
      return {
        async turn(messages) {
          isBusy = true;
          const said = await (worker ??= take()).turn(messages);
          isBusy = false;
          return said;
        },
        close() {
          if (worker === undefined) return;
          if (isBusy || spare !== undefined) end(worker);
          else spare = worker;
          worker = undefined;
        },
      };
    },
    close() {
      for (const worker of all) end(worker);
      spare = undefined;
    },
  };
}

/** Gives a machine its /dev/cc. Before any program runs that could look for it. */
export function attachCompiler(machine: Machine, start: () => CompilerWorker): void {
  const { vfs, completions, sched, clock, log } = machine.kernel;
  const compiler = createCompilerWorkers(start);
  registerCompiler(vfs.devices, {
    compiler,
    completions,
    scheduler: sched,
    now: () => clock.now(),
    report: (text) => log.write(text),
  });
  machine.onShutdown = () => compiler.close();
}
