// An operation of the kernel that cannot go on now: the page it needs is on its way from storage, or there is no frame
// until something has gone out. Nobody waits here. The operation stops short with MUST_WAIT (user copies stop short as at
// a bad address), everything is let go of, and the memory manager remembers what to wait for; the system call's
// dispatcher sleeps until then and issues the call again (kernel/syscalls/dispatch.ts).

import type { WaitQueue } from "../sched/wait-queue.ts";

/** Not an errno: "begin again when `mm.stall` has been woken". Never seen by programs. */
export const MUST_WAIT = -4097;

/** A thread's wait for frames, over all stalls until it gets on. */
export interface FrameWait {
  /** How many pages reclaim had taken when it began; Infinity while the thread gets what it needs. Set back to that by
   * whoever sees it get on. */
  since: number;
}

export interface Stall {
  readonly queue: WaitQueue;
  readonly key: number;
}
