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
  const targets: number[] = [];
  const sources: number[] = [];
  for (let at = 0; at < to.length; at++) {
    const target = to[at] ?? 0;
    const source = from[at] ?? 0;
    if (target === source || target === 0 || targets.includes(target)) continue;
    targets.push(target);
    sources.push(source);
  }
  let isScratchTaken = false;
  const done = new Uint8Array(targets.length);
  let left = targets.length;
  while (left > 0) {
    let progress = false;
    for (let at = 0; at < targets.length; at++) {
      if (done[at] === 1) continue;
      const target = targets[at] ?? 0;
      let isRead = false;
      for (let other = 0; other < targets.length; other++) {
        if (other !== at && done[other] === 0 && sources[other] === target) isRead = true;
      }
      if (isRead) continue;
      single(target, sources[at] ?? 0);
      if (sources[at] === SCRATCH) isScratchTaken = false;
      done[at] = 1;
      left--;
      progress = true;
    }
    if (progress) continue;
    // Only circles are left: one value waits in the scratch register, and its place is free.
    const at = done.indexOf(0);
    const target = targets[at] ?? 0;
    if (target < 0) out.push(homeAccess("load", SCRATCH, homeSlot(target), loc));
    else out.push(move(SCRATCH, target, loc));
    isScratchTaken = true;
    for (let other = 0; other < targets.length; other++) {
      if (done[other] === 0 && sources[other] === target) sources[other] = SCRATCH;
    }
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
