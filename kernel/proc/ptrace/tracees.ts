// All whom one process traces: what its wait4(2) and waitid(2) see of them, and what becomes of them when it ends.

import { reportOf, totalsOf } from "../process-wait.ts";
import { sendSignal } from "../signal-send.ts";
import { tellParent } from "../process-exit.ts";
import type { Kernel } from "../kernel.ts";
import { WEXITED, WNOWAIT } from "../../abi/process.ts";
import { PTRACE_O_EXITKILL } from "../../abi/ptrace.ts";
import { CLD_EXITED, CLD_KILLED, CLD_TRAPPED, SIGKILL, SI_KERNEL } from "../../abi/signal.ts";
import type { ChildSelector, Collected, WaitOutcome } from "../process-wait.ts";
import type { Tracees } from "../tracing.ts";
import type { TracedThread } from "./tracee.ts";

export class TraceeSet implements Tracees {
  readonly #k: Kernel;
  readonly members = new Set<TracedThread>();

  constructor(k: Kernel) {
    this.#k = k;
  }

  collect(selector: ChildSelector, options: number): WaitOutcome {
    let any = false;
    for (const tracee of this.members) {
      const { tid, process } = tracee.thread;
      if (selector.pid !== undefined && tid !== selector.pid) continue;
      if (selector.pgid !== undefined && process.pgid !== selector.pgid) continue;
      any = true;
      const found = this.#reportOf(tracee, options);
      if (found === undefined) continue;
      if ((options & WNOWAIT) === 0) this.#take(tracee);
      return found;
    }
    return any ? "none yet" : "no children";
  }

  #reportOf(tracee: TracedThread, options: number): Collected | undefined {
    const { thread, ended, stop } = tracee;
    const { process, tid } = thread;
    const { uid } = process;
    if (ended !== undefined) {
      if ((options & WEXITED) === 0) return undefined;
      if (tracee.isLeader) return reportOf(process, options);
      const signal = ended & 0x7f;
      return {
        pid: tid,
        uid,
        status: ended,
        code: signal === 0 ? CLD_EXITED : CLD_KILLED,
        value: signal === 0 ? ended >> 8 : signal,
        totals: totalsOf(process),
      };
    }
    if (!tracee.isStopped || stop === undefined || tracee.collected || tracee.listening)
      return undefined;
    const status = (stop.code << 8) | 0x7f;
    return {
      pid: tid,
      uid,
      status,
      code: CLD_TRAPPED,
      value: stop.code,
      totals: totalsOf(process),
    };
  }

  #take(tracee: TracedThread): void {
    if (tracee.ended === undefined) tracee.collected = true;
    else this.#bury(tracee);
  }

  /** The tracer has seen the end, or never will; now the parent may. */
  #bury(tracee: TracedThread): void {
    const { process } = tracee.thread;
    const k = this.#k;
    tracee.release();
    if (tracee.isLeader) tellParent(k, process, process.exitStatus);
  }

  abandon(): void {
    const k = this.#k;
    for (const tracee of this.members) {
      const kills = (tracee.options & PTRACE_O_EXITKILL) !== 0;
      if (tracee.ended !== undefined) this.#bury(tracee);
      else tracee.release();
      if (kills) sendSignal(k, tracee.thread.process, { signo: SIGKILL, code: SI_KERNEL });
    }
  }
}
