// mremap(2): resize a mapping, moving its pages (not their bytes) when it cannot grow where it is.

import { EFAULT, EINVAL, ENOMEM } from "../abi/errno.ts";
import { MREMAP_FIXED, MREMAP_MAYMOVE } from "../abi/mman.ts";
import { PAGE_MASK, PAGE_SIZE, USER_END } from "../abi/sv39.ts";
import { EV_MAP } from "../api/events.ts";
import type { AddressSpace } from "./address-space.ts";
import { MAX_MAP_COUNT, MMAP_MIN_ADDR } from "./layout.ts";
import { mayGrow } from "./map.ts";
import { LEAF_SPAN } from "./page-table.ts";
import { flushSpace, pageAlign, removeRange } from "./unmap.ts";
import { Vma } from "./vma.ts";

/** The address of the mapping afterwards, or a negative errno. MREMAP_DONTUNMAP is −EINVAL, as before Linux 5.7. */
export function remap(
  space: AddressSpace,
  old: number,
  oldLength: number,
  newLength: number,
  flags: number,
  newAddr: number,
): number {
  const mayMove = (flags & MREMAP_MAYMOVE) !== 0;
  const fixed = (flags & MREMAP_FIXED) !== 0;
  if ((flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED)) !== 0 || (fixed && !mayMove)) return -EINVAL;
  if ((old & PAGE_MASK) !== 0 || old < 0) return -EINVAL;
  let before = pageAlign(oldLength);
  const after = pageAlign(newLength);
  if (after === 0) return -EINVAL;
  if (fixed) {
    if ((newAddr & PAGE_MASK) !== 0 || newAddr < MMAP_MIN_ADDR) return -EINVAL;
    if (newAddr + after > USER_END) return -EINVAL;
    if (newAddr < old + before && old < newAddr + after) return -EINVAL;
  }
  const vma = space.areas.find(old);
  if (vma === undefined) return -EFAULT;
  // A length of 0 would duplicate a shared mapping; nothing here needs that relic.
  if (before === 0) return -EINVAL;
  if (fixed && old + Math.min(before, after) > vma.end) return -EFAULT;
  if (after < before) {
    if (old + before > USER_END) return -EINVAL;
    // The tail goes, whatever lies there: only what is left has to be one area.
    removeRange(space, old + after, old + before);
    before = after;
  }
  if (!fixed && after === before) return old;
  if (old + before > vma.end) return -EFAULT;
  if (after > before && !mayGrow(space, after - before)) return -ENOMEM;
  if (!fixed && old + before === vma.end) {
    const end = old + after;
    if (end <= USER_END && !space.areas.meets(vma.end, end)) {
      space.generation++;
      space.areas.insert(extension(space, vma, end));
      return old;
    }
  }
  if (!mayMove) return -ENOMEM;
  return move(space, old, before, after, fixed ? newAddr : -1);
}

/** The area between the end of `vma` and `end`, as more of the same; inserting it merges the two. */
function extension(space: AddressSpace, vma: Vma, end: number): Vma {
  const { prot, maxProt, flags, object, name } = vma;
  return new Vma(space, vma.end, end, prot, maxProt, flags, vma.indexOf(vma.end), object, name);
}

function move(
  space: AddressSpace,
  old: number,
  before: number,
  after: number,
  wanted: number,
): number {
  const { areas, mm } = space;
  if (areas.list.length + 3 > MAX_MAP_COUNT) return -ENOMEM;
  const kept = Math.min(before, after);
  // Page tables for where the pages go, on top of partly used ones at both ends.
  const tables = Math.ceil(kept / PAGE_SIZE / LEAF_SPAN) + 3;
  const reserved = mm.makeFree(tables);
  if (reserved < 0) return reserved;
  const start = wanted >= 0 ? wanted : areas.findHole(0, after);
  if (start < 0) return -ENOMEM;
  if (wanted >= 0) removeRange(space, start, start + after);
  const vma = areas.find(old);
  if (vma === undefined) return -EFAULT;
  const { prot, maxProt, flags, object, name } = vma;
  const pgoff = vma.indexOf(old);
  space.generation++;
  const moved = new Vma(space, start, start + after, prot, maxProt, flags, pgoff, object, name);
  moved.written = vma.written;
  areas.insert(moved);
  movePages(space, old, start, kept);
  removeRange(space, old, old + before);
  if (mm.events.on) mm.events.emit(EV_MAP, space.pid, start, start + after, prot, 0);
  return start;
}

/** Moves the entries of [from, from + length) to `to`; frames, references and bytes stay. */
function movePages(space: AddressSpace, from: number, to: number, length: number): void {
  const { table, mm } = space;
  const words = mm.cpu.ram.u32;
  const first = from / PAGE_SIZE;
  const end = (from + length) / PAGE_SIZE;
  const distance = (to - from) / PAGE_SIZE;
  for (let vpn = table.nextTable(first, end); vpn < end; vpn = table.nextTable(vpn + 1, end)) {
    const word = table.find(vpn);
    if (words[word] !== 0) table.move(word, table.ensure(vpn + distance));
  }
  flushSpace(space);
}
