// Range designators (GNU C, "Designated Initializers"): `[0 ... 3].a[1 ... 2] = 1, 2` gives the 1 to all places that the ranges
// name, and the list goes on behind the last of them.

import { isRepeatable } from "./designator.ts";
import {
  MOST_ENTRIES,
  evaluatedOnce,
  push,
  replaceWhere,
  type Context,
  type Range,
} from "./initial-values.ts";

interface Given {
  /** The index of its first entry. */
  readonly from: number;
  /** The context's, before it. */
  readonly high: number;
  readonly loc: number;
  /** Of the place that has got it: the last. */
  readonly offset: number;
  /** Of a place, all of which is replaced; 0: only some of its bits are. */
  readonly size: number;
}

/** The other elements get what the last one got, in ascending order; side effects happen once. */
export function repeat(context: Context, ranges: readonly Range[], given: Given): void {
  const { entries, p } = context;
  const { from, high, loc } = given;
  const all = entries.slice(from);
  // What is no constant has its error already.
  if (context.isStatic && !all.every(({ value }) => isRepeatable(value))) return;
  const places = ranges.reduce((product, { count }) => product * (count + 1), 1);
  if (from + all.length * places > MOST_ENTRIES) {
    // Zeros at the beginning of a list are there without being listed.
    if (from === 0 && all.every(({ value }) => value.kind === "integer" && value.value === 0n))
      return;
    p.diagnostics.fatal(loc, "range designator covers too many elements");
  }
  entries.length = from;
  const distances = distancesOf(ranges);
  replaceAt(context, given, distances);
  context.high = high;
  const pairs = all.map((entry) =>
    isRepeatable(entry.value) ? { once: entry, again: entry } : evaluatedOnce(entry),
  );
  distances.forEach((distance, index) => {
    for (const { once, again } of pairs) {
      const entry = index === 0 ? once : again;
      push(context, { ...entry, offset: entry.offset - distance });
    }
  });
}

/** How far before the last place each of them lies, the farthest first. */
function distancesOf(ranges: readonly Range[]): number[] {
  let distances = [0];
  for (const { count, size } of ranges.toReversed()) {
    const further: number[] = [];
    for (let before = count; before >= 0; before--)
      for (const distance of distances) further.push(distance + before * size);
    distances = further;
  }
  return distances;
}

function replaceAt(context: Context, { offset, size, high }: Given, distances: number[]): void {
  if (size === 0 || offset - (distances[0] ?? 0) >= high) return;
  const starts = distances.map((distance) => offset - distance);
  const isReplaced = (place: number): boolean => {
    const start = starts[lastNotBeyond(starts, place)];
    return start !== undefined && place < start + size;
  };
  replaceWhere(context, (entry) => isReplaced(entry.offset));
}

/** The index of the last of ascending numbers that is not greater; −1: all are. */
function lastNotBeyond(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
