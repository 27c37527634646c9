// The scheduler over a clock the test turns by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Scheduler } from "./scheduler.ts";
import { createTimer, Timers } from "./timers.ts";
import { WaitQueue } from "./wait-queue.ts";

function machine() {
  const clock = { time: 0 };
  const scheduler = new Scheduler(() => clock.time);
  /** A running task: made ready and picked. */
  const running = (tid: number) => {
    const task = scheduler.createTask(tid);
    scheduler.ready(task);
    assert.equal(scheduler.next(), task);
    return task;
  };
  return { clock, scheduler, running };
}

test("tasks run in the order they became ready", () => {
  const { scheduler, clock } = machine();
  const [a, b, c] = [1, 2, 3].map((tid) => scheduler.createTask(tid));
  assert.ok(a && b && c);
  scheduler.ready(b);
  clock.time = 10;
  scheduler.ready(a);
  scheduler.ready(c);
  assert.deepEqual(
    [scheduler.next()?.tid, scheduler.next()?.tid, scheduler.next()?.tid],
    [2, 1, 3],
  );
  assert.equal(scheduler.next(), undefined);
});

test("who has used a slice comes after those who are woken in as much time, and not later", () => {
  const { scheduler, clock, running } = machine();
  const queue = new WaitQueue();
  const sleeper = running(1);
  void scheduler.sleep(sleeper, [queue]);
  const busy = running(2);
  clock.time = 100;
  scheduler.ready(busy, 100);
  clock.time = 150;
  scheduler.wake(queue);
  assert.equal(scheduler.next(), sleeper);
  void scheduler.sleep(sleeper, [queue]);
  clock.time = 201;
  scheduler.wake(queue);
  assert.equal(scheduler.next(), busy);
});

test("a woken sleep resolves only when its task is picked and resumed", async () => {
  const { scheduler, running } = machine();
  const queue = new WaitQueue();
  const sleeper = running(1);
  let ended = "";
  const wait = scheduler.sleep(sleeper, [queue]).then((wake) => (ended = wake));
  assert.equal(scheduler.wake(queue), 1);
  await Promise.resolve();
  assert.equal(ended, "");
  assert.equal(scheduler.next(), sleeper);
  scheduler.resume(sleeper);
  await wait;
  assert.equal(ended, "woken");
});

test("wakes are first come, first served, and respect key and mask", () => {
  const { scheduler, running } = machine();
  const queue = new WaitQueue();
  const tasks = [1, 2, 3, 4].map((tid) => running(tid));
  tasks.forEach(
    (task, index) => void scheduler.sleep(task, [queue], Infinity, index % 2, 1 << index),
  );
  assert.equal(scheduler.wake(queue, 1, 1), 1);
  assert.equal(scheduler.next()?.tid, 2);
  assert.equal(scheduler.wake(queue, Infinity, 0, 0b100), 1);
  assert.equal(scheduler.next()?.tid, 3);
  assert.equal(queue.length, 2);
});

test("a task that waits twice in one queue wakes once, and nobody behind it is missed", () => {
  const { scheduler, running } = machine();
  const queue = new WaitQueue();
  const [first, twice, last] = [running(1), running(2), running(3)];
  void scheduler.sleep(first, [queue], Infinity, 5);
  void scheduler.sleep(twice, [queue, queue]);
  void scheduler.sleep(last, [queue]);
  assert.equal(scheduler.wake(queue), 2);
  assert.deepEqual([scheduler.next()?.tid, scheduler.next()?.tid], [2, 3]);
  assert.equal(first.state, "sleeping");
  assert.equal(queue.length, 1);
});

test("a deadline ends a sleep, at its own time and not when it was noticed", () => {
  const { scheduler, clock, running } = machine();
  const late = running(1);
  const early = running(2);
  void scheduler.sleep(late, [], 200);
  void scheduler.sleep(early, [], 100);
  assert.equal(scheduler.nextDeadline(), 100);
  clock.time = 500;
  const third = scheduler.createTask(3);
  scheduler.ready(third);
  scheduler.expire(clock.time);
  assert.deepEqual(
    [scheduler.next()?.tid, scheduler.next()?.tid, scheduler.next()?.tid],
    [2, 1, 3],
  );
  assert.equal(early.wake, "timeout");
});

test("a task in several queues leaves them all when one is woken", () => {
  const { scheduler, running } = machine();
  const [a, b] = [new WaitQueue(), new WaitQueue()];
  const task = running(1);
  void scheduler.sleep(task, [a, b], 1000);
  scheduler.wake(b);
  assert.equal(a.length + b.length, 0);
  assert.equal(scheduler.nextDeadline(), Infinity);
});

test("a dropped wait leaves no trace and its task can run", () => {
  const { scheduler, running } = machine();
  const queue = new WaitQueue();
  const task = running(1);
  void scheduler.sleep(task, [queue], 1000);
  scheduler.drop(task);
  assert.equal(queue.length, 0);
  assert.equal(scheduler.next(), task);
  assert.equal(task.resume, undefined);
});

test("requeue moves waiters without waking them", () => {
  const { scheduler, running } = machine();
  const [from, to] = [new WaitQueue(), new WaitQueue()];
  for (const tid of [1, 2, 3]) void scheduler.sleep(running(tid), [from], Infinity, 7);
  assert.equal(scheduler.requeue(from, to, 2, 7, 9), 2);
  assert.equal(scheduler.next(), undefined);
  assert.equal(scheduler.wake(to, Infinity, 9), 2);
  assert.equal(from.length, 1);
});

test("timers fire by due time, then in the order they were set, whatever is set and cancelled between", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ due: fc.nat(20), cancel: fc.boolean(), move: fc.option(fc.nat(20)) })),
      (plan) => {
        const timers = new Timers();
        const fired: number[] = [];
        const made = plan.map((_, index) => createTimer(() => fired.push(index)));
        const order: { index: number; due: number; sequence: number }[] = [];
        let sequence = 0;
        plan.forEach(({ due }, index) => {
          const timer = made[index];
          assert.ok(timer);
          timers.set(timer, due);
          order.push({ index, due, sequence: sequence++ });
        });
        plan.forEach(({ cancel, move }, index) => {
          const timer = made[index];
          const entry = order.find((candidate) => candidate.index === index);
          assert.ok(timer && entry);
          if (cancel) {
            timers.cancel(timer);
            order.splice(order.indexOf(entry), 1);
          } else if (move !== null) {
            timers.set(timer, move);
            entry.due = move;
            entry.sequence = sequence++;
          }
        });
        order.sort((a, b) => a.due - b.due || a.sequence - b.sequence);
        timers.expire(20);
        assert.deepEqual(
          fired,
          order.map(({ index }) => index),
        );
        assert.equal(timers.next, Infinity);
      },
    ),
  );
});
