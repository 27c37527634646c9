// The one way for a system call to wait.

import type { Kernel } from "../proc/kernel.ts";
import { signalPending, type Thread } from "../proc/thread.ts";
import type { Wake } from "../sched/task.ts";
import type { WaitQueue } from "../sched/wait-queue.ts";

const INTERRUPTED: Promise<Wake> = Promise.resolve("interrupted");

/**
 * Sleeps until a queue is woken, `deadline` (absolute machine time in ns) has come, or a signal is there to be acted on,
 * also one that came before. Whatever the caller looked up before is stale afterwards.
 */
export function waitOn(
  k: Kernel,
  t: Thread,
  queues: readonly WaitQueue[],
  deadline = Infinity,
  key = 0,
  mask = -1,
): Promise<Wake> {
  if (signalPending(t)) return INTERRUPTED;
  return k.sched.sleep(t.task, queues, deadline, key, mask);
}
