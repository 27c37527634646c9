import assert from "node:assert/strict";
import { test } from "node:test";
import { indexOfRow, listWindow } from "./list-window.ts";

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: from + index }));

test("at the newest place the end is in sight, whatever is added", () => {
  for (const count of [3, 100, 5000]) {
    const { top, end } = listWindow(rows(0, count), "newest", 20, 200);
    assert.equal(end, count);
    assert.equal(top, Math.max(0, count * 20 - 200));
  }
});

test("only the rows in sight and a few around them are drawn", () => {
  const { first, end } = listWindow(rows(0, 5000), { id: 1000, offset: 5 }, 20, 200);
  assert.ok(first <= 1000 && end >= 1011 && end - first < 40);
});

test("a place stays when the oldest rows go and new ones come", () => {
  const place = listWindow(rows(0, 1000), "newest", 20, 200).placeAt(4010);
  assert.deepEqual(place, { id: 200, offset: 10 });
  assert.equal(listWindow(rows(150, 1000), place, 20, 200).top, 50 * 20 + 10);
  // Its row is gone: the oldest that is left takes its place.
  assert.equal(listWindow(rows(900, 1000), place, 20, 200).top, 10);
});

test("scrolling to the end follows again, and so does going to the last row", () => {
  const view = listWindow(rows(0, 1000), { id: 5, offset: 0 }, 20, 200);
  assert.equal(view.placeAt(1000 * 20 - 200), "newest");
  assert.equal(view.placeShowing(999), "newest");
  assert.deepEqual(view.placeShowing(7), { id: 5, offset: 0 });
  assert.deepEqual(view.placeShowing(3), { id: 3, offset: 0 });
  assert.deepEqual(view.placeShowing(20), { id: 11, offset: 0 });
  const following = listWindow(rows(0, 1000), "newest", 20, 210);
  assert.deepEqual(following.placeShowing(998), { id: 989, offset: 10 });
});

test("a row is found by its number, or the next after it", () => {
  const list = [{ id: 2 }, { id: 5 }, { id: 9 }];
  assert.deepEqual(
    [0, 2, 3, 9, 10].map((id) => indexOfRow(list, id)),
    [0, 0, 1, 2, 3],
  );
});
