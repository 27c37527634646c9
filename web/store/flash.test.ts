import assert from "node:assert/strict";
import { test } from "node:test";
import { type FrameGrid, frameKindNames, type SwapGrid } from "../client/api.ts";
import { addBurst, FLASH_MS, frameChanges, slotChanges } from "./flash.ts";

type Frame = readonly [kind: (typeof frameKindNames)[number], owner: number];

const frames = (...list: readonly Frame[]): FrameGrid => ({
  kind: Uint8Array.from(list, ([kind]) => frameKindNames.indexOf(kind)),
  mappings: Uint16Array.from(list, ([, owner]) => (owner === 0 ? 0 : 1)),
  owner: Uint16Array.from(list, ([, owner]) => owner),
  flags: new Uint8Array(list.length),
});
const slots = (...list: readonly (readonly [state: number, owner: number])[]): SwapGrid => ({
  state: Uint8Array.from(list, ([state]) => state),
  references: Uint8Array.from(list, ([state]) => (state === 0 ? 0 : 1)),
  owner: Uint16Array.from(list, ([, owner]) => owner),
});
const everyone = (): boolean => true;
const none = { out: 0, in: 0 };

test("a page that loses its mapping for the swap cache leaves, one that gets it back returns", () => {
  const mapped = frames(["anon", 7], ["swap-cache", 0], ["shared", 8], ["free", 0]);
  const later = frames(["swap-cache", 0], ["anon", 7], ["swap-cache", 0], ["swap-cache", 0]);
  assert.deepEqual(frameChanges(mapped, later, { out: 2, in: 1 }, everyone), {
    leaving: [0, 2],
    returning: [1, 3],
  });
});

test("a page-cache frame that is given up leaves", () => {
  assert.deepEqual(
    frameChanges(frames(["file", 0], ["file", 7]), frames(["free", 0], ["file", 8]), none, everyone)
      .leaving,
    [0],
  );
});

test("memory that a process frees or takes is not swapping, as the counters say", () => {
  const before = frames(["anon", 7], ["anon", 7], ["free", 0]);
  const after = frames(["free", 0], ["anon", 8], ["anon", 8]);
  assert.deepEqual(frameChanges(before, after, none, everyone), { leaving: [], returning: [] });
  assert.deepEqual(frameChanges(before, after, { out: 2, in: 1 }, everyone), {
    leaving: [0, 1],
    returning: [2],
  });
});

test("a process that ends does not leave for the swap area", () => {
  const before = frames(["anon", 7], ["anon", 7]);
  const after = frames(["free", 0], ["free", 0]);
  assert.deepEqual(
    frameChanges(before, after, { out: 9, in: 9 }, (pid) => pid !== 7),
    { leaving: [], returning: [] },
  );
});

test("slots fill when pages leave and are read or given up when they return", () => {
  const before = slots([0, 0], [1, 7], [5, 7], [3, 7], [1, 9]);
  const after = slots([3, 7], [5, 7], [0, 0], [1, 7], [0, 0]);
  assert.deepEqual(
    slotChanges(before, after, { out: 1, in: 2 }, (pid) => pid === 7),
    { leaving: [0], returning: [1, 2] },
  );
  assert.deepEqual(slotChanges(before, after, none, everyone).returning, [1]);
});

test("bursts are kept as long as they are shown, and nothing adds none", () => {
  const first = addBurst([], { leaving: [1], returning: [] }, 1000);
  assert.equal(addBurst(first, { leaving: [], returning: [] }, 1100).length, 1);
  assert.equal(addBurst(first, { leaving: [], returning: [2] }, 1100).length, 2);
  assert.equal(addBurst(first, { leaving: [], returning: [] }, 1000 + FLASH_MS).length, 0);
});
