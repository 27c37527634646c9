// The faults that textbooks count for strings of references, made by real pages that really go and come back: on any
// machine, however small, whatever else runs and whatever is done to it at random.

import assert from "node:assert/strict";
import { test } from "node:test";

import { manners, testMachine } from "./test-machine.ts";

/** Belady's string (1969), for which FIFO has more faults with more frames, and that of Silberschatz et al. */
const BELADY = "1 2 3 4 1 2 5 1 2 3 4 5";
const SILBERSCHATZ = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";

const counted = [
  { pages: BELADY, frames: 3, faults: { fifo: 9, lru: 10, clock: 9, opt: 7 } },
  { pages: BELADY, frames: 4, faults: { fifo: 10, lru: 8, clock: 10, opt: 6 } },
  { pages: SILBERSCHATZ, frames: 3, faults: { fifo: 15, lru: 12, clock: 14, opt: 9 } },
  { pages: SILBERSCHATZ, frames: 4, faults: { fifo: 10, lru: 8, clock: 9, opt: 8 } },
] as const;

const COMMANDS = counted.map(({ pages, frames }) => `refstring all ${frames} ${pages}`).join("; ");
const EXPECTED = counted
  .flatMap(({ faults }) => Object.entries(faults))
  .map(([policy, count]) => `${policy.padEnd(5)} FAULTS ${count}\n`)
  .join("");

const machines = [
  ["the usual machine", { ram: 16 << 20, swap: 64 << 20 }],
  ["the smallest machine", { ram: 1 << 20, swap: 1 << 20 }],
] as const;

for (const [which, size] of machines) {
  for (const [manner, options] of manners) {
    test(`refstring counts what textbooks count on ${which} ${manner}`, async (t) => {
      const m = await testMachine(t, { ...size, ...options });
      const { stdout, stderr, code } = await m.run(COMMANDS);
      assert.deepEqual({ stdout, stderr, code }, { stdout: EXPECTED, stderr: "", code: 0 });
      await m.settled();
      await m.checkSound();
    });
  }
}

test("refstring's counts do not depend on what else fills memory", async (t) => {
  const m = await testMachine(t, { ram: 4 << 20, swap: 64 << 20, seed: 2 });
  const { stdout, stderr } = await m.run(
    `hog -r -p 1000 12m >/dev/null & hog=$!
     until [ $(grep pswpout /proc/vmstat | cut -d " " -f 2) -gt 1000 ]; do sleep 0.1; done
     ${COMMANDS}; kill $hog; wait $hog; echo $?`,
  );
  assert.deepEqual({ stdout, stderr }, { stdout: `${EXPECTED}143\n`, stderr: "" });
  await m.settled();
  await m.checkSound();
});

test("without swap refstring says what is missing", async (t) => {
  const m = await testMachine(t);
  const { stderr, code } = await m.run("refstring all 3 1 2 3 4");
  assert.equal(code, 1);
  assert.match(stderr, /^refstring: .*frame_limit: Cannot allocate memory/);
});
