// Futexes: a wait queue for each word of memory that somebody waits on. A word is named by what it is, not by its
// address: in shared mappings by (memory object, offset), so that processes which map it at different addresses meet;
// otherwise by (address space, address). Compare and enqueue happen without anything in between, because one thread runs
// the kernel. Specification: futex(2).

import { EAGAIN, EFAULT, EINVAL } from "../abi/errno.ts";
import { PAGE_SIZE, USER_END } from "../abi/sv39.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import { load32 } from "../mm/user-copy.ts";
import type { Scheduler } from "../sched/scheduler.ts";
import { WaitQueue } from "../sched/wait-queue.ts";

/** Queues that nobody waits in any more are swept when this many have been made since the last time. */
const SWEEP_AFTER = 256;

export class FutexTable {
  readonly #sched: Scheduler;
  /** By owner (twice the object's id, or twice the address space's and one), then by offset or address. */
  readonly #owners = new Map<number, Map<number, WaitQueue>>();
  #made = 0;
  /** What `#locate` found. */
  #owner = 0;
  #place = 0;

  constructor(sched: Scheduler) {
    this.#sched = sched;
  }

  /** Finds the word's name. `isPrivate` (FUTEX_PRIVATE_FLAG) promises that no other space shares it. 0 or an errno. */
  #locate(space: AddressSpace, address: number, isPrivate: boolean): number {
    if (address % 4 !== 0) return -EINVAL;
    if (address < 0 || address >= USER_END) return -EFAULT;
    this.#owner = space.id * 2 + 1;
    this.#place = address;
    if (isPrivate) return 0;
    const vma = space.find(address);
    if (vma === undefined) return -EFAULT;
    if (vma.shared && vma.object !== null) {
      this.#owner = vma.object.id * 2;
      this.#place = vma.pgoff * PAGE_SIZE + (address - vma.start);
    }
    return 0;
  }

  #find(): WaitQueue | undefined {
    return this.#owners.get(this.#owner)?.get(this.#place);
  }

  #findOrMake(): WaitQueue {
    let words = this.#owners.get(this.#owner);
    if (words === undefined) {
      if (this.#made >= SWEEP_AFTER) this.#sweep();
      words = new Map();
      this.#owners.set(this.#owner, words);
    }
    let queue = words.get(this.#place);
    if (queue === undefined) {
      queue = new WaitQueue();
      words.set(this.#place, queue);
      this.#made++;
    }
    return queue;
  }

  #sweep(): void {
    this.#made = 0;
    for (const [owner, words] of this.#owners) {
      for (const [place, queue] of words) if (queue.length === 0) words.delete(place);
      if (words.size === 0) this.#owners.delete(owner);
    }
  }

  /**
   * The first half of FUTEX_WAIT: the queue to sleep in (with key 0 and the bitset as mask), -EAGAIN when the word is not
   * `expected` any more, or an errno. The caller sleeps at once or not at all.
   */
  prepareWait(
    space: AddressSpace,
    address: number,
    expected: number,
    isPrivate: boolean,
  ): WaitQueue | number {
    const failed = this.#locate(space, address, isPrivate);
    if (failed !== 0) return failed;
    const value = load32(space, address);
    if (value < 0) return value;
    if (value !== expected >>> 0) return -EAGAIN;
    return this.#findOrMake();
  }

  /** FUTEX_WAKE and FUTEX_WAKE_BITSET: how many woke, or an errno. Zero bits are EINVAL. */
  wake(
    space: AddressSpace,
    address: number,
    count: number,
    isPrivate: boolean,
    bitset = -1,
  ): number {
    if (bitset === 0) return -EINVAL;
    const failed = this.#locate(space, address, isPrivate);
    if (failed !== 0) return failed;
    const queue = this.#find();
    // Linux wakes one even when asked for none.
    return queue === undefined ? 0 : this.#sched.wake(queue, Math.max(1, count), 0, bitset);
  }

  /**
   * FUTEX_REQUEUE and, with `expected`, FUTEX_CMP_REQUEUE: wakes up to `wakeCount` and lets up to `moveCount` of the rest
   * wait on another word. How many were woken or moved, or an errno.
   */
  requeue(
    space: AddressSpace,
    address: number,
    to: number,
    wakeCount: number,
    moveCount: number,
    isPrivate: boolean,
    expected?: number,
  ): number {
    if (wakeCount < 0 || moveCount < 0) return -EINVAL;
    let failed = this.#locate(space, to, isPrivate);
    if (failed !== 0) return failed;
    const target = this.#findOrMake();
    failed = this.#locate(space, address, isPrivate);
    if (failed !== 0) return failed;
    if (expected !== undefined) {
      const value = load32(space, address);
      if (value < 0) return value;
      if (value !== expected >>> 0) return -EAGAIN;
    }
    const queue = this.#find();
    if (queue === undefined) return 0;
    const woken = wakeCount > 0 ? this.#sched.wake(queue, wakeCount) : 0;
    if (queue === target || moveCount === 0) return woken;
    return woken + this.#sched.requeue(queue, target, moveCount);
  }
}
