import assert from "node:assert/strict";
import { test } from "node:test";
import {
  SLOT_BAD,
  SLOT_CACHED,
  SLOT_STORED,
  SLOT_ZERO,
  type SlotDetail,
  type SwapGrid,
} from "../client/api.ts";
import {
  countSlots,
  describeCell,
  describeShown,
  describeSlot,
  shownSlots,
  slotCells,
  slotInCell,
} from "./slots.ts";

/** A swap area with these slots in use, all else free. */
function area(
  total: number,
  used: Readonly<Record<number, readonly [state: number, owner: number, references: number]>>,
): SwapGrid {
  const grid = {
    state: new Uint8Array(total),
    references: new Uint8Array(total),
    owner: new Uint16Array(total),
  };
  for (const [slot, [state, owner, references]] of Object.entries(used)) {
    grid.state[Number(slot)] = state;
    grid.owner[Number(slot)] = owner;
    grid.references[Number(slot)] = references;
  }
  return grid;
}

const detail = (slot: number, state: number, more: Partial<SlotDetail> = {}): SlotDetail => ({
  slot,
  state,
  references: 1,
  cluster: 3,
  place: 5,
  frame: -1,
  holders: [],
  owner: "",
  ...more,
});

test("a slot in words is exact when its detail is there, and true without", () => {
  const grid = area(64, {
    12: [SLOT_STORED, 7, 1],
    13: [SLOT_CACHED, 0, 1],
    14: [SLOT_ZERO, 8, 2],
  });
  assert.equal(
    describeSlot(grid, 12, detail(12, SLOT_STORED)),
    "slot 12: stored in cluster 3, pid 7",
  );
  assert.equal(describeSlot(grid, 12, detail(11, SLOT_STORED)), "slot 12: stored, pid 7");
  assert.equal(describeSlot(grid, 12, detail(12, SLOT_CACHED)), "slot 12: stored, pid 7");
  assert.equal(
    describeSlot(grid, 13, detail(13, SLOT_CACHED, { frame: 812, owner: "shared memory 3" })),
    "slot 13: stored in cluster 3, and in frame 812 too, shared memory 3",
  );
  assert.equal(
    describeSlot(grid, 14, null),
    "slot 14: a page of zeros, for which nothing is stored, pid 8, 2 references",
  );
  assert.equal(describeSlot(grid, 15, null), "slot 15: free");
});

test("what is in use is drawn, rounded up to a power of two, and the scale does not flicker", () => {
  const total = 65_536;
  assert.equal(shownSlots(area(total, {}), -1, 0), 1024);
  assert.equal(shownSlots(area(total, { 1500: [SLOT_STORED, 7, 1] }), -1, 1024), 2048);
  assert.equal(shownSlots(area(total, { 3: [SLOT_STORED, 7, 1] }), -1, 2048), 2048);
  assert.equal(shownSlots(area(total, { 3: [SLOT_STORED, 7, 1] }), -1, 4096), 1024);
  assert.equal(shownSlots(area(total, {}), 40_000, 1024), total);
  assert.equal(shownSlots(area(total, { 65_535: [SLOT_STORED, 7, 1] }), -1, 1024), total);
  assert.equal(shownSlots(area(300, {}), -1, 1024), 300);
});

test("a cell of several slots shows what most are, a lost one always, and a click chooses that", () => {
  const grid = area(64, {
    16: [SLOT_STORED, 7, 1],
    19: [SLOT_BAD, 8, 1],
    33: [SLOT_ZERO, 9, 1],
    34: [SLOT_STORED, 6, 1],
    35: [SLOT_STORED, 5, 1],
  });
  const { state, owner, used } = slotCells(grid, 64, 16);
  assert.deepEqual([...state], [0, SLOT_BAD, SLOT_STORED, 0]);
  assert.deepEqual([...owner], [0, 8, 6, 0]);
  assert.deepEqual([...used], [0, 2, 3, 0]);
  assert.equal(slotInCell(grid, 16, 16), 19);
  assert.equal(slotInCell(grid, 32, 16), 34);
  assert.equal(slotInCell(grid, 48, 16), 48);
  assert.equal(slotInCell(grid, 33, 1), 33);
  assert.equal(describeCell(grid, 16, 16), "slots 16 to 31: 1 stored, 1 lost, 14 free");
  assert.deepEqual([...slotCells(grid, 20, 1).state.subarray(15)], [0, 1, 0, 0, SLOT_BAD]);
});

test("the statement says what is not drawn and what a cell is", () => {
  assert.equal(describeShown(1024, 1024, 1), "A cell is a slot of 4 KiB.");
  assert.equal(
    describeShown(1024, 65_536, 2),
    "A cell stands for 2 slots, the fainter the more of them are free. Slots 0 to 1,023 are shown, the others of 65,536 are free.",
  );
  assert.equal(countSlots(area(9, { 2: [SLOT_BAD, 0, 0] }))[SLOT_BAD], 1);
});
