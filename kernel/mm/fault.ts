// The page fault: what happens between the CPU's "no such translation" and the instruction running again.
//
//   1. Which area holds the address? None: a stack may grow down to it, else SIGSEGV (SEGV_MAPERR).
//   2. Does the area allow the access? No: SIGSEGV (SEGV_ACCERR).
//   3. Find the PTE, making page tables on the way.
//   4. The PTE has a frame: the access is a write to a copy-on-write page (copy it, or take it over when nobody else has
//      it), or there is nothing left to do.
//   5. The PTE names a swap slot: the frame that has its page, or a read begins and the thread waits.
//   6. The PTE has nothing. Private anonymous memory: a new frame of zeros. Shared memory: the object's own frame. A
//      private file page: the page-cache frame, read-only; a write copies it at once.
//   7. Record one event. The instruction runs again.
//
// Nothing here waits: where it must, it says so (FAULT_WAIT), having changed nothing, and all of it is done again.
//
// This is a hot path: numbers only, no allocation. The `!` after reads of `words`: a word lies in a table inside RAM;
// after those of `hart`: it has a pc.

import { EIO, ENOMEM } from "../abi/errno.ts";
import { PROT_EXEC, PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { PAGE_SIZE, PTE_A, PTE_D, PTE_W, USER_END } from "../abi/sv39.ts";
import {
  EV_FAULT,
  EV_FRAME_SHARE,
  OUTCOME_BEYOND_END,
  OUTCOME_COPY,
  OUTCOME_FILE,
  OUTCOME_FORBIDDEN,
  OUTCOME_IO_ERROR,
  OUTCOME_NO_MEMORY,
  OUTCOME_REUSE,
  OUTCOME_SHARED,
  OUTCOME_SPURIOUS,
  OUTCOME_SWAP_CACHE,
  OUTCOME_SWAP_IN,
  OUTCOME_UNMAPPED,
  OUTCOME_WAIT,
  OUTCOME_ZERO,
} from "../api/events.ts";
import { FRAME_ANON, FRAME_FILE } from "../api/frames.ts";
import { HART_PC } from "../cpu/types.ts";
import type { AddressSpace } from "./address-space.ts";
import {
  ACCESS_EXECUTE,
  ACCESS_READ,
  ACCESS_WRITE,
  FAULT_ACCERR,
  FAULT_BUS,
  FAULT_IO,
  FAULT_MAPERR,
  FAULT_NO_MEMORY,
  FAULT_OK,
  FAULT_WAIT,
} from "./fault-result.ts";
import type { AccessKind, FaultResult } from "./fault-result.ts";
import { WANTED } from "./frames.ts";
import type { FrameLimit } from "./reclaim/frame-limit.ts";
import type { MemoryObject } from "./memory-object.ts";
import { relieve } from "./reclaim/oom.ts";
import { leafEntry, PTE_PRESENT, readBits } from "./page-entry.ts";
import { MUST_WAIT } from "./stall.ts";
import { growStack } from "./stack.ts";
import { ARRIVING, LOST_PAGE, NO_FRAME } from "./swap/swap.ts";
import { flushPage } from "./unmap.ts";
import type { Vma } from "./vma.ts";

/** Handles a fault of `space` at `va` (any number; beyond user space it is SEGV_MAPERR). */
export function handleFault(space: AddressSpace, va: number, access: AccessKind): FaultResult {
  space.mm.frames.pid = space.pid;
  if (space.reaped) return FAULT_NO_MEMORY;
  if (!(va >= 0 && va < USER_END)) return failed(space, va, access, OUTCOME_UNMAPPED, FAULT_MAPERR);
  const vma = space.areas.find(va) ?? growStack(space, va);
  if (vma === undefined) return failed(space, va, access, OUTCOME_UNMAPPED, FAULT_MAPERR);
  if (!allows(vma.prot, access)) return failed(space, va, access, OUTCOME_FORBIDDEN, FAULT_ACCERR);
  const word = entryWord(space, (va / PAGE_SIZE) | 0);
  if (word < 0) return noFrame(space, va, access);
  const entry = space.mm.cpu.ram.u32[word]!;
  if ((entry & PTE_PRESENT) !== 0) return present(space, vma, va, access, word);
  if (entry !== 0) return swappedPage(space, vma, va, access, word, entry >>> 10, true);
  if (vma.object === null) return zeroPage(space, vma, va, access, word);
  return objectPage(space, vma, vma.object, va, access, word);
}

function allows(prot: number, access: AccessKind): boolean {
  if (access === ACCESS_WRITE) return (prot & PROT_WRITE) !== 0;
  if (access === ACCESS_EXECUTE) return (prot & PROT_EXEC) !== 0;
  return (prot & (PROT_READ | PROT_WRITE)) !== 0;
}

/** The PTE has a frame: copy-on-write, or another thread was here first. */
function present(
  space: AddressSpace,
  vma: Vma,
  va: number,
  access: AccessKind,
  word: number,
): FaultResult {
  const { mm } = space;
  const words = mm.cpu.ram.u32;
  const entry = words[word]!;
  const pfn = entry >>> 10;
  if (access === ACCESS_WRITE && (entry & PTE_W) === 0 && !vma.shared) {
    if (!mm.swap.isExclusive(pfn)) return copyPage(space, vma, va, access, word, pfn);
    words[word] = leafEntry(pfn, vma.prot, true) | PTE_D;
    vma.written = true;
    flushPage(space, va);
    return done(space, va, access, OUTCOME_REUSE, pfn, -1);
  }
  // Whatever the entry said, it says what the area allows from now on.
  const write = vma.shared && (vma.prot & PROT_WRITE) !== 0 ? PTE_W : entry & PTE_W;
  const used = access === ACCESS_WRITE ? PTE_A | PTE_D : PTE_A;
  words[word] = (pfn << 10) | readBits(vma.prot) | (entry & PTE_D) | write | used;
  flushPage(space, va);
  return done(space, va, access, OUTCOME_SPURIOUS, pfn, -1);
}

/** First touch of private anonymous memory. There is no shared page of zeros: see docs/decisions. */
function zeroPage(
  space: AddressSpace,
  vma: Vma,
  va: number,
  access: AccessKind,
  word: number,
): FaultResult {
  const pfn = userFrame(space, va);
  if (pfn < 0) return noFrame(space, va, access);
  space.mm.frames.zero(pfn);
  const dirty = access === ACCESS_WRITE ? PTE_D : 0;
  if (dirty !== 0) vma.written = true;
  space.table.install(word, leafEntry(pfn, vma.prot, true) | dirty);
  limitAt(space, va)?.loaded(pfn);
  return done(space, va, access, OUTCOME_ZERO, pfn, -1);
}

/** swapoff(2): the page comes back as if it were read, whatever the area allows, and nobody is killed for it. */
export function handleSwapIn(space: AddressSpace, vma: Vma, va: number): FaultResult {
  const word = space.table.find((va / PAGE_SIZE) | 0);
  const slot = (space.mm.cpu.ram.u32[word] ?? 0) >>> 10;
  return swappedPage(space, vma, va, ACCESS_READ, word, slot, false);
}

/** A private page that is swapped out. `isNeeded`: somebody may be killed for a frame. */
function swappedPage(
  space: AddressSpace,
  vma: Vma,
  va: number,
  access: AccessKind,
  word: number,
  slot: number,
  isNeeded: boolean,
): FaultResult {
  const { mm, table } = space;
  const { frames, swap } = mm;
  const limit = limitAt(space, va);
  if (limit !== null && !limit.mayReturn(slot)) return noFrame(space, va, access);
  let pfn = swap.bring(slot);
  if (isNeeded) while (pfn === NO_FRAME && relieve(space)) pfn = swap.bring(slot);
  else if (pfn === NO_FRAME) mm.stallForFrames();
  if (pfn === NO_FRAME) return noFrame(space, va, access);
  if (pfn === LOST_PAGE) return failed(space, va, access, OUTCOME_IO_ERROR, FAULT_IO);
  if (pfn === ARRIVING) return failed(space, va, access, OUTCOME_WAIT, FAULT_WAIT);
  const write = access === ACCESS_WRITE;
  if (write && (swap.area.count[slot] !== 1 || frames.mapcount[pfn] !== 0)) {
    return copySwapped(space, vma, va, access, word, pfn, slot);
  }
  const wasWanted = found(space, pfn);
  swap.claim(pfn, slot, FRAME_ANON);
  const isAlone = swap.area.count[slot] === 0 && frames.mapcount[pfn] === 0;
  table.installSwapped(word, leafEntry(pfn, vma.prot, isAlone) | (write ? PTE_D : 0));
  // The slot's bytes are about to be old, or somebody else needs the slot more.
  if ((write || swap.crowded) && frames.slot[pfn] === slot && swap.area.count[slot] === 0) {
    swap.detach(pfn);
  }
  limit?.loaded(pfn);
  return done(space, va, access, wasWanted ? OUTCOME_SWAP_IN : OUTCOME_SWAP_CACHE, pfn, -1);
}

/**
 * A fault maps a page that had been swapped out. Whether it had to wait for it: that is a major fault, counted here and
 * not when the read begins, because the page may go out again before anybody has mapped it.
 */
function found(space: AddressSpace, pfn: number): boolean {
  const { flags } = space.mm.frames;
  if ((flags[pfn]! & WANTED) === 0) return false;
  flags[pfn]! &= ~WANTED;
  majorFault(space);
  return true;
}

/** A write to a page whose slot others name too, or whose frame others map: a copy. */
function copySwapped(
  space: AddressSpace,
  vma: Vma,
  va: number,
  access: AccessKind,
  word: number,
  from: number,
  slot: number,
): FaultResult {
  const { mm } = space;
  mm.frames.get(from);
  const pfn = userFrame(space, va);
  if (pfn >= 0) mm.frames.copy(pfn, from);
  mm.frames.put(from);
  if (pfn < 0) return noFrame(space, va, access);
  found(space, from);
  mm.swap.drop(slot);
  vma.written = true;
  space.table.installSwapped(word, leafEntry(pfn, vma.prot, true) | PTE_D);
  limitAt(space, va)?.loaded(pfn);
  return done(space, va, access, OUTCOME_COPY, pfn, from);
}

/** First touch of a page that an object backs. */
function objectPage(
  space: AddressSpace,
  vma: Vma,
  object: MemoryObject,
  va: number,
  access: AccessKind,
  word: number,
): FaultResult {
  const { mm } = space;
  const write = access === ACCESS_WRITE;
  const fillsBefore = mm.pageCacheFills;
  const index = vma.indexOf(va);
  let pfn = object.getPage(index, write && vma.shared);
  while (pfn === -ENOMEM && relieve(space)) pfn = object.getPage(index, write && vma.shared);
  if (pfn < 0) return unavailable(space, va, access, pfn);
  const wasFilled = mm.pageCacheFills !== fillsBefore;
  if (write && !vma.shared) {
    const result = copyPage(space, vma, va, access, word, pfn);
    if (result !== FAULT_OK) return result;
    found(space, pfn);
    if (wasFilled) majorFault(space);
    return result;
  }
  const wasWanted = found(space, pfn);
  if (wasFilled) majorFault(space);
  mm.frames.get(pfn);
  space.table.install(word, leafEntry(pfn, vma.prot, vma.shared) | (write ? PTE_D : 0));
  if (mm.events.on && mm.frames.mapcount[pfn]! > 1) {
    mm.events.emit(EV_FRAME_SHARE, space.pid, pfn, pageOf(va), mm.frames.mapcount[pfn]);
  }
  const outcome = mm.frames.kind[pfn] === FRAME_FILE ? OUTCOME_FILE : OUTCOME_SHARED;
  return done(space, va, access, wasWanted ? OUTCOME_SWAP_IN : outcome, pfn, -1);
}

/** What becomes of a fault whose object has no frame for the page: `error` is getPage's. */
function unavailable(
  space: AddressSpace,
  va: number,
  access: AccessKind,
  error: number,
): FaultResult {
  if (error === MUST_WAIT) return failed(space, va, access, OUTCOME_WAIT, FAULT_WAIT);
  if (error === -ENOMEM) return noFrame(space, va, access);
  if (error === -EIO) return failed(space, va, access, OUTCOME_IO_ERROR, FAULT_IO);
  return failed(space, va, access, OUTCOME_BEYOND_END, FAULT_BUS);
}

/** Gives the space a private, writable copy of the frame `from`, which `word` may map already. */
function copyPage(
  space: AddressSpace,
  vma: Vma,
  va: number,
  access: AccessKind,
  word: number,
  from: number,
): FaultResult {
  const { mm, table } = space;
  // Finding a frame may drop clean page-cache pages: the pin keeps the one to be copied.
  mm.frames.get(from);
  const pfn = userFrame(space, va);
  if (pfn < 0) {
    mm.frames.put(from);
    return noFrame(space, va, access);
  }
  mm.frames.copy(pfn, from);
  if (mm.cpu.ram.u32[word] !== 0) {
    table.clear(word);
    flushPage(space, va);
  }
  mm.frames.put(from);
  vma.written = true;
  table.install(word, leafEntry(pfn, vma.prot, true) | PTE_D);
  limitAt(space, va)?.copied(pfn);
  return done(space, va, access, OUTCOME_COPY, pfn, from);
}

/** The word of the leaf PTE with its tables in place; −1 when no frame can be had for them. */
function entryWord(space: AddressSpace, vpn: number): number {
  let word = space.table.ensure(vpn);
  while (word < 0 && relieve(space)) word = space.table.ensure(vpn);
  return word;
}

/** A frame for private memory, its bytes undefined; −1 when none can be had now. */
function userFrame(space: AddressSpace, va: number): number {
  const limit = limitAt(space, va);
  if (limit !== null && !limit.makeRoom()) return -1;
  let pfn = space.mm.allocFrame(FRAME_ANON);
  while (pfn < 0 && relieve(space)) pfn = space.mm.allocFrame(FRAME_ANON);
  return pfn;
}

/** No frame could be had: some will come free, or the process is lost. */
function noFrame(space: AddressSpace, va: number, access: AccessKind): FaultResult {
  if (space.mm.stall !== null) return failed(space, va, access, OUTCOME_WAIT, FAULT_WAIT);
  return failed(space, va, access, OUTCOME_NO_MEMORY, FAULT_NO_MEMORY);
}

/** It had to be read. The fault that maps the page counts itself as a minor one. */
function majorFault(space: AddressSpace): void {
  space.majorFaults++;
  space.minorFaults--;
}

/** The limit that the page counts against, if any. */
function limitAt(space: AddressSpace, va: number): FrameLimit | null {
  const { limit } = space;
  return limit !== null && va >= limit.start && va < limit.end ? limit : null;
}

function pageOf(va: number): number {
  return va - (va % PAGE_SIZE);
}

/** The instruction for which the space's memory is touched: another process's is none of this program. */
function pcIn(space: AddressSpace): number {
  const { cpu, banks } = space.mm;
  if (banks.active !== space) return -1;
  return (cpu.hart[HART_PC + 1]! >>> 0) * 2 ** 32 + (cpu.hart[HART_PC]! >>> 0);
}

function done(
  space: AddressSpace,
  va: number,
  access: AccessKind,
  outcome: number,
  frame: number,
  from: number,
): FaultResult {
  space.minorFaults++;
  const { events } = space.mm;
  if (events.on) events.emit(EV_FAULT, space.pid, va, access, outcome, frame, from, pcIn(space));
  return FAULT_OK;
}

function failed(
  space: AddressSpace,
  va: number,
  access: AccessKind,
  outcome: number,
  result: FaultResult,
): FaultResult {
  const { events } = space.mm;
  if (events.on) events.emit(EV_FAULT, space.pid, va, access, outcome, -1, -1, pcIn(space));
  return result;
}
