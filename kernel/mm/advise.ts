// madvise(2), mlock(2), mincore(2) and msync(2).

import { EBUSY, EFAULT, EINVAL, ENOMEM } from "../abi/errno.ts";
import {
  MADV_DOFORK,
  MADV_DONTFORK,
  MADV_DONTNEED,
  MADV_NORMAL,
  MADV_PAGEOUT,
  MADV_RANDOM,
  MADV_SEQUENTIAL,
  MADV_WILLNEED,
  MS_ASYNC,
  MS_INVALIDATE,
  MS_SYNC,
} from "../abi/mman.ts";
import { PAGE_MASK, PAGE_SIZE, USER_END } from "../abi/sv39.ts";
import type { AddressSpace } from "./address-space.ts";
import { evict } from "./reclaim/evict.ts";
import { PTE_PRESENT } from "./page-entry.ts";
import { clearRange, pageAlign } from "./unmap.ts";
import { store8 } from "./user-copy.ts";
import { VM_DONTFORK, VM_LOCKED } from "./vma.ts";
import type { Vma } from "./vma.ts";

const ADVICE = new Set([
  MADV_NORMAL,
  MADV_RANDOM,
  MADV_SEQUENTIAL,
  MADV_WILLNEED,
  MADV_DONTNEED,
  MADV_PAGEOUT,
  MADV_DONTFORK,
  MADV_DOFORK,
]);

/** Calls `visit` for the part of each area in [start, end). Whether there was no hole. */
function eachPart(
  space: AddressSpace,
  start: number,
  end: number,
  visit: (vma: Vma, from: number, to: number) => void,
): boolean {
  let covered = start;
  let whole = true;
  while (covered < end) {
    const vma = space.areas.list[space.areas.indexAfter(covered)];
    if (vma === undefined || vma.start >= end) return false;
    if (vma.start > covered) whole = false;
    const from = Math.max(covered, vma.start);
    const to = Math.min(end, vma.end);
    covered = to;
    visit(vma, from, to);
  }
  return whole;
}

/** 0, −EINVAL (unknown advice, among it MADV_FREE, for which callers have MADV_DONTNEED), −ENOMEM (a hole; the rest is done). */
export function advise(space: AddressSpace, addr: number, length: number, advice: number): number {
  if (!ADVICE.has(advice)) {
    space.mm.log.once(`madvise ${advice}`, `madvise: advice ${advice} is not implemented`);
    return -EINVAL;
  }
  const bytes = pageAlign(length);
  if ((addr & PAGE_MASK) !== 0 || addr < 0) return -EINVAL;
  if (bytes === 0) return 0;
  const end = addr + bytes;
  const whole = eachPart(space, addr, end, (vma, from, to) => {
    // Private anonymous pages become zeros, private file pages the file's again; shared ones keep their data in the object.
    if (advice === MADV_WILLNEED) space.mm.swap.willNeed(space, from, to);
    if (advice === MADV_PAGEOUT) pageOut(space, from, to);
    if (advice === MADV_DONTNEED) clearRange(space, from, to);
    if (advice === MADV_DONTFORK) setFlags(space, from, to, vma.flags | VM_DONTFORK);
    if (advice === MADV_DOFORK) setFlags(space, from, to, vma.flags & ~VM_DONTFORK);
  });
  if (advice === MADV_DONTFORK || advice === MADV_DOFORK) space.areas.mergeAround(addr, end);
  return whole ? 0 : -ENOMEM;
}

/** Evicts the pages that nobody else maps, as far as they can go now. */
function pageOut(space: AddressSpace, start: number, end: number): void {
  const { mm, table } = space;
  const words = mm.cpu.ram.u32;
  const beyond = end / PAGE_SIZE;
  let vpn = table.nextTable(start / PAGE_SIZE, beyond);
  for (; vpn < beyond; vpn = table.nextTable(vpn + 1, beyond)) {
    const entry = words[table.find(vpn)] ?? 0;
    const pfn = entry >>> 10;
    if ((entry & PTE_PRESENT) === 0 || mm.frames.mapcount[pfn] !== 1 || !mm.lru.has(pfn)) continue;
    evict(mm, pfn);
  }
  mm.swap.writer.flush();
}

function setFlags(space: AddressSpace, from: number, to: number, flags: number): void {
  space.areas.splitAt(from);
  space.areas.splitAt(to);
  const vma = space.areas.find(from);
  if (vma !== undefined) vma.flags = flags;
}

/** Locks or unlocks the areas of a page-aligned range: 0, or −ENOMEM (a hole). */
export function setLocked(
  space: AddressSpace,
  start: number,
  end: number,
  locked: boolean,
): number {
  if (locked) space.mm.hasLocks = true;
  const whole = eachPart(space, start, end, (vma, from, to) => {
    const flags = locked ? vma.flags | VM_LOCKED : vma.flags & ~VM_LOCKED;
    if (flags !== vma.flags) setFlags(space, from, to, flags);
  });
  space.areas.mergeAround(start, end);
  return whole ? 0 : -ENOMEM;
}

/** Writes one byte a page at `vector`: 1 when the page is in memory. */
export function mincore(space: AddressSpace, addr: number, length: number, vector: number): number {
  if ((addr & PAGE_MASK) !== 0) return -EINVAL;
  const end = addr + pageAlign(length);
  if (addr < 0 || end > USER_END) return -ENOMEM;
  for (let va = addr, at = vector; va < end; va += PAGE_SIZE, at++) {
    const vma = space.areas.find(va);
    if (vma === undefined) return -ENOMEM;
    const entry = space.pageEntry(va);
    const here =
      (entry & PTE_PRESENT) !== 0 ||
      (entry !== 0
        ? space.mm.swap.isAtHand(entry >>> 10)
        : (vma.object?.isResident(vma.indexOf(va)) ?? false));
    if (store8(space, at, here ? 1 : 0) < 0) return -EFAULT;
  }
  return 0;
}

/** Every view of an object is the same frames, so there is nothing to write back to or to drop: only the checks remain. */
export function msync(space: AddressSpace, addr: number, length: number, flags: number): number {
  if ((flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) !== 0) return -EINVAL;
  if ((addr & PAGE_MASK) !== 0 || addr < 0) return -EINVAL;
  if ((flags & MS_ASYNC) !== 0 && (flags & MS_SYNC) !== 0) return -EINVAL;
  const end = addr + pageAlign(length);
  if (end > USER_END) return -ENOMEM;
  let locked = false;
  const whole = eachPart(space, addr, end, (vma) => (locked ||= (vma.flags & VM_LOCKED) !== 0));
  if (locked && (flags & MS_INVALIDATE) !== 0) return -EBUSY;
  return whole ? 0 : -ENOMEM;
}
