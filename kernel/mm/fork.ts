// fork(2)'s address space: the child gets every area and every PTE of the parent. Private pages become copy-on-write on
// both sides: W is cleared in both PTEs, and the first write of either copies the frame (fault.ts). Shared pages stay
// writable in both: one frame, that is the point of them.
//
// The frames for the child's page tables are made sure of before anything changes, so that fork either happens or does
// not. The inner loop runs once for each present page: typed arrays only, and the `!` after their reads holds because
// words and PFNs come from tables inside RAM.

import { PTE_A, PTE_V, PTE_W } from "../abi/sv39.ts";
import { EV_FRAME_SHARE } from "../api/events.ts";
import { FRAME_ANON } from "../api/frames.ts";
import { panic } from "../lib/panic.ts";
import type { AddressSpace } from "./address-space.ts";
import { PTE_PRESENT } from "./page-entry.ts";
import { LEAF_SPAN, MID_SPAN } from "./page-table.ts";
import { clearRange, flushSpace } from "./unmap.ts";
import { VM_DONTFORK, VM_LOCKED, Vma } from "./vma.ts";

/** Frames beside the page tables: the child's first pages, which the kernel itself writes to (CLONE_CHILD_SETTID). */
const EXTRA = 2;
/** Root entries that cover user space. */
const USER_ROOT_ENTRIES = 256;

/** A copy of `parent` for process `pid`; −ENOMEM or MUST_WAIT with nothing changed. */
export function forkSpace(parent: AddressSpace, pid: number): AddressSpace | number {
  const { mm } = parent;
  const reserved = mm.makeFree(parent.table.frames + EXTRA);
  if (reserved < 0) return reserved;
  const child = mm.createSpace(pid);
  if (typeof child === "number") return child;
  child.limits = { ...parent.limits };
  child.startBrk = parent.startBrk;
  child.brk = parent.brk;
  child.startStack = parent.startStack;
  const pidBefore = mm.frames.pid;
  mm.frames.pid = pid;
  for (const vma of parent.areas.list) child.areas.append(inherited(child, vma));
  if (copyTables(parent, child)) flushSpace(parent);
  for (const vma of parent.areas.list) {
    if ((vma.flags & VM_DONTFORK) === 0) continue;
    clearRange(child, vma.start, vma.end);
    child.areas.remove(vma.start, vma.end);
  }
  mm.frames.pid = pidBefore;
  return child;
}

function inherited(child: AddressSpace, vma: Vma): Vma {
  const copy = new Vma(
    child,
    vma.start,
    vma.end,
    vma.prot,
    vma.maxProt,
    vma.flags,
    vma.pgoff,
    vma.object,
    vma.name,
  );
  copy.written = vma.written;
  // Locks are not inherited (mlock(2)).
  copy.flags &= ~VM_LOCKED;
  return copy;
}

/** Copies all present PTEs; true when one of the parent's lost W, so that the parent owes a flush. */
function copyTables(parent: AddressSpace, child: AddressSpace): boolean {
  const { mm } = parent;
  const words = mm.cpu.ram.u32;
  let protectedAny = false;
  for (let high = 0; high < USER_ROOT_ENTRIES; high++) {
    const highEntry = words[(parent.table.root << 10) | (high << 1)]!;
    if ((highEntry & PTE_V) === 0) continue;
    let left = mm.tableEntries[highEntry >>> 10]!;
    for (let middle = 0; left > 0 && middle < 512; middle++) {
      const entry = words[((highEntry >>> 10) << 10) | (middle << 1)]!;
      if ((entry & PTE_V) === 0) continue;
      left--;
      if (mm.tableEntries[entry >>> 10] === 0) continue;
      const first = child.table.ensure(high * MID_SPAN + middle * LEAF_SPAN);
      if (first < 0) panic("fork ran out of the frames it had made sure of", child.id);
      if (copyLeaf(parent, child, entry >>> 10, first >>> 10)) protectedAny = true;
    }
  }
  return protectedAny;
}

/** Copies one leaf table. */
function copyLeaf(parent: AddressSpace, child: AddressSpace, from: number, to: number): boolean {
  const { mm } = parent;
  const { frames, reverse } = mm;
  const words = mm.cpu.ram.u32;
  const { kind, refcount, mapcount } = frames;
  const { head, next, previous } = reverse;
  const resident = child.table.resident;
  const linkBase = reverse.slotOf[to]! << 9;
  const fromWord = from << 10;
  const toWord = to << 10;
  const present = mm.tableEntries[from]!;
  let left = present;
  let protectedAny = false;
  for (let index = 0; left > 0 && index < 512; index++) {
    let entry = words[fromWord + (index << 1)]!;
    if (entry === 0) continue;
    left--;
    const pfn = entry >>> 10;
    if ((entry & PTE_PRESENT) === 0) {
      words[toWord + (index << 1)] = entry;
      mm.swap.retain(pfn);
      child.table.swapped++;
      continue;
    }
    const frameKind = kind[pfn]!;
    if (frameKind === FRAME_ANON && (entry & PTE_W) !== 0) {
      entry &= ~PTE_W;
      words[fromWord + (index << 1)] = entry;
      protectedAny = true;
    }
    // The child has not used the page yet.
    words[toWord + (index << 1)] = entry & ~PTE_A;
    refcount[pfn]!++;
    mapcount[pfn]!++;
    resident[frameKind]!++;
    const link = linkBase | index;
    const first = head[pfn]!;
    next[link] = first;
    previous[link] = 0;
    if (first !== 0) previous[first] = link;
    head[pfn] = link;
  }
  mm.tableEntries[to] = present;
  if (mm.events.on) recordShares(child, to);
  return protectedAny;
}

/** One event for each page that parent and child share now. */
function recordShares(child: AddressSpace, table: number): void {
  const { frames, events, cpu } = child.mm;
  const firstPage = frames.ownerIndex[table]!;
  for (let index = 0; index < 512; index++) {
    const entry = cpu.ram.u32[(table << 10) | (index << 1)]!;
    if ((entry & PTE_PRESENT) === 0) continue;
    const pfn = entry >>> 10;
    const address = (firstPage + index) * 4096;
    events.emit(EV_FRAME_SHARE, child.pid, pfn, address, frames.mapcount[pfn]);
  }
}
