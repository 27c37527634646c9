import assert from "node:assert/strict";
import { test } from "node:test";
import { countOwners, describeFrame } from "./describe.ts";

const grid = {
  kind: Uint8Array.of(0, 2, 2, 3, 2, 3),
  mappings: Uint16Array.of(0, 1, 1, 2, 1, 0),
  owner: Uint16Array.of(0, 7, 7, 7, 9, 0),
  flags: Uint8Array.of(0, 1, 0, 0, 0, 0),
};

test("owners come largest first, frames of nobody last, and the rest is counted", () => {
  assert.deepEqual(countOwners(grid, null, 8), {
    owners: [
      { pid: 7, frames: 3, slots: 0 },
      { pid: 9, frames: 1, slots: 0 },
      { pid: 0, frames: 1, slots: 0 },
    ],
    others: 0,
  });
  assert.deepEqual(countOwners(grid, null, 1), {
    owners: [{ pid: 7, frames: 3, slots: 0 }],
    others: 2,
  });
});

test("what a process has in swap counts too", () => {
  const swap = {
    state: Uint8Array.of(1, 0, 2, 1, 1),
    references: Uint8Array.of(1, 0, 1, 1, 1),
    owner: Uint16Array.of(9, 9, 9, 9, 4),
  };
  assert.deepEqual(countOwners(grid, swap, 3).owners, [
    { pid: 9, frames: 1, slots: 3 },
    { pid: 7, frames: 3, slots: 0 },
    { pid: 4, frames: 0, slots: 1 },
  ]);
});

test("a frame in words says who maps it and what else is to be known", () => {
  assert.equal(describeFrame(grid, 1), "frame 1, anonymous, mapped by pid 7, dirty");
  assert.equal(describeFrame(grid, 3), "frame 3, file, mapped 2 times, by pid 7 among others");
  assert.equal(describeFrame(grid, 5), "frame 5, file, cached, mapped by nobody");
  const swapped = { ...grid, kind: Uint8Array.of(7), mappings: Uint16Array.of(0) };
  assert.equal(
    describeFrame(swapped, 0),
    "frame 0, swap cache, in a swap slot too, mapped by nobody",
  );
});
