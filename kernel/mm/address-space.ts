// One address space: its areas, its page table, its break and its counters. Counted apart from processes (vfork shares
// one), and never trusted across a wait: `generation` tells whether the layout changed meanwhile. The work is done in
// one file for each call; the methods here are its table of contents.

import { FRAME_ANON, FRAME_FILE, FRAME_SHMEM, FRAME_VDSO } from "../api/frames.ts";
import { PAGE_SIZE, USER_END } from "../abi/sv39.ts";
import { advise, mincore, msync, setLocked } from "./advise.ts";
import { moveBreak } from "./break.ts";
import { handleFault } from "./fault.ts";
import { FAULT_OK } from "./fault-result.ts";
import type { AccessKind, FaultResult } from "./fault-result.ts";
import { forkSpace } from "./fork.ts";
import { endFrameLimit, type FrameLimit } from "./reclaim/frame-limit.ts";
import { STACK_LIMIT, STACK_TOP } from "./layout.ts";
import { map, mapStack } from "./map.ts";
import type { MapRequest } from "./map.ts";
import type { MemoryManager } from "./memory-manager.ts";
import { PageTable } from "./page-table.ts";
import { protect } from "./protect.ts";
import { remap } from "./remap.ts";
import { flushSpace, removeRange, unmap } from "./unmap.ts";
import { VmaSet } from "./vma-set.ts";
import type { Vma } from "./vma.ts";

/** Resource limits that memory obeys, in bytes (RLIMIT_STACK, RLIMIT_DATA, RLIMIT_AS). */
export interface SpaceLimits {
  readonly stack: number;
  readonly data: number;
  readonly as: number;
}

export class AddressSpace {
  readonly mm: MemoryManager;
  /** Unique in the machine; page-table frames name their owner by it. */
  readonly id: number;
  /** The process that events name; set by fork and by whoever hands the space on. */
  pid: number;
  readonly table: PageTable;
  readonly areas = new VmaSet();
  /** The TLB bank it has, −1 for none. Owner: TlbBanks. */
  bank = -1;
  /** Counts changes of the layout. */
  generation = 0;
  limits: SpaceLimits = { stack: STACK_LIMIT, data: Infinity, as: Infinity };
  /** Where the heap begins and ends, in bytes; set by exec, moved by brk(2). */
  startBrk = 0;
  brk = 0;
  /** The first stack pointer of the program. */
  startStack = STACK_TOP;
  /** Faults that needed no reading, and those that filled a page-cache page. */
  minorFaults = 0;
  majorFaults = 0;
  /** A limit on the frames of a part of it (reclaim/frame-limit.ts). */
  limit: FrameLimit | null = null;
  /** mlockall(MCL_FUTURE): what is mapped from now on stays in RAM. */
  locksFuture = false;
  /** Why the last user copy stopped short. */
  lastFault: FaultResult = FAULT_OK;
  /** The out-of-memory killer took everything: the process must not run in user mode again. */
  reaped = false;
  #references = 1;

  constructor(mm: MemoryManager, id: number, pid: number, root: number) {
    this.mm = mm;
    this.id = id;
    this.pid = pid;
    this.table = new PageTable(mm, id, root);
  }

  /** PFN of the root page table. */
  get root(): number {
    return this.table.root;
  }

  /** Page-table frames. */
  get pageTables(): number {
    return this.table.frames;
  }

  /** Pages of all areas: the virtual size. */
  get pages(): number {
    return this.areas.pages;
  }

  // `resident` has an element for each frame kind.
  get rssAnon(): number {
    return this.table.resident[FRAME_ANON]!;
  }

  get rssFile(): number {
    return this.table.resident[FRAME_FILE]! + this.table.resident[FRAME_VDSO]!;
  }

  get rssShmem(): number {
    return this.table.resident[FRAME_SHMEM]!;
  }

  /** Pages that have a frame. */
  get rss(): number {
    return this.rssAnon + this.rssFile + this.rssShmem;
  }

  /** Private pages that are swapped out. */
  get swapped(): number {
    return this.table.swapped;
  }

  retain(): void {
    this.#references++;
  }

  /** The last release frees everything. The hart must not run on this space any more. */
  release(): void {
    if (--this.#references > 0) return;
    this.mm.banks.forget(this);
    endFrameLimit(this);
    removeRange(this, 0, USER_END);
    this.table.destroy();
    this.mm.removeSpace(this);
  }

  /** Gives back all memory but the page-table root, of a process that has been killed. */
  reap(): void {
    this.reaped = true;
    removeRange(this, 0, USER_END);
    flushSpace(this);
  }

  /** fork(2)'s copy for process `pid`; −ENOMEM or MUST_WAIT with nothing changed. */
  fork(pid: number): AddressSpace | number {
    return forkSpace(this, pid);
  }

  /** Puts the hart on this space. */
  activate(): void {
    this.mm.frames.pid = this.pid;
    this.mm.banks.activate(this);
  }

  fault(va: number, access: AccessKind): FaultResult {
    return handleFault(this, va, access);
  }

  map(request: MapRequest): number {
    return map(this, request);
  }

  mapStack(): number {
    return mapStack(this);
  }

  unmap(addr: number, length: number): number {
    return unmap(this, addr, length);
  }

  protect(addr: number, length: number, prot: number): number {
    return protect(this, addr, length, prot);
  }

  remap(old: number, oldLength: number, newLength: number, flags: number, newAddr: number): number {
    return remap(this, old, oldLength, newLength, flags, newAddr);
  }

  advise(addr: number, length: number, advice: number): number {
    return advise(this, addr, length, advice);
  }

  /** Whether the pages of a page-aligned range must stay in RAM: 0, or −ENOMEM at a hole (what came before it is done). */
  lock(start: number, end: number, locked: boolean): number {
    return setLocked(this, start, end, locked);
  }

  /** munlockall(2). */
  unlockAll(): number {
    this.locksFuture = false;
    for (const { start, end } of this.areas.list.slice()) setLocked(this, start, end, false);
    return 0;
  }

  mincore(addr: number, length: number, vector: number): number {
    return mincore(this, addr, length, vector);
  }

  msync(addr: number, length: number, flags: number): number {
    return msync(this, addr, length, flags);
  }

  /** Where the heap begins; exec sets it to the end of the program's bss. */
  setBrk(start: number): void {
    this.startBrk = start;
    this.brk = start;
  }

  /** brk(2): the break in effect afterwards. */
  moveBrk(wanted: number): number {
    return moveBreak(this, wanted);
  }

  /** The area that holds `va`. */
  find(va: number): Vma | undefined {
    return this.areas.find(va);
  }

  /** All areas in address order. */
  vmas(): readonly Vma[] {
    return this.areas.list;
  }

  /** Low word of the leaf PTE for `va`, 0 when there is none. */
  pageEntry(va: number): number {
    const word = this.table.find((va / PAGE_SIZE) | 0);
    return word < 0 ? 0 : (this.mm.cpu.ram.u32[word] ?? 0);
  }
}
