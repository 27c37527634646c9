// Programs that wait for one another beside one that computes: a wake must not cost them the rest of its slice each time.

import assert from "node:assert/strict";
import { test } from "node:test";

import { testMachine } from "./test-machine.ts";

const PROCESSES = 300;
/** A fork, an exit and a wait each: the parent sleeps and is woken every time. */
const WORK = `for i in $(seq ${PROCESSES}); do (true); done`;
const ROUNDS = 3;

test("who is woken again and again gets a fair part of the hart beside one who computes", async (t) => {
  const m = await testMachine(t);
  const time = async (): Promise<number> => {
    const began = performance.now();
    assert.equal((await m.run(WORK)).code, 0);
    return performance.now() - began;
  };
  await time();
  const alone: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await time());
    await m.type("spin &\r");
    await m.shows(/\[1\] \d+\n/);
    beside.push(await time());
    await m.type("kill %1; wait\r");
    await m.run("while ps | grep -q spin; do sleep 0.01; done");
  }
  const ratio = Math.min(...beside) / Math.min(...alone);
  // Half of the hart would make it 2. With a slice's wait for each wake it was over 8.
  assert.ok(
    ratio < 5,
    `${ratio.toFixed(1)} times as long: ${alone.join(" ")} and ${beside.join(" ")}`,
  );
  await m.checkSound();
});
