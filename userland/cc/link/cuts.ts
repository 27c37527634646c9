// What the linker takes out of a section, and where that leaves the rest.

/** From `at` of the old section on, this many bytes are gone altogether; of them `own` end right before `at`. */
export interface Cut {
  readonly at: number;
  readonly removed: number;
  readonly own: number;
}

/** Where an offset of the section as it was read is now. An offset within what is gone is at its beginning. */
export function offsetAfter(cuts: readonly Cut[], offset: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle]?.at ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const next = cuts[low];
  const removed = cuts[low - 1]?.removed ?? 0;
  const start = next === undefined ? offset : Math.min(offset, next.at - next.own);
  return start - removed;
}
