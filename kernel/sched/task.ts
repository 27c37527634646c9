// A task is what the scheduler knows of a thread: an opaque id, a state, its place in the run queue and the wait it is
// in. Everything here is plain data except `resume`, which can be forgotten at any time (see Scheduler.drop).

import type { Timer } from "./timers.ts";
import type { Waiter } from "./wait-queue.ts";

/** Why a sleep ended. */
export type Wake = "woken" | "timeout" | "interrupted";

/** new → runnable → running → (runnable | sleeping | stopped | dead); sleeping → runnable; stopped → runnable. */
export type TaskState = "new" | "runnable" | "running" | "sleeping" | "stopped" | "dead";

export interface Task {
  readonly tid: number;
  state: TaskState;
  /** Orders the run queue together with `sequence`: the virtual time from which the task could run. */
  due: number;
  sequence: number;
  /** Neighbours in the run queue; null at the ends and outside. */
  previous: Task | null;
  next: Task | null;
  /** The queues it waits in, when sleeping. */
  readonly waiters: Waiter[];
  /** Ends the sleep of the system call that waits; undefined when none does. */
  resume: ((wake: Wake) => void) | undefined;
  /** How the sleep ended, valid between the wake and the resumption. */
  wake: Wake;
  /** Its deadline while it sleeps. */
  readonly timer: Timer;
}
