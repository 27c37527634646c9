// Everything about memory, put together: frames, the reverse map, objects, address spaces, TLB banks and what happens
// when frames run short. One for each machine.

import { ENOMEM } from "../abi/errno.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { FRAME_BUFFER, FRAME_FILE, FRAME_PAGE_TABLE } from "../api/frames.ts";
import type { MemoryTotals } from "../api/snapshot.ts";
import { WaitQueue } from "../sched/wait-queue.ts";
import type { EventStream } from "../lib/event-stream.ts";
import type { KernelLog } from "../lib/kernel-log.ts";
import { AddressSpace } from "./address-space.ts";
import { FrameTable } from "./frames.ts";
import type { MemoryCpu } from "./memory-cpu.ts";
import type { MemoryObject } from "./memory-object.ts";
import { type OomHandler, relieveKernel } from "./reclaim/oom.ts";
import { harvestAccess } from "./reclaim/evict.ts";
import { Lru } from "./reclaim/lru.ts";
import { Reclaim } from "./reclaim/reclaim.ts";
import { ReverseMap } from "./reverse-map.ts";
import { MUST_WAIT, type Stall } from "./stall.ts";
import { noSwap, Swap, type SwapParts } from "./swap/swap.ts";
import { TlbBanks } from "./tlb-banks.ts";
import { VdsoObject } from "./vdso-object.ts";

export interface MemoryParts {
  readonly cpu: MemoryCpu;
  readonly events: EventStream;
  readonly log: KernelLog;
  /** Absent: there is no swap. */
  readonly swap?: SwapParts;
}

/** One PTE that maps a frame. */
export interface Mapper {
  readonly space: AddressSpace;
  /** Virtual address of the page. */
  readonly address: number;
  /** Low ten bits of the PTE. */
  readonly bits: number;
}

export class MemoryManager {
  readonly cpu: MemoryCpu;
  readonly events: EventStream;
  readonly log: KernelLog;
  readonly frames: FrameTable;
  readonly reverse: ReverseMap;
  readonly banks: TlbBanks;
  /** Valid entries in each page-table frame, by PFN. */
  readonly tableEntries: Uint16Array;
  readonly vdso: VdsoObject;
  readonly lru: Lru;
  readonly swap: Swap;
  readonly reclaim: Reclaim;
  /** Who waits for frames that are on their way to be free. */
  readonly shortage = new WaitQueue();
  readonly #shortageStall: Stall = { queue: this.shortage, key: 0 };
  /** What the operation that has just stopped short must wait for; null when it did not stop for that (stall.ts). */
  stall: Stall | null = null;
  /** Some area was locked at some time (mlock(2)): reclaim must look. */
  hasLocks = false;
  /** Processes that the out-of-memory killer chose since boot. */
  oomKills = 0;
  /** Page-cache pages filled since boot: who sees it grow has caused a read. */
  pageCacheFills = 0;
  oomHandler: OomHandler | undefined;
  readonly #objects = new Map<number, MemoryObject>();
  readonly #spaces = new Map<number, AddressSpace>();
  #objectIds = 0;
  #spaceIds = 0;

  constructor(parts: MemoryParts) {
    this.cpu = parts.cpu;
    this.events = parts.events;
    this.log = parts.log;
    this.lru = new Lru(parts.cpu.ram.frames, (pfn) => harvestAccess(this, pfn));
    this.frames = new FrameTable(parts.cpu, parts.events, this.lru);
    this.reverse = new ReverseMap(this.frames.count);
    this.banks = new TlbBanks(parts.cpu);
    this.tableEntries = new Uint16Array(this.frames.count);
    this.swap = new Swap(this, parts.swap ?? noSwap);
    this.frames.abandoned = (pfn) => this.swap.abandoned(pfn);
    this.reclaim = new Reclaim(this);
    this.vdso = new VdsoObject(this);
  }

  /** Live memory objects by id. */
  get objects(): ReadonlyMap<number, MemoryObject> {
    return this.#objects;
  }

