// A frame in words: for the readout under the pointer, for screen readers, for the table.

import { type FrameGrid, frameKindNames } from "../client/api.ts";
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
  /** 0: frames that no process maps. */
  readonly pid: number;
  readonly frames: number;
}

/** Who owns how many used frames, the largest first, at most `most`; the others are counted together. */
export function countOwners(
  grid: FrameGrid,
  most: number,
): { readonly owners: readonly Owner[]; readonly others: number } {
  const counts = new Map<number, number>();
  for (let pfn = 0; pfn < grid.kind.length; pfn++) {
    if (grid.kind[pfn] === 0) continue;
    const pid = grid.owner[pfn] ?? 0;
    counts.set(pid, (counts.get(pid) ?? 0) + 1);
  }
  const all = [...counts].map(([pid, frames]) => ({ pid, frames }));
  all.sort((a, b) => Number(a.pid === 0) - Number(b.pid === 0) || b.frames - a.frames);
  return { owners: all.slice(0, most), others: Math.max(0, all.length - most) };
}
