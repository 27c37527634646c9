// What the rest of the kernel asks of ptrace(2). What answers is kernel/proc/ptrace:
// who is not traced has no Tracee, and pays one look at a field for it.

import type { ChildSelector, WaitOutcome } from "./process-wait.ts";
import type { Process } from "./process.ts";
import type { SignalInfo } from "./pending-signals.ts";
import type { Thread } from "./thread.ts";

/** A thread under its tracer's eyes. Where a method says "stops", the thread's task has been stopped. */
export interface Tracee {
  readonly tracer: Process;
  /** Stands still until its tracer lets it go on. */
  readonly isStopped: boolean;
  /** The signal that the tracer let through and that nobody has acted on yet. */
  readonly passed: SignalInfo | undefined;
  /** `passed` is being acted on. */
  takePassed(): void;
  /** Before a call is issued; true: it stops first. */
  entersCall(): boolean;
  /** A call has come to `result`: what there is to report waits for `stops`. */
  leavesCall(result: number): void;
  /** Before the program goes on: true if it stops to report something. */
  stops(): boolean;
  /** It is about to take `info`, and stops to let the tracer decide. */
  stopsForSignal(info: SignalInfo): void;
  /** A signal has stopped the whole process; the thread is to join. */
  joinsStop(): void;
  /** SIGCONT was sent. */
  continues(): void;
  /** It has made `child`; stops if its tracer wants to know. */
  forks(child: Thread, flags: number): void;
  /** The child of its vfork has its own memory. */
  endsVfork(child: number): void;
  executes(): void;
  /** Is about to end with `status`, perhaps for `info`; true: it stops first. */
  exits(status: number, info?: SignalInfo): boolean;
  /** The thread is no more. */
  ends(status: number): void;
  /** The process is a zombie; true: its parent learns of it only after the tracer. */
  hidesEnd(status: number): boolean;
}

/** All whom one process traces. */
export interface Tracees {
  /** What wait4(2) and waitid(2) find here. */
  collect(selector: ChildSelector, options: number): WaitOutcome;
  /** The tracer ends. */
  abandon(): void;
}

export interface Tracing {
  /** ptrace(2); `data` is in the caller's a3 as well, whole. */
  request(thread: Thread, request: number, tid: number, address: number, data: number): number;
}
