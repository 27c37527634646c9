// What happens to a thread's signals when it is about to go back to its program: ignored, stopped, ended, or a handler
// entered; and what becomes of the system call that a signal interrupted (signal(7)). Called with the thread's registers
// in the hart.

import { EINTR } from "../abi/errno.ts";
import {
  CLD_STOPPED,
  SA_NODEFER,
  SA_RESETHAND,
  SA_RESTART,
  SIGSEGV,
  SIGSTOP,
  SIG_DFL,
  SIG_IGN,
} from "../abi/signal.ts";
import { EV_SIGNAL } from "../api/events.ts";
import { isOrphaned } from "./job-control.ts";
import type { Kernel } from "./kernel.ts";
import type { SignalInfo } from "./pending-signals.ts";
import { exitGroup } from "./process-exit.ts";
import { REG_A0, setRegister, skipEcall } from "./registers.ts";
import { ERESTARTNOINTR, ERESTARTSYS } from "./restart.ts";
import { defaultAction } from "./signal-actions.ts";
import { enterHandler, isFrameReady } from "./signal-frame.ts";
import {
  ACTION_HANDLED,
  ACTION_IGNORED,
  ACTION_STOPPED,
  ACTION_TERMINATED,
  forceSignal,
  notifyParent,
} from "./signal-send.ts";
import { sleepOnStall } from "./stall.ts";
import type { Thread } from "./thread.ts";

/** Whether the thread goes on with its program; stopped by a signal, or until its stack can be written. */
export type Delivery = "run" | "stopped" | "dead";

/**
 * Acts on every signal that is pending and not blocked. `interrupted` is the -ERESTART… code of a call that a signal cut
 * short, 0 for none: if a handler is entered the call either returns -EINTR or is issued again after the handler; if
 * none is, it is simply issued again.
 */
export function deliverSignals(k: Kernel, thread: Thread, interrupted: number): Delivery {
  const { process } = thread;
  let pendingCall = interrupted === 0 ? thread.interrupted : interrupted;
  thread.interrupted = 0;
  for (;;) {
    if (process.stopped && !killed(thread)) {
      thread.interrupted = pendingCall;
      k.sched.stop(thread.task);
      return "stopped";
    }
    const { mask } = thread;
    const next =
      thread.pending.peek(~mask.lo, ~mask.hi) ?? process.pending.peek(~mask.lo, ~mask.hi);
    if (next === undefined) break;
    const handler = process.actions.handler[next.signo] ?? SIG_DFL;
    if (handler !== SIG_IGN && handler !== SIG_DFL && !isFrameReady(k, thread, next.signo)) {
      // The stack is swapped out: the signal stays pending until it is back.
      thread.interrupted = pendingCall;
      sleepOnStall(k, thread);
      return "stopped";
    }
    const info =
      thread.pending.take(~mask.lo, ~mask.hi) ?? process.pending.take(~mask.lo, ~mask.hi);
    if (info === undefined) break;
    if (handler === SIG_IGN) {
      report(k, thread, info, ACTION_IGNORED);
    } else if (handler === SIG_DFL) {
      const outcome = actByDefault(k, thread, info);
      if (outcome === "stopped") thread.interrupted = pendingCall;
      if (outcome !== "run") return outcome;
    } else {
      if (pendingCall !== 0) finishInterrupted(k, thread, pendingCall, info.signo);
      pendingCall = 0;
      runHandler(k, thread, info);
    }
  }
  if (thread.maskSaved) {
    thread.mask.copy(thread.savedMask);
    thread.maskSaved = false;
    // What the temporary mask held back may be deliverable now.
    if (thread.pending.hasUnblocked(thread.mask) || process.pending.hasUnblocked(thread.mask)) {
      return deliverSignals(k, thread, pendingCall);
    }
  }
  return "run";
}

function killed(thread: Thread): boolean {
  return thread.process.pending.set.has(9) || thread.pending.set.has(9);
}

/** A handler will run between the call and its next try: decide now what the program will see. */
function finishInterrupted(k: Kernel, thread: Thread, code: number, signo: number): void {
  thread.restart.active = false;
  const restarts =
    code === -ERESTARTNOINTR ||
    (code === -ERESTARTSYS && ((thread.process.actions.flags[signo] ?? 0) & SA_RESTART) !== 0);
  if (restarts) return;
  setRegister(k.cpu.hart, REG_A0, -EINTR);
  skipEcall(k.cpu.hart);
}

function runHandler(k: Kernel, thread: Thread, info: SignalInfo): void {
  const { actions } = thread.process;
  const { signo } = info;
  report(k, thread, info, ACTION_HANDLED);
  const restored = thread.maskSaved ? thread.savedMask : thread.mask;
  if (!enterHandler(k, thread, info, restored)) {
    // No room for the frame: the program cannot be told of anything any more.
    if (signo === SIGSEGV) actions.handler[SIGSEGV] = SIG_DFL;
    forceSignal(thread, { signo: SIGSEGV, code: 0x80 });
    return;
  }
  thread.maskSaved = false;
  actions.blockFor(signo, thread.mask);
  if (((actions.flags[signo] ?? 0) & SA_RESETHAND) !== 0) {
    actions.handler[signo] = SIG_DFL;
    actions.flags[signo] = (actions.flags[signo] ?? 0) & ~SA_NODEFER;
  }
}

function actByDefault(k: Kernel, thread: Thread, info: SignalInfo): Delivery {
  const { process } = thread;
  const { signo } = info;
  switch (defaultAction(signo)) {
    case "ignore":
    case "continue":
      report(k, thread, info, ACTION_IGNORED);
      return "run";
    case "stop":
      // A stopped job of an orphaned group would never be continued.
      if (signo !== SIGSTOP && isOrphaned(k, process.pgid)) return "run";
      report(k, thread, info, ACTION_STOPPED);
      stopProcess(k, thread, signo);
      return "stopped";
    case "terminate":
      report(k, thread, info, ACTION_TERMINATED);
      k.trace?.killed(process.pid, signo);
      exitGroup(k, process, signo);
      return "dead";
  }
}

/** Stops every thread: this one now, the others as soon as they are about to go back to the program. */
function stopProcess(k: Kernel, thread: Thread, signo: number): void {
  const { process } = thread;
  process.stopped = true;
  process.stopSignal = signo;
  process.report = "stopped";
  for (const { task } of process.threads) if (task !== thread.task) k.sched.interrupt(task);
  k.sched.stop(thread.task);
  notifyParent(k, process, CLD_STOPPED, signo);
}

function report(k: Kernel, thread: Thread, info: SignalInfo, action: number): void {
  if (!k.events.on) return;
  const address =
    info.addressLo === undefined
      ? 0
      : ((info.addressHi ?? 0) >>> 0) * 2 ** 32 + (info.addressLo >>> 0);
  k.events.emit(EV_SIGNAL, thread.process.pid, info.signo, info.code, address, action);
}
