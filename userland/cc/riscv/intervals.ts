// Where each register is live, as intervals of positions with holes. The instruction number i reads at 2i and writes at
// 2i + 1; an interval's parts are half open. Machine's registers that instructions name have intervals too.

import type { FlowBlock } from "./flow.ts";
import { FIRST_VIRTUAL } from "./registers.ts";

export interface Interval {
  readonly register: number;
  /** Starts and ends of the parts, ascending. */
  starts: number[];
  ends: number[];
  /** How often it is read and written, by the blocks' frequencies. */
  cost: number;
  crossesCall: boolean;
}

export interface Intervals {
  /** By register; those that nothing names have no parts. */
  readonly of: Interval[];
  /** The first position of each block, by its index. */
  readonly blockStarts: Int32Array;
}

/** `blocks` are in the order of their indices, and that is the order of positions. */
export function findIntervals(
  blocks: readonly FlowBlock[],
  registers: number,
  liveOut: readonly number[][],
): Intervals {
  const of: Interval[] = [];
  for (let register = 0; register < registers; register++) {
    of.push({ register, starts: [], ends: [], cost: 0, crossesCall: false });
  }
  const blockStarts = new Int32Array(blocks.length + 1);
  let position = 0;
  for (const block of blocks) {
    blockStarts[block.index] = position;
    position += 2 * (block.code.length + 1);
  }
  blockStarts[blocks.length] = position;

  /** The end of the part that is being built, backwards; −1: not live here. */
  const open = new Int32Array(registers).fill(-1);
  let live: number[] = [];
  const calls: number[] = [];
  const part = (register: number, start: number, end: number): void => {
    const interval = of[register];
    if (interval === undefined) return;
    const { starts, ends } = interval;
    const last = starts.length - 1;
    if (last >= 0 && (starts[last] ?? 0) <= end) {
      starts[last] = Math.min(start, starts[last] ?? start);
    } else {
      starts.push(start);
      ends.push(end);
    }
  };
  let frequency = 1;
  const use = (register: number, at: number): void => {
    if (register <= 0) return;
    if (open[register] === -1) {
      open[register] = at + 1;
      live.push(register);
    }
    const interval = of[register];
    if (interval !== undefined) interval.cost += frequency;
  };
  const define = (register: number, at: number): void => {
    if (register <= 0) return;
    const end = open[register] ?? -1;
    part(register, at, end === -1 ? (at | 1) + 1 : end);
    open[register] = -1;
    const interval = of[register];
    if (interval !== undefined) interval.cost += frequency;
  };
  for (let index = blocks.length - 1; index >= 0; index--) {
    const block = blocks[index];
    if (block === undefined) continue;
    ({ frequency } = block);
    const start = blockStarts[index] ?? 0;
    const end = blockStarts[index + 1] ?? 0;
    live = liveOut[index]?.slice() ?? [];
    for (const register of live) open[register] = end;
    use(block.last.rs1, end - 2);
    use(block.last.rs2, end - 2);
    for (const register of block.last.uses) use(register, end - 2);
    for (let i = block.code.length - 1, at = end - 4; i >= 0; i--, at -= 2) {
      const m = block.code[i];
      if (m === undefined) continue;
      define(m.rd, at + 1);
      if (m.defs !== undefined) {
        for (let d = 0; d < m.defs.length; d++) {
          define(m.defs[d] ?? 0, m.early?.[d] === true ? at : at + 1);
        }
      }
      if (m.clobbers !== undefined) {
        for (const register of m.clobbers) if (open[register] === -1) part(register, at, at + 2);
      }
      if (m.form === "call") calls.push(at + 1);
      use(m.rs1, at);
      use(m.rs2, at);
      if (m.uses !== undefined) for (const register of m.uses) use(register, at);
    }
    for (const register of live) {
      const until = open[register] ?? -1;
      if (until === -1) continue;
      part(register, start, until);
      open[register] = -1;
    }
  }
  calls.reverse();
  for (const interval of of) {
    interval.starts.reverse();
    interval.ends.reverse();
    if (interval.register >= FIRST_VIRTUAL && calls.length > 0) {
      interval.crossesCall = contains(interval, calls);
    }
  }
  return { of, blockStarts };
}

/** Whether one of the ascending positions is within the interval. */
function contains({ starts, ends }: Interval, positions: readonly number[]): boolean {
  for (let at = 0; at < starts.length; at++) {
    const next = positions[firstAtLeast(positions, starts[at] ?? 0)];
    if (next !== undefined && next < (ends[at] ?? 0)) return true;
  }
  return false;
}

/** The index of the first number that is not smaller; the length: there is none. */
export function firstAtLeast(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function isLiveAt({ starts, ends }: Interval, position: number): boolean {
  const at = firstAtLeast(ends, position + 1);
  const start = starts[at];
  return start !== undefined && start <= position;
}

export function overlap(a: Interval, b: Interval): boolean {
  const [few, many] = a.starts.length <= b.starts.length ? [a, b] : [b, a];
  let at = 0;
  for (let i = 0; i < few.starts.length; i++) {
    const start = few.starts[i] ?? 0;
    const end = few.ends[i] ?? 0;
    // Neighbours mostly: a few steps before a search.
    let steps = 0;
    while (at < many.ends.length && (many.ends[at] ?? 0) <= start) {
      at++;
      if (++steps === 8) {
        at = Math.max(at, firstAtLeast(many.ends, start + 1));
        break;
      }
    }
    const other = many.starts[at];
    if (other === undefined) return false;
    if (other < end) return true;
  }
  return false;
}

/** How many times as long a list must be for parts to be put into it one by one. */
const MUCH_LONGER = 16;

/** The union of two intervals that do not overlap, in the first one. */
export function absorb(into: Interval, from: Interval): void {
  if (into.starts.length > MUCH_LONGER * from.starts.length) insertParts(into, from);
  else mergeParts(into, from);
  into.cost += from.cost;
  if (from.crossesCall) into.crossesCall = true;
}

/** A variable of a long function takes in thousands of short intervals, one after the other. */
function insertParts({ starts, ends }: Interval, from: Interval): void {
  for (let part = 0; part < from.starts.length; part++) {
    const start = from.starts[part] ?? 0;
    const end = from.ends[part] ?? 0;
    const at = firstAtLeast(starts, start);
    const touchesBefore = ends[at - 1] === start;
    if (starts[at] === end) {
      if (touchesBefore) {
        ends.splice(at - 1, 1);
        starts.splice(at, 1);
      } else {
        starts[at] = start;
      }
    } else if (touchesBefore) {
      ends[at - 1] = end;
    } else {
      starts.splice(at, 0, start);
      ends.splice(at, 0, end);
    }
  }
}

function mergeParts(into: Interval, from: Interval): void {
  const starts: number[] = [];
  const ends: number[] = [];
  let a = 0;
  let b = 0;
  for (;;) {
    const x = into.starts[a] ?? Infinity;
    const y = from.starts[b] ?? Infinity;
    if (x === Infinity && y === Infinity) break;
    const isFirst = x < y;
    const start = isFirst ? x : y;
    const end = (isFirst ? into.ends[a++] : from.ends[b++]) ?? 0;
    const last = ends.length - 1;
    if (last >= 0 && ends[last] === start) {
      ends[last] = end;
    } else {
      starts.push(start);
      ends.push(end);
    }
  }
  into.starts = starts;
  into.ends = ends;
}
