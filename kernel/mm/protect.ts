// mprotect(2). Making a private page writable does not set W: the next write faults, and the fault decides between
// taking the frame over and copying it.

import { EACCES, EINVAL, ENOMEM } from "../abi/errno.ts";
import { PROT_EXEC, PROT_GROWSDOWN, PROT_GROWSUP, PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { PAGE_MASK, PAGE_SIZE, PTE_A, PTE_D, PTE_V, PTE_W, USER_END } from "../abi/sv39.ts";
import { EV_PROTECT } from "../api/events.ts";
import type { AddressSpace } from "./address-space.ts";
import { PTE_PRESENT, readBits } from "./page-entry.ts";
import { LEAF_SPAN } from "./page-table.ts";
import { FLUSH_SINGLY, flushPage, flushSpace, pageAlign } from "./unmap.ts";
import { VM_ACCOUNT, VM_NORESERVE, VM_SHARED } from "./vma.ts";
import type { Vma } from "./vma.ts";

/** PROT_SEM means nothing here and is allowed as on Linux. */
const PROT_SEM = 8;
const PROT_KNOWN = PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM;

/** 0, −EINVAL, −EACCES (beyond maxProt), −ENOMEM (a hole; what came before it has changed). */
export function protect(space: AddressSpace, addr: number, length: number, prot: number): number {
  const grows = prot & (PROT_GROWSDOWN | PROT_GROWSUP);
  const wanted = prot & ~grows;
  if ((grows & PROT_GROWSUP) !== 0 || (addr & PAGE_MASK) !== 0) return -EINVAL;
  if (length === 0) return 0;
  const end = addr + pageAlign(length);
  if (end > USER_END || addr < 0) return -ENOMEM;
  if ((wanted & ~PROT_KNOWN) !== 0) return -EINVAL;

  const first = space.areas.list[space.areas.indexAfter(addr)];
  if (first === undefined) return -ENOMEM;
  let at = addr;
  if (grows !== 0) {
    if (first.start >= end) return -ENOMEM;
    if (!first.growsDown) return -EINVAL;
    at = first.start;
  }
  const changedFrom = at;
  let result = 0;
  while (at < end) {
    const vma = space.areas.find(at);
    if (vma === undefined) result = -ENOMEM;
    else if ((wanted & ~PROT_SEM & ~vma.maxProt) !== 0) result = -EACCES;
    if (vma === undefined || result !== 0) break;
    const stop = Math.min(end, vma.end);
    change(space, at, stop, wanted & ~PROT_SEM);
    at = stop;
  }
  if (at > changedFrom) {
    space.generation++;
    space.areas.mergeAround(changedFrom, at);
    const { events } = space.mm;
    if (events.on) events.emit(EV_PROTECT, space.pid, changedFrom, at, wanted);
  }
  return result;
}

/** Gives [start, end), which lies in one area, the protection `prot`. */
function change(space: AddressSpace, start: number, end: number, prot: number): void {
  const { areas } = space;
  areas.splitAt(start);
  areas.splitAt(end);
  const vma = areas.find(start);
  if (vma === undefined || vma.prot === prot) return;
  vma.prot = prot;
  if ((prot & PROT_WRITE) !== 0 && (vma.flags & (VM_SHARED | VM_NORESERVE)) === 0) {
    vma.flags |= VM_ACCOUNT;
  }
  // What was never written needs no memory to be kept for it any more, so that it may merge with what never could be.
  if ((prot & PROT_WRITE) === 0 && vma.object === null && !vma.written) vma.flags &= ~VM_ACCOUNT;
  rewriteEntries(space, vma);
}

/** Brings the PTEs of an area in line with its protection. */
function rewriteEntries(space: AddressSpace, vma: Vma): void {
  const { table } = space;
  const words = space.mm.cpu.ram.u32;
  const bits = readBits(vma.prot);
  const mayWrite = (vma.prot & PROT_WRITE) !== 0;
  const sharedWrite = mayWrite && vma.shared ? PTE_W : 0;
  // A private page that was writable stays so: it is nobody else's.
  const keep = PTE_A | PTE_D | (mayWrite ? PTE_W : 0);
  const beyond = vma.end / PAGE_SIZE;
  let changed = 0;
  let vpn = table.nextTable(vma.start / PAGE_SIZE, beyond);
  while (vpn < beyond) {
    const leaf = table.leafTable(vpn);
    const tableEnd = Math.min(beyond, (vpn | (LEAF_SPAN - 1)) + 1);
    for (let at = vpn; at < tableEnd; at++) {
      const word = (leaf << 10) | ((at & 511) << 1);
      // The word lies in a table inside RAM.
      const old = words[word]!;
      if ((old & PTE_PRESENT) === 0) continue;
      const entry = ((old >>> 10) << 10) | bits | (old & keep) | sharedWrite;
      if (entry === old) continue;
      words[word] = entry;
      if ((old & PTE_V) !== 0 && ++changed <= FLUSH_SINGLY) flushPage(space, at * PAGE_SIZE);
    }
    vpn = table.nextTable(tableEnd, beyond);
  }
  if (changed > FLUSH_SINGLY) flushSpace(space);
}
