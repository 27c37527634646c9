import assert from "node:assert/strict";
import { test } from "node:test";
import { type ElfImage, parseElf } from "./elf.ts";

const FILE_BYTES = 0x3000;

/** A good executable with two segments; `change` breaks it. */
function parse(
  change: (view: DataView) => void = () => {},
  length = FILE_BYTES,
): ElfImage | string {
  const bytes = new Uint8Array(FILE_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, 2, true);
  view.setUint16(18, 243, true);
  view.setUint32(20, 1, true);
  view.setUint32(24, 0x10100, true);
  view.setUint32(32, 64, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 2, true);
  const segments = [
    [5, 0, 0x10000, 0x1800, 0x1800],
    [6, 0x1800, 0x12800, 0x400, 0x2000],
  ] as const;
  segments.forEach(([flags, offset, address, inFile, inMemory], index) => {
    const at = 64 + 56 * index;
    view.setUint32(at, 1, true);
    view.setUint32(at + 4, flags, true);
    view.setUint32(at + 8, offset, true);
    view.setUint32(at + 16, address, true);
    view.setUint32(at + 32, inFile, true);
    view.setUint32(at + 40, inMemory, true);
  });
  change(view);
  const file = bytes.subarray(0, length);
  return parseElf((offset, count) => file.subarray(offset, offset + count), length);
}

test("a good executable gives its entry, its segments and where its headers are in memory", () => {
  const image = parse();
  assert.ok(typeof image !== "string");
  assert.equal(image.entry, 0x10100);
  assert.equal(image.phdrAddress, 0x10040);
  assert.deepEqual(
    image.segments.map(({ vaddr, filesz, memsz }) => [vaddr, filesz, memsz]),
    [
      [0x10000, 0x1800, 0x1800],
      [0x12800, 0x400, 0x2000],
    ],
  );
});

const SECOND = 64 + 56;
const broken: readonly (readonly [what: string, why: RegExp, change: (view: DataView) => void])[] =
  [
    ["no magic", /magic/, (view) => view.setUint8(0, 0)],
    ["32 bits", /64-bit/, (view) => view.setUint8(4, 1)],
    ["big-endian", /little-endian/, (view) => view.setUint8(5, 2)],
    ["another machine", /machine 62/, (view) => view.setUint16(18, 62, true)],
    ["an object file", /type 1/, (view) => view.setUint16(16, 1, true)],
    ["another version", /version/, (view) => view.setUint32(20, 2, true)],
    ["no program headers", /no program headers/, (view) => view.setUint16(56, 0, true)],
    ["odd headers", /32 bytes each/, (view) => view.setUint16(54, 32, true)],
    ["too many headers", /too many/, (view) => view.setUint16(56, 0xffff, true)],
    ["headers beyond the end", /beyond the end/, (view) => view.setUint32(32, FILE_BYTES, true)],
    ["headers at 2^63", /beyond the end/, (view) => view.setUint32(36, 0x80000000, true)],
    [
      "nothing to load",
      /nothing to load/,
      (view) => [64, SECOND].forEach((at) => view.setUint32(at, 4, true)),
    ],
    ["a dynamic loader", /dynamic loader/, (view) => view.setUint32(SECOND, 3, true)],
    [
      "a segment cut off",
      /truncated/,
      (view) => view.setUint32(SECOND + 8, FILE_BYTES + 0x800, true),
    ],
    ["overlapping segments", /overlaps/, (view) => view.setUint32(SECOND + 16, 0x10800, true)],
    ["segments out of order", /overlaps|order/, (view) => view.setUint32(64 + 16, 0x20000, true)],
    [
      "more in the file than in memory",
      /more bytes/,
      (view) => view.setUint32(SECOND + 40, 0x10, true),
    ],
    ["a huge segment", /outside user memory/, (view) => view.setUint32(SECOND + 44, 0x1000, true)],
    [
      "an address in the kernel",
      /outside user memory/,
      (view) => view.setUint32(SECOND + 20, 0xffffffff, true),
    ],
    [
      "an offset that fits no page",
      /does not fit/,
      (view) => view.setUint32(SECOND + 8, 0x1801, true),
    ],
    ["an entry outside", /entry point/, (view) => view.setUint32(24, 0x20000, true)],
    ["an entry in data", /entry point/, (view) => view.setUint32(24, 0x12900, true)],
    ["an odd entry", /odd/, (view) => view.setUint32(24, 0x10101, true)],
  ];

for (const [what, why, change] of broken) {
  test(`an executable with ${what} is refused, and the reason says so`, () => {
    const result = parse(change);
    assert.ok(typeof result === "string");
    assert.match(result, why);
  });
}

test("a file of any shorter length is refused", () => {
  for (const length of [0, 1, 63, 64, 175, 0x1800])
    assert.equal(typeof parse(() => {}, length), "string");
});
