import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { homeOperand, homeSlot, type Machine } from "./machine.ts";
import { sequentialise } from "./parallel-move.ts";

const EMERGENCY = 99;

/** What is in each place after the moves, when each held its own number before. */
function after(to: readonly number[], from: readonly number[]): Map<number, number> {
  const code: Machine[] = [];
  sequentialise(to, from, 0, code, () => EMERGENCY);
  const places = new Map<number, number>();
  const read = (place: number): number => places.get(place) ?? place;
  for (const m of code) {
    if (m.form === "u") places.set(m.rd, read(m.rs1));
    else if (m.form === "load") places.set(m.rd, read(homeOperand(m.slot)));
    else if (m.form === "store") places.set(homeOperand(m.slot), read(m.rs2));
  }
  return places;
}

test("moves one after the other do what moves at once do, circles and homes in the frame among them", () => {
  const place = fc.oneof(
    fc.integer({ min: 5, max: 14 }),
    fc.integer({ min: 0, max: 5 }).map(homeOperand),
  );
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(place, place), { selector: ([to]) => to, maxLength: 14 }),
      (moves) => {
        const places = after(
          moves.map(([to]) => to),
          moves.map(([, from]) => from),
        );
        for (const [to, from] of moves) assert.equal(places.get(to) ?? to, from);
        for (const [touched, value] of places) {
          const isTarget = moves.some(([to]) => to === touched);
          const isScratch = touched >= 30 || homeSlot(touched) === EMERGENCY;
          assert.ok(isTarget || isScratch || touched === value, `${touched} was not to be written`);
        }
        // The second scratch register is somebody's: it has to come out as it went in.
        assert.equal(places.get(30) ?? 30, 30);
      },
    ),
  );
});

test("a move onto itself is none, and a swap takes three", () => {
  const code: Machine[] = [];
  sequentialise([5], [5], 0, code, () => EMERGENCY);
  assert.equal(code.length, 0);
  sequentialise([5, 6], [6, 5], 0, code, () => EMERGENCY);
  assert.equal(code.length, 3);
});
