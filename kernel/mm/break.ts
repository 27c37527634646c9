// brk(2): the heap that begins after the program's bss. A call that cannot be met returns the break as it is.

import { PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { PAGE_SIZE, USER_END } from "../abi/sv39.ts";
import { EV_BRK } from "../api/events.ts";
import type { AddressSpace } from "./address-space.ts";
import { MAX_MAP_COUNT } from "./layout.ts";
import { fitsAtAll, mayGrow } from "./map.ts";
import { pageAlign, removeRange } from "./unmap.ts";
import { PROT_ALL, VM_ACCOUNT, Vma } from "./vma.ts";

/** The break in effect afterwards. */
export function moveBreak(space: AddressSpace, wanted: number): number {
  const old = space.brk;
  if (wanted < space.startBrk || wanted > USER_END) return old;
  if (wanted - space.startBrk > space.limits.data) return old;
  const oldEnd = pageAlign(old);
  const newEnd = pageAlign(wanted);
  if (newEnd < oldEnd) removeRange(space, newEnd, oldEnd);
  if (newEnd > oldEnd && !grow(space, oldEnd, newEnd)) return old;
  space.brk = wanted;
  const { events } = space.mm;
  if (events.on) events.emit(EV_BRK, space.pid, old, wanted);
  return wanted;
}

function grow(space: AddressSpace, start: number, end: number): boolean {
  const { areas } = space;
  const length = end - start;
  // One page stays free above the heap, as on Linux.
  if (areas.meets(start, end + PAGE_SIZE) || areas.list.length >= MAX_MAP_COUNT) return false;
  if (!mayGrow(space, length) || !fitsAtAll(space, length)) return false;
  const prot = PROT_READ | PROT_WRITE;
  space.generation++;
  areas.insert(new Vma(space, start, end, prot, PROT_ALL, VM_ACCOUNT, start / PAGE_SIZE, null, ""));
  if (space.locksFuture) space.lock(start, end, true);
  return true;
}
