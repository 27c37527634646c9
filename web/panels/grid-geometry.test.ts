import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fitGrid, fitGroups, itemAt } from "./grid-geometry.ts";

test("16 MiB are 64 by 64 cells in a square", () => {
  assert.deepEqual(fitGrid(4096, 700, 700), {
    columns: 64,
    rows: 64,
    cell: 10,
    each: 1,
  });
});

test("every frame has a cell, and the cell at its place is its own", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 256, max: 65536 }),
      fc.integer({ min: 300, max: 2000 }),
      fc.integer({ min: 200, max: 1500 }),
      (count, width, height) => {
        const geometry = fitGrid(count, width, height);
        assert.ok(geometry.columns * geometry.rows >= count);
        assert.ok(geometry.columns * geometry.cell <= width || geometry.columns === 1);
        for (const pfn of [0, 1, count >> 1, count - 1]) {
          const x = (pfn % geometry.columns) * geometry.cell + 1;
          const y = Math.floor(pfn / geometry.columns) * geometry.cell + 1;
          assert.equal(itemAt(geometry, count, x, y), pfn);
        }
        assert.equal(itemAt(geometry, count, -1, 0), -1);
      },
    ),
  );
});

test("where there is no room for a cell each, a cell stands for several, and every slot lies in one", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 20 }),
      fc.integer({ min: 300, max: 2000 }),
      fc.integer({ min: 60, max: 600 }),
      (count, width, height) => {
        const geometry = fitGroups(count, width, height, 4);
        const { columns, rows, cell, each } = geometry;
        assert.ok(cell >= 4 && columns * cell <= width && rows * cell <= height);
        assert.equal(Math.log2(each) % 1, 0);
        for (const slot of [0, count >> 1, count - 1]) {
          const place = Math.floor(slot / each);
          const x = (place % columns) * cell + 1;
          const y = Math.floor(place / columns) * cell + 1;
          assert.equal(itemAt(geometry, count, x, y), place * each);
        }
      },
    ),
  );
});
