// The end of threads and processes (_exit(2), exit_group(2)): resources go back at once, children go to init, and what
// is left is a zombie with an exit status until the parent has collected it.

import {
  CLD_DUMPED,
  CLD_EXITED,
  CLD_KILLED,
  SA_NOCLDWAIT,
  SIGCHLD,
  SIG_IGN,
} from "../abi/signal.ts";
import { EV_EXIT } from "../api/events.ts";
import { store32 } from "../mm/user-copy.ts";
import { hangUpOrphans } from "./job-control.ts";
import type { Kernel } from "./kernel.ts";
import type { Process } from "./process.ts";
import { childInfo, sendSignal } from "./signal-send.ts";
import type { Thread } from "./thread.ts";

/** Ends one thread; the process too when it is the last. `status` is as wait4 reports it. */
export function exitThread(k: Kernel, thread: Thread, status: number): void {
  const { process } = thread;
  retire(k, thread, status);
  if (process.threads.length === 0) exitProcess(k, process, status);
}

/** Ends all threads of a process, and so the process. */
export function exitGroup(k: Kernel, process: Process, status: number): void {
  endThreads(k, process, undefined, status);
  exitProcess(k, process, status);
}

/** Ends every thread but `survivor`: what exit_group and execve do to the others. */
export function endThreads(
  k: Kernel,
  process: Process,
  survivor: Thread | undefined,
  status: number,
): void {
  for (const thread of process.threads.filter((candidate) => candidate !== survivor))
    retire(k, thread, status);
}

function retire(k: Kernel, thread: Thread, status: number): void {
  const { process } = thread;
  if (thread.clearTid !== 0 && process.space !== undefined && process.threads.length > 1) {
    if (store32(process.space, thread.clearTid, 0) === 0)
      k.futexes.wake(process.space, thread.clearTid, 1, false);
  }
  if (thread.restart.active && thread.restart.emptying) k.mm.swap.on = true;
  process.endedUserTime += thread.userTime;
  process.endedSystemTime += thread.systemTime;
  process.threads.splice(process.threads.indexOf(thread), 1);
  k.sched.exit(thread.task);
  k.processes.removeThread(thread);
  thread.entry++;
  if (k.current === thread) k.current = undefined;
  thread.tracee?.ends(status);
}

/** Lets go of an address space, waking a vfork parent that waits for it. */
export function leaveSpace(k: Kernel, process: Process): void {
  const { space } = process;
  if (space === undefined) return;
  if (!process.borrowsMemory) {
    process.endedMinorFaults += space.minorFaults;
    process.endedMajorFaults += space.majorFaults;
  }
  process.space = undefined;
  space.release();
  if (!process.borrowsMemory) return;
  process.borrowsMemory = false;
  k.sched.wake(process.vforkWait);
}

function exitProcess(k: Kernel, process: Process, status: number): void {
  process.exitStatus = status;
  if (process.timer !== undefined) k.sched.setTimer(process.timer, Infinity);
  if (--process.files.users === 0) process.files.closeAll();
  leaveSpace(k, process);
  process.tracees?.abandon();
  process.executable = undefined;
  if (process.sid === process.pid) k.leaderExits(process.sid);
  const children = [...process.children];
  const { init } = k.processes;
  for (const child of children) {
    child.parent = init;
    init.children.add(child);
  }
  process.children.clear();
  process.zombie = true;
  process.stopped = false;
  process.report = "none";
  process.pending.clear();
  hangUpOrphans(k, process, children);
  if (k.events.on) k.events.emit(EV_EXIT, process.pid, status);
  for (const child of children) if (child.zombie && child.tracee === undefined) reap(k, child);
  process.onExit?.(status);
  if (process.tracee?.hidesEnd(status) !== true) tellParent(k, process, status);
}

/** SIGCHLD, and whoever waits for a child looks again; an end that nobody wants to know of is forgotten at once. */
export function tellParent(k: Kernel, process: Process, status: number): void {
  const { parent } = process;
  if (parent === undefined) return;
  if (parent.pid === 1) {
    reap(k, process);
    return;
  }
  const signal = status & 0x7f;
  const code = signal === 0 ? CLD_EXITED : (status & 0x80) !== 0 ? CLD_DUMPED : CLD_KILLED;
  const { actions } = parent;
  const unwanted =
    process.exitSignal === SIGCHLD &&
    (actions.handler[SIGCHLD] === SIG_IGN || ((actions.flags[SIGCHLD] ?? 0) & SA_NOCLDWAIT) !== 0);
  if (process.exitSignal !== 0) {
    sendSignal(
      k,
      parent,
      childInfo(process, process.exitSignal, code, signal === 0 ? status >> 8 : signal),
    );
  }
  if (unwanted) reap(k, process);
  k.sched.wake(parent.childWait);
}

/** Forgets a zombie; its times and faults are added to its parent's totals. */
export function reap(k: Kernel, process: Process): void {
  const { parent } = process;
  if (parent !== undefined) {
    const totals = parent.childTotals;
    totals.userTime += process.userTime + process.childTotals.userTime;
    totals.systemTime += process.systemTime + process.childTotals.systemTime;
    totals.minorFaults += process.minorFaults + process.childTotals.minorFaults;
    totals.majorFaults += process.majorFaults + process.childTotals.majorFaults;
    parent.children.delete(process);
  }
  k.processes.remove(process);
}
