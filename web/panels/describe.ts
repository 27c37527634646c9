// A frame in words: for the readout under the pointer, for screen readers, for the table.

import { type FrameGrid, frameKindNames, SLOT_FREE, type SwapGrid } from "../client/api.ts";
import { kindStyles } from "../ui/palette.ts";

const DIRTY = 1;

/** `frame 812, shared memory, mapped twice, by pid 7, dirty`. */
export function describeFrame(grid: FrameGrid, pfn: number): string {
  const kind = frameKindNames[grid.kind[pfn] ?? 0] ?? "free";
  const mappings = grid.mappings[pfn] ?? 0;
  const owner = grid.owner[pfn] ?? 0;
  const parts = [`frame ${pfn}`, kindStyles[kind].label];
  if (mappings === 1) parts.push(`mapped by pid ${owner}`);
  if (mappings > 1) parts.push(`mapped ${mappings} times, by pid ${owner} among others`);
  if (mappings === 0 && kind === "file") parts.push("cached, mapped by nobody");
  if (kind === "swap-cache") parts.push("in a swap slot too, mapped by nobody");
  if (((grid.flags[pfn] ?? 0) & DIRTY) !== 0) parts.push("dirty");
  return parts.join(", ");
}

/** How many frames of each kind there are, by the kind's number. */
export function countKinds(grid: FrameGrid): readonly number[] {
  const counts = frameKindNames.map(() => 0);
  for (const kind of grid.kind) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

export interface Owner {
  /** 0: frames and slots of no process. */
  readonly pid: number;
  readonly frames: number;
  readonly slots: number;
}

/** Who owns how many used frames and swap slots, the largest first, at most `most`; the others are counted together. */
export function countOwners(
  grid: FrameGrid,
  swap: SwapGrid | null,
  most: number,
): { readonly owners: readonly Owner[]; readonly others: number } {
  const counts = new Map<number, { readonly pid: number; frames: number; slots: number }>();
  const countOf = (pid: number): { frames: number; slots: number } => {
    let count = counts.get(pid);
    if (count === undefined) counts.set(pid, (count = { pid, frames: 0, slots: 0 }));
    return count;
  };
  for (let pfn = 0; pfn < grid.kind.length; pfn++) {
    if (grid.kind[pfn] !== 0) countOf(grid.owner[pfn] ?? 0).frames++;
  }
  for (let slot = 0; slot < (swap?.state.length ?? 0); slot++) {
    if (swap?.state[slot] !== SLOT_FREE) countOf(swap?.owner[slot] ?? 0).slots++;
  }
  const all = [...counts.values()].toSorted(
    (a, b) => Number(a.pid === 0) - Number(b.pid === 0) || b.frames + b.slots - a.frames - a.slots,
  );
  return { owners: all.slice(0, most), others: Math.max(0, all.length - most) };
}
