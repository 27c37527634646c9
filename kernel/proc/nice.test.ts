import assert from "node:assert/strict";
import { test } from "node:test";
import { Scheduler } from "../sched/scheduler.ts";
import { clampNice, weighted } from "./nice.ts";

/** Slices that two tasks get which only compute, as the machine's loop gives them out. */
function share(left: number, right: number, slices: number): [number, number] {
  const SLICE = 750_000;
  let now = 0;
  const sched = new Scheduler(() => now);
  const niceness = [left, right];
  const got: [number, number] = [0, 0];
  for (const tid of [0, 1]) sched.ready(sched.createTask(tid));
  for (let turn = 0; turn < slices; turn++) {
    const task = sched.next();
    assert.ok(task);
    now += SLICE;
    got[task.tid === 0 ? 0 : 1]++;
    sched.ready(task, weighted(SLICE, niceness[task.tid] ?? 0));
  }
  return got;
}

test("who is nicer gets a fourth less for each step, and never nothing", () => {
  assert.deepEqual(share(0, 0, 1000), [500, 500]);
  const [some, less] = share(0, 5, 20_000);
  assert.ok(Math.abs(some / less - 1.25 ** 5) < 0.5, `${some} and ${less}`);
  const [most, least] = share(-20, 19, 100_000);
  assert.ok(least > 0 && most > 50 * least, `${most} and ${least}`);
});

test("nice values end at -20 and 19", () => {
  assert.deepEqual([-100, -20, 0, 19, 40].map(clampNice), [-20, -20, 0, 19, 19]);
});
