// A thread: what the hart needs to go on where it was, and what a signal or a wait says about this flow of control
// alone. Everything that threads share is in their Process.

import { HART_WORDS } from "../cpu/types.ts";
import { SS_DISABLE } from "../abi/signal.ts";
import type { FrameWait } from "../mm/stall.ts";
import type { Task } from "../sched/task.ts";
import { PendingSignals } from "./pending-signals.ts";
import type { Process } from "./process.ts";
import { createRestart } from "./restart.ts";
import { SignalSet } from "./signal-set.ts";

export class Thread {
  /** Unique among live threads; the first thread of a process has tid = pid. */
  readonly tid: number;
  readonly process: Process;
  readonly task: Task;
  /** The registers while another thread has the hart (layout: kernel/cpu/types.ts). */
  readonly saved = new Int32Array(HART_WORDS);
  /** Blocked signals. */
  readonly mask = new SignalSet();
  /** The mask to restore when the call that swapped it (rt_sigsuspend, ppoll) goes back to the program. */
  readonly savedMask = new SignalSet();
  maskSaved = false;
  /** Signals sent to this thread alone. */
  readonly pending = new PendingSignals();
  /** Signals that rt_sigtimedwait waits for although they are blocked; empty when it does not. */
  readonly awaited = new SignalSet();
  /** sigaltstack(2): first address, bytes, SS_* flags. */
  altStack = 0;
  altStackSize = 0;
  altStackFlags = SS_DISABLE;
  readonly restart = createRestart();
  /** Number of the system call that the thread is in, -1 outside. */
  call = -1;
  /** Counts kernel entries; a completion that belongs to an earlier one is stale (its wait was dropped). */
  entry = 0;
  /** Set when the waiting call has come to its end, valid until the machine collects the result. */
  finished = false;
  result = 0;
  /** The wait was dropped: issue the system call again before anything else. */
  reissue = false;
  /** It sleeps, or has slept, until a page or a frame is there (kernel/proc/stall.ts); a call that it was in is issued again
   * before any signal is looked at. */
  stalled = false;
  /** Its wait for frames since it last retired an instruction. */
  readonly frameWait: FrameWait = { since: Infinity };
  /** The call whose ecall pc stands at has stopped short and is to be issued again. */
  recall = false;
  /** The -ERESTART… code of a call that a stop cut short, until the thread goes on; 0 for none. */
  interrupted = 0;
  /** Where to write 0 and wake a futex when the thread ends (set_tid_address(2)); 0 for nowhere. */
  clearTid = 0;
  /** Guest instructions retired by this thread. */
  instructions = 0;
  /** Machine time spent in the program, and in the kernel on its behalf (ns). */
  userTime = 0;
  systemTime = 0;
  /** Context switches because it waited, and because its slice was over. */
  voluntarySwitches = 0;
  involuntarySwitches = 0;

  constructor(tid: number, process: Process, task: Task) {
    this.tid = tid;
    this.process = process;
    this.task = task;
  }
}

/** True when the thread has a signal to act on: pending and not blocked, or a group stop or end to join. */
export function signalPending(thread: Thread): boolean {
  const { process, mask } = thread;
  return process.stopped || thread.pending.hasUnblocked(mask) || process.pending.hasUnblocked(mask);
}
