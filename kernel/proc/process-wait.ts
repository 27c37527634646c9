// What wait4(2) and waitid(2) collect: the end of a child, or that it has stopped or continued. Looking is separate from
// waiting, which the system-call layer does on the parent's `childWait`.

import { WCONTINUED, WEXITED, WNOWAIT, WSTOPPED } from "../abi/process.ts";
import {
  CLD_CONTINUED,
  CLD_DUMPED,
  CLD_EXITED,
  CLD_KILLED,
  CLD_STOPPED,
  SIGCONT,
} from "../abi/signal.ts";
import type { Kernel } from "./kernel.ts";
import { reap } from "./process-exit.ts";
import type { ChildTotals, Process } from "./process.ts";

/** Which children: all (pid and pgid absent), one, or a group. */
export interface ChildSelector {
  readonly pid?: number;
  readonly pgid?: number;
}

export interface Collected {
  readonly pid: number;
  readonly uid: number;
  /** As wait4 reports it. */
  readonly status: number;
  /** CLD_*, and si_status: exit code or signal. */
  readonly code: number;
  readonly value: number;
  readonly totals: ChildTotals;
}

/** "no children" when none could ever match, "none yet" when one may change its state later. */
export type WaitOutcome = Collected | "no children" | "none yet";

/** Looks for a child to report, taking the report away unless WNOWAIT. `options` are waitid's (WEXITED is explicit). */
export function collectChild(
  k: Kernel,
  parent: Process,
  selector: ChildSelector,
  options: number,
): WaitOutcome {
  const seen = parent.tracees?.collect(selector, options) ?? "no children";
  if (typeof seen !== "string") return seen;
  let any = seen === "none yet";
  for (const child of parent.children) {
    if (selector.pid !== undefined && child.pid !== selector.pid) continue;
    if (selector.pgid !== undefined && child.pgid !== selector.pgid) continue;
    any = true;
    // What a tracer sees first, and what a parent that traces its child has seen already.
    if (child.zombie && child.tracee !== undefined) continue;
    const mine = child.tracee?.tracer === parent ? options & ~WSTOPPED : options;
    const found = reportOf(child, mine);
    if (found === undefined) continue;
    if ((options & WNOWAIT) === 0) {
      if (child.zombie) reap(k, child);
      else child.report = "none";
    }
    return found;
  }
  return any ? "none yet" : "no children";
}

/** What wait4 says of the times and faults of a child and its own. */
export function totalsOf(child: Process): ChildTotals {
  return {
    userTime: child.userTime + child.childTotals.userTime,
    systemTime: child.systemTime + child.childTotals.systemTime,
    minorFaults: child.minorFaults + child.childTotals.minorFaults,
    majorFaults: child.majorFaults + child.childTotals.majorFaults,
    peakResident: child.childTotals.peakResident,
  };
}

/** What there is to report of a child, without taking it away. */
export function reportOf(child: Process, options: number): Collected | undefined {
  const { pid, uid } = child;
  const totals = totalsOf(child);
  if (child.zombie) {
    if ((options & WEXITED) === 0) return undefined;
    const status = child.exitStatus;
    const signal = status & 0x7f;
    if (signal === 0) return { pid, uid, status, code: CLD_EXITED, value: status >> 8, totals };
    return {
      pid,
      uid,
      status,
      code: (status & 0x80) !== 0 ? CLD_DUMPED : CLD_KILLED,
      value: signal,
      totals,
    };
  }
  if (child.report === "stopped" && (options & WSTOPPED) !== 0) {
    const status = (child.stopSignal << 8) | 0x7f;
    return { pid, uid, status, code: CLD_STOPPED, value: child.stopSignal, totals };
  }
  if (child.report === "continued" && (options & WCONTINUED) !== 0) {
    return { pid, uid, status: 0xffff, code: CLD_CONTINUED, value: SIGCONT, totals };
  }
  return undefined;
}
