import assert from "node:assert/strict";
import { test } from "node:test";

import { EAGAIN, EFAULT, EINVAL } from "../abi/errno.ts";
import { MAP_ANONYMOUS, MAP_PRIVATE, MAP_SHARED, PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { TestBed } from "../fs/test-bed.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import { store32 } from "../mm/user-copy.ts";
import type { Task } from "../sched/task.ts";
import { WaitQueue } from "../sched/wait-queue.ts";
import { FutexTable } from "./futex.ts";

class Bed {
  readonly bed = new TestBed(256);
  readonly futexes = new FutexTable(this.bed.sched);
  #tids = 0;

  space(): AddressSpace {
    const space = this.bed.mm.createSpace(1);
    assert.ok(typeof space !== "number");
    return space;
  }

  map(space: AddressSpace, flags: number): number {
    const address = space.map({
      addr: 0,
      length: 4096,
      prot: PROT_READ | PROT_WRITE,
      flags: flags | MAP_ANONYMOUS,
    });
    assert.ok(address > 0);
    return address;
  }

  /** A task that waits on the word, as the system call would. */
  wait(space: AddressSpace, address: number, isPrivate = false, bitset = -1): Task {
    const { sched } = this.bed;
    const task = sched.createTask(++this.#tids);
    sched.ready(task);
    while (sched.next() !== task) continue;
    const queue = this.futexes.prepareWait(space, address, 0, isPrivate);
    assert.ok(queue instanceof WaitQueue);
    void sched.sleep(task, [queue], Infinity, 0, bitset);
    return task;
  }
}

test("a word is compared before the wait, and wake counts in order of arrival", () => {
  const bed = new Bed();
  const space = bed.space();
  const word = bed.map(space, MAP_PRIVATE);
  const tasks = [bed.wait(space, word), bed.wait(space, word), bed.wait(space, word)];
  store32(space, word, 1);
  assert.equal(bed.futexes.prepareWait(space, word, 0, false), -EAGAIN);
  assert.equal(bed.futexes.wake(space, word, 2, false), 2);
  assert.deepEqual(
    tasks.map((task) => task.state),
    ["runnable", "runnable", "sleeping"],
  );
  assert.equal(bed.futexes.wake(space, word, 2 ** 31 - 1, false), 1);
  assert.equal(bed.futexes.wake(space, word, 1, false), 0);
});

test("two spaces that share a page meet in its words, private ones do not", () => {
  const bed = new Bed();
  const parent = bed.space();
  const shared = bed.map(parent, MAP_SHARED);
  const own = bed.map(parent, MAP_PRIVATE);
  const child = parent.fork(2);
  assert.ok(typeof child !== "number");
  const inShared = bed.wait(parent, shared + 8);
  const inOwn = bed.wait(parent, own + 8);
  assert.equal(bed.futexes.wake(child, own + 8, 1, false), 0);
  assert.equal(bed.futexes.wake(child, shared + 8, 1, false), 1);
  assert.equal(inShared.state, "runnable");
  assert.equal(inOwn.state, "sleeping");
  // FUTEX_PRIVATE_FLAG promises that nobody else shares the word: the child then does not meet the parent.
  bed.wait(parent, shared + 8, true);
  assert.equal(bed.futexes.wake(child, shared + 8, 1, true), 0);
  assert.equal(bed.futexes.wake(parent, shared + 8, 1, true), 1);
});

test("bit sets choose among waiters", () => {
  const bed = new Bed();
  const space = bed.space();
  const word = bed.map(space, MAP_PRIVATE);
  const first = bed.wait(space, word, true, 1);
  const second = bed.wait(space, word, true, 6);
  assert.equal(bed.futexes.wake(space, word, 10, true, 2), 1);
  assert.equal(first.state, "sleeping");
  assert.equal(second.state, "runnable");
  assert.equal(bed.futexes.wake(space, word, 1, true, 0), -EINVAL);
});

test("requeue wakes some and moves others to another word", () => {
  const bed = new Bed();
  const space = bed.space();
  const word = bed.map(space, MAP_PRIVATE);
  for (let i = 0; i < 4; i++) bed.wait(space, word);
  assert.equal(bed.futexes.requeue(space, word, word + 4, 1, 2, false, 7), -EAGAIN);
  assert.equal(bed.futexes.requeue(space, word, word + 4, 1, 2, false, 0), 3);
  assert.equal(bed.futexes.wake(space, word + 4, 10, false), 2);
  assert.equal(bed.futexes.wake(space, word, 10, false), 1);
});

test("bad addresses are errors", () => {
  const bed = new Bed();
  const space = bed.space();
  const word = bed.map(space, MAP_PRIVATE);
  assert.equal(bed.futexes.prepareWait(space, word + 1, 0, false), -EINVAL);
  assert.equal(bed.futexes.prepareWait(space, 0x1000, 0, false), -EFAULT);
  assert.equal(bed.futexes.prepareWait(space, 0x1000, 0, true), -EFAULT);
  assert.equal(bed.futexes.prepareWait(space, 2 ** 39, 0, true), -EFAULT);
  assert.equal(bed.futexes.wake(space, 0x1000, 1, false), -EFAULT);
});
