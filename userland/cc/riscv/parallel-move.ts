// Moves that happen all at once, as single moves one after the other: what nobody still wants to read is written first, and
// a circle is opened by putting one of its values into the scratch register. Places are registers and homes in the frame.

import type { Loc } from "../source/sources.ts";
import { homeAccess, homeSlot, type Machine, move } from "./machine.ts";
import { SCRATCH, SECOND_SCRATCH } from "./registers.ts";

/** Appends the single moves. `emergency` gives a frame object for the second scratch register. */
export function sequentialise(
  to: readonly number[],
  from: readonly number[],
  loc: Loc,
  out: Machine[],
  emergency: () => number,
): void {
  /** By target: where its value is now. */
  const sources = new Map<number, number>();
  /** By place: how many still want to read it. */
  const readers = new Map<number, number>();
  for (let at = 0; at < to.length; at++) {
    const target = to[at] ?? 0;
    const source = from[at] ?? 0;
    if (target === source || target === 0 || sources.has(target)) continue;
    sources.set(target, source);
    readers.set(source, (readers.get(source) ?? 0) + 1);
  }
  const ready: number[] = [];
  for (const target of sources.keys()) if (!readers.has(target)) ready.push(target);
  ready.reverse();
  let isScratchTaken = false;
  const moveReady = (): void => {
    for (let target = ready.pop(); target !== undefined; target = ready.pop()) {
      const source = sources.get(target) ?? 0;
      sources.delete(target);
      single(target, source);
      const left = (readers.get(source) ?? 1) - 1;
      readers.set(source, left);
      if (left > 0) continue;
      if (source === SCRATCH) isScratchTaken = false;
      else if (sources.has(source)) ready.push(source);
    }
  };
  moveReady();
  // Only circles are left: one value waits in the scratch register, and its place is free.
  const circular = [...sources.keys()];
  /** In a circle everybody has one reader. */
  const readerOf = new Map<number, number>();
  for (const [target, source] of sources) readerOf.set(source, target);
  for (const target of circular) {
    const reader = readerOf.get(target);
    if (!sources.has(target) || reader === undefined) continue;
    if (target < 0) out.push(homeAccess("load", SCRATCH, homeSlot(target), loc));
    else out.push(move(SCRATCH, target, loc));
    isScratchTaken = true;
    sources.set(reader, SCRATCH);
    readers.set(SCRATCH, 1);
    readers.set(target, 0);
    ready.push(target);
    moveReady();
  }

  function single(target: number, source: number): void {
    if (target >= 0 && source >= 0) {
      out.push(move(target, source, loc));
    } else if (target >= 0) {
      out.push(homeAccess("load", target, homeSlot(source), loc));
    } else if (source >= 0) {
      out.push(homeAccess("store", source, homeSlot(target), loc));
    } else if (!isScratchTaken) {
      out.push(
        homeAccess("load", SCRATCH, homeSlot(source), loc),
        homeAccess("store", SCRATCH, homeSlot(target), loc),
      );
    } else {
      const place = emergency();
      out.push(
        homeAccess("store", SECOND_SCRATCH, place, loc),
        homeAccess("load", SECOND_SCRATCH, homeSlot(source), loc),
        homeAccess("store", SECOND_SCRATCH, homeSlot(target), loc),
        homeAccess("load", SECOND_SCRATCH, place, loc),
      );
    }
  }
}
