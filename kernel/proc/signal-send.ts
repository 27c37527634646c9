// Sending signals (kill(2), signal(7)): what is dropped, what stays pending, and whom it wakes. Nothing is delivered
// here: the receiver acts on it when it next goes back to its program (signal-deliver.ts).

import {
  CLD_CONTINUED,
  SA_NOCLDSTOP,
  SIGCHLD,
  SIGCONT,
  SIGKILL,
  SIGSTOP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SI_KERNEL,
} from "../abi/signal.ts";
import { EV_SIGNAL } from "../api/events.ts";
import type { Kernel } from "./kernel.ts";
import type { SignalInfo } from "./pending-signals.ts";
import type { Process } from "./process.ts";
import { isFatal } from "./stall.ts";
import type { Thread } from "./thread.ts";

const STOP_SIGNALS = [SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU] as const;
/** Places in `signalActions` of kernel/api/events.ts. */
export const ACTION_IGNORED = 0;
export const ACTION_HANDLED = 1;
export const ACTION_TERMINATED = 2;
export const ACTION_STOPPED = 3;
export const ACTION_CONTINUED = 4;

/** A signal from the kernel itself. */
export function kernelSignal(signo: number): SignalInfo {
  return { signo, code: SI_KERNEL };
}

/** A signal that a thread sends: kill(2) and kin, and SIGPIPE, which a writer sends itself (pipe(7)). */
export function userSignal(t: Thread, signo: number, code: number): SignalInfo {
  return { signo, code, pid: t.process.pid, uid: t.process.uid };
}

/** Sends to a process: any of its threads that does not block the signal may take it. */
export function sendSignal(k: Kernel, process: Process, info: SignalInfo): void {
  const main = process.threads[0];
  if (main === undefined) return;
  if (!accept(k, process, main, info)) return;
  process.pending.add(info);
  const taker = process.threads.find((thread) => wants(thread, info.signo)) ?? main;
  if (info.signo === SIGKILL) for (const thread of process.threads) wake(k, thread, info.signo);
  else wake(k, taker, info.signo);
}

/** Sends to one thread (tgkill(2), faults). */
export function sendToThread(k: Kernel, thread: Thread, info: SignalInfo): void {
  const { process } = thread;
  if (!accept(k, process, thread, info)) return;
  if (info.signo === SIGKILL) {
    sendSignal(k, process, info);
    return;
  }
  thread.pending.add(info);
  wake(k, thread, info.signo);
}

/** Sends to every process of a group. Returns how many there are. */
export function signalGroup(k: Kernel, pgid: number, info: SignalInfo): number {
  const members = k.processes.group(pgid);
  for (const process of members) sendSignal(k, process, info);
  return members.length;
}

/**
 * A fault's signal cannot be blocked or ignored away: the instruction would fault for ever. Such a thread ends with the
 * default action instead (Linux's force_sig_info).
 */
export function forceSignal(thread: Thread, info: SignalInfo): void {
  const { actions } = thread.process;
  if (thread.mask.has(info.signo) || actions.ignores(info.signo)) {
    actions.handler[info.signo] = 0;
    thread.mask.delete(info.signo);
  }
  thread.pending.add(info);
}

/** The effects that sending has by itself; false when the signal then vanishes. */
function accept(k: Kernel, process: Process, thread: Thread, info: SignalInfo): boolean {
  const { signo } = info;
  if (signo === SIGCONT) {
    for (const stop of STOP_SIGNALS) discard(process, stop);
    continueProcess(k, process);
  } else if ((STOP_SIGNALS as readonly number[]).includes(signo)) {
    discard(process, SIGCONT);
  }
  const awaited = process.threads.some((candidate) => candidate.awaited.has(signo));
  // Also a signal that is ignored is shown to the tracer.
  if (thread.mask.has(signo) || awaited || thread.tracee !== undefined) return true;
  if (!process.actions.ignores(signo)) return true;
  if (k.events.on && signo !== SIGCONT)
    k.events.emit(EV_SIGNAL, process.pid, signo, info.code, 0, ACTION_IGNORED);
  return false;
}

function discard(process: Process, signo: number): void {
  process.pending.discard(signo);
  for (const thread of process.threads) thread.pending.discard(signo);
}

function wants(thread: Thread, signo: number): boolean {
  return !thread.mask.has(signo) || thread.awaited.has(signo);
}

function wake(k: Kernel, thread: Thread, signo: number): void {
  const { task } = thread;
  if (signo === SIGKILL) {
    // Whatever it waits for is forgotten: the thread ends as soon as it has the hart.
    if (task.state === "stopped") k.sched.ready(task);
    else if (task !== k.sched.current) {
      k.sched.drop(task);
      thread.reissue = false;
    }
    return;
  }
  if (wants(thread, signo) && !(thread.stalled && !isFatal(thread, signo))) k.sched.interrupt(task);
}

/** SIGCONT's effect, also on a process that ignores or blocks it. */
function continueProcess(k: Kernel, process: Process): void {
  const wasStopped = process.stopped;
  process.stopped = false;
  for (const { tracee } of process.threads) tracee?.continues();
  if (!wasStopped) return;
  process.report = "continued";
  for (const { task, tracee } of process.threads)
    if (task.state === "stopped" && tracee?.isStopped !== true) k.sched.ready(task);
  if (k.events.on) k.events.emit(EV_SIGNAL, process.pid, SIGCONT, 0, 0, ACTION_CONTINUED);
  notifyParent(k, process, CLD_CONTINUED, SIGCONT);
}

/** Tells the parent that a child has stopped or continued (`code` CLD_*), with SIGCHLD unless SA_NOCLDSTOP. */
export function notifyParent(k: Kernel, process: Process, code: number, status: number): void {
  const { parent } = process;
  if (parent === undefined) return;
  k.sched.wake(parent.childWait);
  if (((parent.actions.flags[SIGCHLD] ?? 0) & SA_NOCLDSTOP) !== 0) return;
  sendSignal(k, parent, childInfo(process, SIGCHLD, code, status));
}

/** siginfo_t of a child's change of state. */
export function childInfo(
  process: Process,
  signo: number,
  code: number,
  status: number,
): SignalInfo {
  return { signo, code, pid: process.pid, uid: process.uid, status };
}
