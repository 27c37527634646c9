// What is in a machine's register, by position. Positions are cut into windows of one size, each with a short sorted list, so that
// putting something in costs the same in the largest function; what is longer than a window is in each that it passes.

import { firstAtLeast, type Interval } from "./intervals.ts";

/** Bits of a position within its window. */
const WINDOW_BITS = 12;
const WINDOW = 1 << WINDOW_BITS;

interface Window {
  readonly starts: number[];
  readonly ends: number[];
  readonly owners: number[];
}

export class Occupation {
  readonly #windows: (Window | undefined)[] = [];

  /** `owner`: a root; below 32: the register itself. */
  insert({ starts, ends }: Interval, owner: number): void {
    for (let part = 0; part < starts.length; part++) {
      const end = ends[part] ?? 0;
      for (let start = starts[part] ?? 0; start < end;) {
        const index = start >> WINDOW_BITS;
        const until = Math.min(end, (index + 1) * WINDOW);
        while (this.#windows.length <= index) this.#windows.push(undefined);
        const window = (this.#windows[index] ??= { starts: [], ends: [], owners: [] });
        const at = firstAtLeast(window.starts, start);
        window.starts.splice(at, 0, start);
        window.ends.splice(at, 0, until);
        window.owners.splice(at, 0, owner);
        start = until;
      }
    }
  }

  remove({ starts, ends }: Interval): void {
    for (let part = 0; part < starts.length; part++) {
      const end = ends[part] ?? 0;
      for (let start = starts[part] ?? 0; start < end;) {
        const index = start >> WINDOW_BITS;
        const window = this.#windows[index];
        if (window !== undefined) {
          const at = firstAtLeast(window.starts, start);
          window.starts.splice(at, 1);
          window.ends.splice(at, 1);
          window.owners.splice(at, 1);
        }
        start = Math.min(end, (index + 1) * WINDOW);
      }
    }
  }

  /** Whether somebody is in the interval's way. */
  isTaken({ starts, ends }: Interval): boolean {
    const windows = this.#windows;
    if (windows.length === 0) return false;
    // Where the search in a window goes on: an interval's parts ascend.
    let last = -1;
    let at = 0;
    for (let part = 0; part < starts.length; part++) {
      const start = starts[part] ?? 0;
      const end = ends[part] ?? 0;
      for (let index = start >> WINDOW_BITS; index << WINDOW_BITS < end; index++) {
        const window = windows[index];
        if (window === undefined) continue;
        if (index !== last) {
          last = index;
          at = 0;
        }
        if ((window.ends[at] ?? Infinity) <= start) at = searchFrom(window.ends, start + 1, at);
        if ((window.starts[at] ?? Infinity) < end) return true;
      }
    }
    return false;
  }

  /** Calls for everybody in the interval's way, for some more than once, until `visit` says that it is enough. */
  eachOwner({ starts, ends }: Interval, visit: (owner: number) => boolean): void {
    for (let part = 0; part < starts.length; part++) {
      const start = starts[part] ?? 0;
      const end = ends[part] ?? 0;
      for (let index = start >> WINDOW_BITS; index << WINDOW_BITS < end; index++) {
        const window = this.#windows[index];
        if (window === undefined) continue;
        let at = firstAtLeast(window.ends, start + 1);
        for (; (window.starts[at] ?? Infinity) < end; at++)
          if (visit(window.owners[at] ?? 0)) return;
      }
    }
  }
}

/** As firstAtLeast, with growing steps from `from`: what is looked for is near. */
function searchFrom(numbers: readonly number[], value: number, from: number): number {
  let step = 1;
  let low = from;
  while (low + step < numbers.length && (numbers[low + step] ?? 0) < value) {
    low += step;
    step *= 2;
  }
  let high = Math.min(numbers.length, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
