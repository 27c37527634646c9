// Register allocation: intervals get registers, the long ones first; who finds none free pushes out others that are less
// worth it, and who cannot is cut into pieces (spill.ts), after which everything starts again with these. An interval's
// worth is how often it is used for the room it takes, so a counter of an inner loop goes before a value in waiting.
//
// Each machine register has the parts of intervals that are in it, by position (occupation.ts): a conflict is found by a search
// there and not by comparing intervals with each other.

import type { Coalesced } from "./coalesce.ts";
import type { Interval, Intervals } from "./intervals.ts";
import { Occupation } from "./occupation.ts";
import {
  ALLOCATABLE,
  CALLEE_SAVED,
  CALLER_SAVED,
  FIRST_VIRTUAL,
  FP,
  isCalleeSaved,
} from "./registers.ts";
import { type Pieces, TINY } from "./spill.ts";

export interface Allocation {
  /** The machine's register for each root; −1: none. */
  readonly assigned: Int8Array;
  /** Roots that are to be cut. */
  readonly failed: number[];
}

/** Accesses for saving and restoring a register: a value that has fewer is better off in the frame. */
const COST_OF_SAVING = 2;
/** Who has been pushed out so often does not get a place any more. */
const MOST_EVICTIONS = 6;

export function allocate(
  intervals: Intervals,
  { roots, wishes }: Coalesced,
  pieces: Pieces,
  isRematerialisable: Uint8Array,
  keepFramePointer: boolean,
  frameFrequency: number,
): Allocation {
  const { of } = intervals;
  const assigned = new Int8Array(of.length).fill(-1);
  const evictions = new Uint8Array(of.length);
  const weights = new Float64Array(of.length);
  const failed: number[] = [];
  const occupied: Occupation[] = [];
  const isUsed = new Uint8Array(32);
  for (let register = 0; register < 32; register++) {
    const interval = of[register];
    const occupation = new Occupation();
    occupied.push(occupation);
    if (interval === undefined || interval.starts.length === 0) continue;
    occupation.insert(interval, register);
    if (isCalleeSaved(register)) isUsed[register] = 1;
  }
  const calleeSaved = keepFramePointer ? CALLEE_SAVED.slice(1) : CALLEE_SAVED;

  const sizes = new Int32Array(of.length);
  const pending: Interval[] = [];
  for (let register = FIRST_VIRTUAL; register < of.length; register++) {
    const interval = of[register];
    if (interval === undefined || roots[register] !== register || interval.starts.length === 0)
      continue;
    let size = 0;
    for (let at = 0; at < interval.starts.length; at++)
      size += (interval.ends[at] ?? 0) - (interval.starts[at] ?? 0);
    sizes[register] = size;
    const isTiny = pieces.stages[register] === TINY;
    weights[register] = isTiny
      ? Infinity
      : (interval.cost * (isRematerialisable[register] === 1 ? 0.5 : 1)) / (size + 16);
    pending.push(interval);
  }
  // Taken from the end: the longest first, but those that cannot be cut before all.
  pending.sort((a, b) => rank(a) - rank(b) || b.register - a.register);
  function rank(interval: Interval): number {
    return weights[interval.register] === Infinity ? 0x7fff_ffff : (sizes[interval.register] ?? 0);
  }

  for (let interval = pending.pop(); interval !== undefined; interval = pending.pop()) {
    const root = interval.register;
    const register = place(interval);
    if (register < 0) {
      failed.push(root);
      continue;
    }
    assigned[root] = register;
    occupied[register]?.insert(interval, root);
    if (isCalleeSaved(register)) isUsed[register] = 1;
  }
  return { assigned, failed };

  function place(interval: Interval): number {
    const root = interval.register;
    const wished = wishOf(interval);
    if (wished >= 0) return wished;
    if (!interval.crossesCall) {
      for (const register of CALLER_SAVED) if (isFree(register, interval)) return register;
    }
    for (const register of calleeSaved) {
      if (isUsed[register] === 1 && isFree(register, interval)) return register;
    }
    const worth = isRematerialisable[root] === 1 ? interval.cost / 2 : interval.cost;
    // A value that comes from, or goes to, a register that calls destroy has to be moved as well.
    const moves = wishes[root] === undefined ? 0 : 1;
    if (worth > (COST_OF_SAVING + moves) * frameFrequency || weights[root] === Infinity) {
      for (const register of calleeSaved) if (isFree(register, interval)) return register;
    }
    if ((evictions[root] ?? 0) > MOST_EVICTIONS && weights[root] !== Infinity) return -1;
    return evictFor(interval);
  }

  /** The most wanted free register among those that save moves. */
  function wishOf(interval: Interval): number {
    const list = wishes[interval.register];
    if (list === undefined) return -1;
    let best = -1;
    let most = 0;
    const sums = new Map<number, number>();
    const wish = (register: number, weight: number): void => {
      if (ALLOCATABLE[register] !== true || (keepFramePointer && register === FP)) return;
      if (isCalleeSaved(register) ? isUsed[register] !== 1 : interval.crossesCall) return;
      sums.set(register, (sums.get(register) ?? 0) + weight);
    };
    for (const { register, weight } of list) {
      const machines = register < FIRST_VIRTUAL ? register : (assigned[register] ?? -1);
      if (machines >= 0) {
        wish(machines, weight);
        continue;
      }
      // Not placed yet: then where it would like to be is good for both.
      for (const its of wishes[register] ?? [])
        if (its.register < FIRST_VIRTUAL) wish(its.register, weight / 2);
    }
    for (const [register, weight] of sums) {
      if (weight > most && isFree(register, interval)) {
        best = register;
        most = weight;
      }
    }
    return best;
  }

  function isFree(register: number, interval: Interval): boolean {
    return occupied[register]?.isTaken(interval) !== true;
  }

  /** Makes room where those who have to go are worth the least, and less than the interval. */
  function evictFor(interval: Interval): number {
    const mine = weights[interval.register] ?? 0;
    let best = -1;
    let least = mine;
    for (const register of interval.crossesCall ? calleeSaved : [...CALLER_SAVED, ...calleeSaved]) {
      const there = occupied[register];
      if (there === undefined) continue;
      const most = heaviest(there, interval, least);
      // It is free, and was not worth saving.
      if (most < 0 && mine !== Infinity) continue;
      if (most < least) {
        least = most;
        best = register;
      }
    }
    const there = occupied[best];
    if (there === undefined) return -1;
    const owners = new Set<number>();
    there.eachOwner(interval, (owner) => {
      owners.add(owner);
      return false;
    });
    for (const owner of owners) {
      const out = of[owner];
      if (out === undefined) continue;
      there.remove(out);
      assigned[owner] = -1;
      evictions[owner] = Math.min(255, (evictions[owner] ?? 0) + 1);
      pending.push(out);
    }
    return best;
  }

  /** The greatest worth of those in the interval's way; stops when it reaches `limit`. */
  function heaviest(there: Occupation, interval: Interval, limit: number): number {
    let most = -1;
    there.eachOwner(interval, (owner) => {
      const weight = owner < FIRST_VIRTUAL ? Infinity : (weights[owner] ?? 0);
      if (weight > most) most = weight;
      return most >= limit;
    });
    return most;
  }
}
