// Who waits for something, in the order they came: plain data, so that a wait can be dropped, moved to another queue
// (futex requeue) and looked at. A waiter may carry a key and a mask for queues that several conditions share.

import type { Task } from "./task.ts";

export interface Waiter {
  readonly task: Task;
  readonly key: number;
  readonly mask: number;
  queue: WaitQueue;
}

export class WaitQueue {
  readonly waiters: Waiter[] = [];

  get length(): number {
    return this.waiters.length;
  }
}

/** Takes `waiter` out of the queue it is in. */
export function leaveQueue(waiter: Waiter): void {
  const { waiters } = waiter.queue;
  // The first one leaves most often, and `shift` makes no array.
  if (waiters[0] === waiter) waiters.shift();
  else {
    const place = waiters.indexOf(waiter);
    if (place >= 0) waiters.splice(place, 1);
  }
}
