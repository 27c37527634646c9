import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { FileExtents } from "./file-extents.ts";

const step = fc.record({
  take: fc.boolean(),
  length: fc.integer({ min: 1, max: 9 }),
  which: fc.nat(),
});

test("runs lie where they first fit, and never over one another", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: "max" }), (steps) => {
      const extents = new FileExtents();
      const taken: boolean[] = [];
      const runs: { start: number; length: number }[] = [];
      const fits = (start: number, length: number): boolean =>
        Array.from({ length }, (_, index) => taken[start + index] ?? false).every((used) => !used);
      for (const { take, length, which } of steps) {
        const run = runs[which % Math.max(runs.length, 1)];
        if (take || run === undefined) {
          let expected = 0;
          while (!fits(expected, length)) expected += 1;
          assert.equal(extents.take(length), expected);
          runs.push({ start: expected, length });
          for (let page = expected; page < expected + length; page++) taken[page] = true;
        } else {
          runs.splice(runs.indexOf(run), 1);
          extents.give(run.start, run.length);
          for (let page = run.start; page < run.start + run.length; page++) taken[page] = false;
        }
      }
    }),
    { numRuns: 500 },
  );
});
