import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageInfo, SpaceInfo } from "../client/api.ts";
import {
  drawnSegments,
  frameGroups,
  isMeeting,
  middleFrames,
  segments,
  summary,
} from "./sharing-model.ts";

const page = (address: number, pfn: number, kind: PageInfo["kind"] = "anon"): PageInfo => ({
  address,
  pfn,
  kind,
  bits: 0,
  mappings: 1,
});
const space = (pid: number, pages: readonly PageInfo[]): SpaceInfo => ({
  pid,
  pages,
  swapped: [],
  vmas: [
    { start: 0x10000, end: 0x13000, permissions: "r-xp", offset: 0, name: "/bin/x" },
    { start: 0x20000, end: 0x40000, permissions: "rw-p", offset: 0, name: "[heap]" },
  ],
});

test("pages stand in their segment, short gaps page by page and long ones as a count", () => {
  const [text, heap] = segments(
    space(2, [page(0x11000, 7), page(0x20000, 8), page(0x30000, 9)]),
    new Set([7, 8, 9]),
  );
  assert.deepEqual(
    text?.cells.map((cell) => ("gap" in cell ? -cell.gap : "pfn" in cell ? cell.pfn : NaN)),
    [-1, 7, -1],
  );
  assert.deepEqual(
    heap?.cells.map((cell) => ("gap" in cell ? -cell.gap : "pfn" in cell ? cell.pfn : NaN)),
    [8, -15, 9, -15],
  );
});

test("a frame mapped twice by one process only is not where two meet", () => {
  const left = space(2, [page(0x10000, 5, "shared"), page(0x11000, 6, "file")]);
  const right = space(3, [
    page(0x10000, 9, "shared"),
    page(0x11000, 9, "shared"),
    page(0x12000, 6, "file"),
  ]);
  const frames = middleFrames(left, right);
  assert.deepEqual(
    frames.map(({ pfn, sides }) => [pfn, sides]),
    [
      [5, "left"],
      [6, "both"],
      [9, "right"],
    ],
  );
  assert.equal(frames.some(isMeeting), false);
  assert.ok(middleFrames(left, left).some(isMeeting));
});

test("the summary tells shared memory from pages that merely have not been copied yet", () => {
  const space7 = space(7, [
    page(0x10000, 1, "file"),
    page(0x11000, 2, "anon"),
    page(0x12000, 3, "shared"),
  ]);
  assert.equal(
    summary(middleFrames(space7, space7), false),
    "They meet in frame 3. In common: 1 frame of a file and 1 frame that the next write copies.",
  );
  assert.equal(
    summary(middleFrames(space7, space(8, [])), true),
    "They shared no memory that both may write.",
  );
});

test("of thousands of pages the first of every area are drawn, the chosen one too, and the others are counted", () => {
  const many = Array.from({ length: 9000 }, (_, index) =>
    page(0x100000 + index * 4096, 100 + index),
  );
  const large: SpaceInfo = {
    pid: 2,
    swapped: [],
    pages: [page(0x10000, 1), ...many],
    vmas: [
      { start: 0x10000, end: 0x11000, permissions: "r-xp", offset: 0, name: "/bin/x" },
      { start: 0x100000, end: 0x100000 + 9000 * 4096, permissions: "rw-p", offset: 0, name: "" },
    ],
  };
  const groups = frameGroups(large, null, middleFrames(large, null), 5000);
  const left = groups.find(({ name }) => name === "left");
  const drawn = new Set(left?.shown.map(({ pfn }) => pfn));
  assert.equal(drawn.size + (left?.more ?? 0), 9001);
  assert.ok(drawn.size <= 50 && drawn.has(1) && drawn.has(100) && drawn.has(5000));
  const [text, heap] = segments(large, drawn);
  assert.equal(text?.cells.length, 1);
  assert.ok((heap?.cells.length ?? 0) < 60);
  const counted = heap?.cells.reduce(
    (sum, cell) => sum + ("run" in cell ? cell.run : "pfn" in cell ? 1 : 0),
    0,
  );
  assert.equal(counted, 9000);
});

test("of thousands of areas those that show a frame are drawn", () => {
  const areas = Array.from({ length: 3000 }, (_, index) => ({
    start: index * 0x2000,
    end: index * 0x2000 + 0x1000,
    permissions: "rw-p",
    offset: 0,
    name: "",
  }));
  const { shown, more } = drawnSegments(
    segments({ pid: 2, vmas: areas, pages: [page(2999 * 0x2000, 7)], swapped: [] }, new Set([7])),
  );
  assert.equal(shown.length + more, 3000);
  assert.ok(shown.length < 50);
  assert.equal(shown.at(-1)?.vma.start, 2999 * 0x2000);
});

test("swapped pages stand among the others, and of many only the first of an area", () => {
  const some: SpaceInfo = {
    ...space(2, [page(0x20000, 8), page(0x22000, 9)]),
    swapped: [
      { address: 0x10000, slot: 70 },
      { address: 0x21000, slot: 71 },
      { address: 0x23000, slot: 72 },
    ],
  };
  const [text, heap] = segments(some, new Set([8, 9]));
  assert.deepEqual(text?.cells[0], { address: 0x10000, slot: 70 });
  assert.deepEqual(
    heap?.cells.map((cell) => ("slot" in cell ? cell.slot : "pfn" in cell ? cell.pfn : NaN)),
    [8, 71, 9, 72, NaN],
  );
  // Every other page is swapped out, and no frame is drawn.
  const alternating: SpaceInfo = {
    ...space(2, []),
    pages: Array.from({ length: 16 }, (_, index) => page(0x20000 + index * 0x2000, index)),
    swapped: Array.from({ length: 16 }, (_, index) => ({
      address: 0x21000 + index * 0x2000,
      slot: index,
    })),
  };
  const [, large] = segments(alternating, new Set());
  assert.equal(large?.cells.filter((cell) => "slot" in cell).length, 8);
  assert.deepEqual(large?.cells.at(-1), { run: 8, swapped: 8, kind: "anon" });
  assert.ok((large?.cells.length ?? 0) < 20);
});
