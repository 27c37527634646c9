// Taking pages out of an address space: munmap(2), and the clearing that MADV_DONTNEED, truncation, exec and exit share.

import { EINVAL, ENOMEM } from "../abi/errno.ts";
import { PAGE_MASK, PAGE_SIZE, USER_END } from "../abi/sv39.ts";
import { EV_TLB_FLUSH, EV_UNMAP } from "../api/events.ts";
import type { AddressSpace } from "./address-space.ts";
import { MAX_MAP_COUNT } from "./layout.ts";
import { LEAF_SPAN } from "./page-table.ts";

/** Up to this many changed pages are flushed one by one; beyond it the bank is emptied at once. */
export const FLUSH_SINGLY = 16;

/** Rounds up to a whole number of pages. */
export function pageAlign(length: number): number {
  return Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
}

/** Forgets what the hart may have cached of one page of this space. */
export function flushPage(space: AddressSpace, va: number): void {
  if (space.bank >= 0) space.mm.cpu.flushPage(space.bank, va);
  const { events } = space.mm;
  if (events.on) events.emit(EV_TLB_FLUSH, space.pid, va);
}

/** Forgets all that the hart may have cached of this space. */
export function flushSpace(space: AddressSpace): void {
  if (space.bank >= 0) space.mm.cpu.flushBank(space.bank);
  const { events } = space.mm;
  if (events.on) events.emit(EV_TLB_FLUSH, space.pid, -1);
}

/** Clears every PTE in [start, end), gives the frames' references back and frees tables that became empty. */
export function clearRange(space: AddressSpace, start: number, end: number): void {
  const { table, mm } = space;
  const words = mm.cpu.ram.u32;
  const used = mm.tableEntries;
  const pidBefore = mm.frames.pid;
  mm.frames.pid = space.pid;
  const beyond = end / PAGE_SIZE;
  let changed = 0;
  let vpn = table.nextTable(start / PAGE_SIZE, beyond);
  while (vpn < beyond) {
    const leaf = table.leafTable(vpn);
    const tableEnd = Math.min(beyond, (vpn | (LEAF_SPAN - 1)) + 1);
    for (let at = vpn; at < tableEnd && used[leaf] !== 0; at++) {
      const word = (leaf << 10) | ((at & 511) << 1);
      if (words[word] === 0) continue;
      table.clear(word);
      if (++changed <= FLUSH_SINGLY) flushPage(space, at * PAGE_SIZE);
    }
    if (used[leaf] === 0) table.prune(vpn);
    vpn = table.nextTable(tableEnd, beyond);
  }
  if (changed > FLUSH_SINGLY) flushSpace(space);
  mm.frames.pid = pidBefore;
}

/** munmap(2): holes in the range are fine. 0, −EINVAL or −ENOMEM (too many areas). */
export function unmap(space: AddressSpace, addr: number, length: number): number {
  if ((addr & PAGE_MASK) !== 0 || addr < 0 || addr > USER_END) return -EINVAL;
  const bytes = pageAlign(length);
  if (bytes === 0 || bytes > USER_END - addr) return -EINVAL;
  const end = addr + bytes;
  if (space.areas.list.length + space.areas.splitsFor(addr, end) > MAX_MAP_COUNT) return -ENOMEM;
  removeRange(space, addr, end);
  return 0;
}

/** Removes areas and pages of a page-aligned range. */
export function removeRange(space: AddressSpace, start: number, end: number): void {
  if (!space.areas.meets(start, end)) return;
  space.generation++;
  // Pages first: an object that loses its last area frees its frames, which nobody may map any more.
  clearRange(space, start, end);
  space.areas.remove(start, end);
  const { events } = space.mm;
  if (events.on) events.emit(EV_UNMAP, space.pid, start, end);
}