  /** Live address spaces by id. */
  get spaces(): ReadonlyMap<number, AddressSpace> {
    return this.#spaces;
  }

  /** An empty address space; −ENOMEM or MUST_WAIT. */
  createSpace(pid: number): AddressSpace | number {
    const root = this.#kernelFrame(FRAME_PAGE_TABLE);
    if (root < 0) return this.noFrame();
    this.frames.zero(root);
    const space = new AddressSpace(this, ++this.#spaceIds, pid, root);
    this.#spaces.set(space.id, space);
    return space;
  }

  removeSpace(space: AddressSpace): void {
    this.#spaces.delete(space.id);
  }

  /** Registers an object and gives its id. */
  addObject(object: MemoryObject): number {
    const id = ++this.#objectIds;
    this.#objects.set(id, object);
    return id;
  }

  removeObject(object: MemoryObject): void {
    this.#objects.delete(object.id);
  }

  /** A frame with undefined bytes, evicting pages for it if need be; −1 when there is none now (`noFrame` says more). */
  allocFrame(kind: number): number {
    const pfn = this.frames.alloc(kind);
    if (pfn >= 0) return pfn;
    this.reclaim.now(0, kind === FRAME_FILE);
    return this.frames.alloc(kind);
  }

  /** What an operation of the kernel returns that got no frame: MUST_WAIT when some will come free, else −ENOMEM. */
  noFrame(): number {
    return this.stallForFrames() ? MUST_WAIT : -ENOMEM;
  }

  /** Makes sure of `count` free frames for page tables: 0, MUST_WAIT or −ENOMEM. A fork that fails kills nobody. */
  makeFree(count: number): number {
    return this.reclaim.makeFree(count) ? 0 : this.noFrame();
  }

  /** A frame that a system call cannot do without: at the end of memory somebody dies for it. −1: see `noFrame`. */
  #kernelFrame(kind: number): number {
    let pfn = this.allocFrame(kind);
    while (pfn < 0 && relieveKernel(this)) pfn = this.allocFrame(kind);
    return pfn;
  }

  /** Notes that the operation must wait for a frame. False when none is on its way, or none that it will ever get. */
  stallForFrames(): boolean {
    if (!this.reclaim.isUnderWay) return false;
    const caller = this.oomHandler?.caller();
    if (caller !== undefined && this.reclaim.waitsInVain(caller.frameWait)) return false;
    this.stall = this.#shortageStall;
    return true;
  }

  /** Notes that the operation must wait for the page of `slot`, which is being read. */
  stallForSlot(slot: number): void {
    this.stall = { queue: this.swap.arrivals, key: slot };
  }

  /** Frames may have come free: whoever waits for some tries again. */
  framesFreed(): void {
    this.swap.parts.scheduler.wake(this.shortage);
  }

  /** A frame for bytes in flight, not zeroed; −ENOMEM or MUST_WAIT. */
  allocBuffer(): number {
    const pfn = this.#kernelFrame(FRAME_BUFFER);
    return pfn < 0 ? this.noFrame() : pfn;
  }

  freeBuffer(pfn: number): void {
    this.frames.put(pfn);
  }

  setOomHandler(handler: OomHandler): void {
    this.oomHandler = handler;
  }

  /** Every PTE that maps the frame, newest first. */
  mappersOf(pfn: number): Mapper[] {
    const { reverse, frames, cpu } = this;
    const found: Mapper[] = [];
    for (let link = reverse.head[pfn] ?? 0; link !== 0; link = reverse.next[link] ?? 0) {
      const table = reverse.tableOf(link);
      const space = this.#spaces.get(frames.ownerId[table] ?? 0);
      if (space === undefined) continue;
      const index = link & 511;
      const entry = cpu.ram.u32[(table << 10) | (index << 1)] ?? 0;
      const address = ((frames.ownerIndex[table] ?? 0) + index) * PAGE_SIZE;
      found.push({ space, address, bits: entry & 0x3ff });
    }
    return found;
  }

  /** Frames by kind; together they are RAM. */
  totals(): MemoryTotals {
    return this.frames.totals();
  }
}
