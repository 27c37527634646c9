// Swap: pages of memory that have no file behind them, kept in a store while their frames serve somebody else.
//
// This file owns the swap cache: which frame has which slot's page, and when slots and frames let go of each other.
// writer.ts and reader.ts move the bytes; area.ts knows where they are.
//
// A frame with a slot is in one of these states (frame kind, references):
//
//    swap cache, 1   read ahead, or not yet written, and nobody maps it: the reference is the cache's
//    swap cache, 1   on its way to or from the store: the reference is the transfer's
//    anon / shared   mapped or owned again; the slot, if it is stored, is a clean copy. A transfer still adds a reference
//
// The `!` after reads: PFNs are below the frame count, slots below the area's size.

import { PAGE_SIZE } from "../../abi/sv39.ts";
import { FRAME_ANON, FRAME_FILE, FRAME_SWAP_CACHE } from "../../api/frames.ts";
import type { SwapStatus } from "../../api/snapshot.ts";
import { Completions } from "../../sched/completions.ts";
import type { Scheduler } from "../../sched/scheduler.ts";
import { WaitQueue } from "../../sched/wait-queue.ts";
import { FrameLinks, FrameList } from "../frame-list.ts";
import { AHEAD, IN_TRANSFER, READING, WANTED } from "../frames.ts";
import type { MemoryManager } from "../memory-manager.ts";
import type { AddressSpace } from "../address-space.ts";
import { PTE_PRESENT } from "../page-entry.ts";
import { SwapArea } from "./area.ts";
import { SwapReader } from "./reader.ts";
import type { SwapStore } from "./store.ts";
import { SwapWriter } from "./writer.ts";

export interface SwapParts {
  /** Slots, pages of 4096 bytes. */
  readonly slots: number;
  readonly store: SwapStore;
  readonly completions: Completions;
  readonly scheduler: Pick<Scheduler, "wake" | "setTimer" | "yieldSoon">;
  /** The machine's time in nanoseconds. */
  readonly now: () => number;
}

const nothingStored = (): Promise<never> => Promise.reject(new Error("there is no swap"));

/** A machine without swap. */
export const noSwap: SwapParts = {
  slots: 0,
  store: {
    write: nothingStored,
    read: nothingStored,
    remove: nothingStored,
    close: () => Promise.resolve(),
  },
  completions: new Completions(true),
  scheduler: { wake: () => 0, setTimer: () => {}, yieldSoon: false },
  now: () => 0,
};

/** What a store costs in virtual time: a request, and each page of it (ns). A fast disk of 300 MB/s. */
const REQUEST_NS = 200_000;
const PAGE_NS = 13_000;

/** What `bring` returns instead of a frame: the page is being read, and `mm.stall` says so. */
export const ARRIVING = -1;
/** There is no frame for it. */
export const NO_FRAME = -2;
/** The store has lost it. */
export const LOST_PAGE = -3;

export class Swap {
  readonly mm: MemoryManager;
  readonly parts: SwapParts;
  readonly area: SwapArea;
  readonly writer: SwapWriter;
  readonly reader: SwapReader;
  /** Threads that wait for a page; keyed by slot. */
  readonly arrivals = new WaitQueue();
  /** False after swapoff(2): nothing goes out any more. */
  on: boolean;
  /** What is wrong with the store; null while all is well. */
  trouble: string | null = null;
  /** Pages that went out and came back, and of those the ones that were all zeros; read-ahead and its use. */
  out = 0;
  in = 0;
  zerosOut = 0;
  zerosIn = 0;
  ahead = 0;
  aheadUsed = 0;
  /** Pages of the swap cache that faults found there. */
  cacheHits = 0;
  /** Frames with a slot. */
  #attached = 0;
  /** Slots that nobody names and a frame keeps, as its clean copy or while it is in a transfer. */
  readonly #kept: FrameList;
  /** Virtual time until which the store is busy with earlier requests. */
  #busyUntil = 0;

  constructor(mm: MemoryManager, parts: SwapParts) {
    this.mm = mm;
    this.parts = parts;
    this.area = new SwapArea(parts.slots);
    this.#kept = new FrameList(new FrameLinks(parts.slots));
    this.writer = new SwapWriter(this);
    this.reader = new SwapReader(this);
    this.on = parts.slots > 0;
  }

  /** When a request for `pages` that is made now is over, in virtual time. */
  due(pages: number): number {
    const begins = Math.max(this.parts.now(), this.#busyUntil);
    this.#busyUntil = begins + REQUEST_NS + pages * PAGE_NS;
    return this.#busyUntil;
  }

  /** Whether more than half of the slots are taken: then pages in frames give theirs up. */
  get crowded(): boolean {
    return !this.on || this.area.used * 2 > this.area.size;
  }

  /** Whether no slot is to be had for a page that has none. */
  isFull(): boolean {
    return this.area.used === this.area.size && !this.#takeBack();
  }

  /** Whether it is worth looking for a page to evict: a slot can be had, or some frame at rest has one. */
  get hasPlace(): boolean {
    return !this.isFull() || this.#attached > this.writer.pages + this.reader.pages;
  }

  /** A slot for a page that has none; −1 when swap is full. */
  allocate(): number {
    return this.isFull() ? -1 : this.area.allocate();
  }

  /** The frame has the slot's page from now on. */
  attach(pfn: number, slot: number): void {
    this.#attached++;
    this.mm.frames.slot[pfn] = slot;
    this.area.frame[slot] = pfn;
    if (this.area.count[slot] === 0) this.#kept.push(slot);
  }

  /** The frame and the slot have nothing to do with each other any more. A slot without references is free then. */
  detach(pfn: number): void {
    const { slot } = this.mm.frames;
    const had = slot[pfn]!;
    this.#attached--;
    slot[pfn] = -1;
    this.area.frame[had] = -1;
    if (this.area.count[had] !== 0) return;
    this.#kept.remove(had);
    this.area.release(had);
  }

  /** Whether the slot's page is in a frame that can be used now. */
  isAtHand(slot: number): boolean {
    const pfn = this.area.frame[slot]!;
    return pfn >= 0 && (this.mm.frames.flags[pfn]! & READING) === 0;
  }

  /** A frame with the slot's page, to be claimed; begins to read it if need be. ARRIVING, NO_FRAME or LOST_PAGE. */
  bring(slot: number): number {
    const { area, mm } = this;
    if (this.isAtHand(slot)) {
      const pfn = area.frame[slot]!;
      this.cacheHits++;
      if ((mm.frames.flags[pfn]! & AHEAD) !== 0) {
        mm.frames.flags[pfn]! &= ~AHEAD;
        this.reader.hit(slot);
      }
      return pfn;
    }
    if (area.frame[slot] === -1) {
      if (area.isLost(slot)) return LOST_PAGE;
      const pfn = mm.allocFrame(FRAME_SWAP_CACHE);
      if (pfn < 0) return NO_FRAME;
      if (area.isZeros(slot)) {
        mm.frames.zero(pfn);
        this.attach(pfn, slot);
        mm.lru.add(pfn);
        this.zerosIn++;
        return pfn;
      }
      this.reader.start(slot, pfn);
      this.reader.use(slot);
    }
    mm.frames.flags[area.frame[slot]!]! |= WANTED;
    mm.stallForSlot(slot);
    return ARRIVING;
  }

  /** madvise(MADV_WILLNEED): begins to read private pages of [start, end) that are swapped out, while frames are plenty. */
  willNeed(space: AddressSpace, start: number, end: number): void {
    const { mm, area } = this;
    const { table } = space;
    const beyond = end / PAGE_SIZE;
    let vpn = table.nextTable(start / PAGE_SIZE, beyond);
    for (; vpn < beyond && space.swapped > 0; vpn = table.nextTable(vpn + 1, beyond)) {
      const entry = mm.cpu.ram.u32[table.find(vpn)]!;
      const slot = entry >>> 10;
      if (entry === 0 || (entry & PTE_PRESENT) !== 0 || area.clusterOf(slot) === undefined)
        continue;
      if (area.frame[slot] !== -1) continue;
      const pfn = mm.frames.free > mm.reclaim.low ? mm.frames.alloc(FRAME_SWAP_CACHE) : -1;
      if (pfn < 0) return;
      this.reader.start(slot, pfn);
    }
  }

  /** One more entry names the slot. */
  retain(slot: number): void {
    const { count, frame } = this.area;
    if (count[slot]!++ === 0 && frame[slot]! >= 0) this.#kept.remove(slot);
  }

  /** An entry that named the slot is gone, and did not get its frame. */
  drop(slot: number): void {
    const { area, mm } = this;
    if (--area.count[slot]! > 0) return;
    const pfn = area.frame[slot]!;
    if (pfn < 0) {
      area.release(slot);
      return;
    }
    this.#kept.push(slot);
    const { frames } = mm;
    // A frame that is mapped keeps the slot as its clean copy; one in a transfer goes when that is over.
    if (frames.kind[pfn] !== FRAME_SWAP_CACHE) return;
    this.detach(pfn);
    if ((frames.flags[pfn]! & IN_TRANSFER) === 0) frames.put(pfn);
  }

  /**
   * Turns a frame of the swap cache into one of `kind` for an entry that named its slot and becomes a reference to the
   * frame. The frame has one reference more for it.
   */
  claim(pfn: number, slot: number, kind: number): void {
    const { frames } = this.mm;
    if (--this.area.count[slot]! === 0) this.#kept.push(slot);
    if (frames.kind[pfn] === FRAME_SWAP_CACHE) {
      frames.setKind(pfn, kind);
      // The cache's reference becomes the entry's; a transfer keeps its own.
      if ((frames.flags[pfn]! & IN_TRANSFER) !== 0) frames.get(pfn);
    } else {
      frames.get(pfn);
    }
  }

  /**
   * The last reference to a frame with a slot is gone. True: the frame stays, because entries name the slot and its bytes
   * are nowhere else (their write has failed).
   */
  abandoned(pfn: number): boolean {
    const { frames } = this.mm;
    const slot = frames.slot[pfn]!;
    if (this.area.count[slot] === 0 || this.area.isStored(slot)) {
      this.detach(pfn);
      return false;
    }
    frames.refcount[pfn] = 1;
    frames.setKind(pfn, FRAME_SWAP_CACHE);
    return true;
  }

  /** Whether the private frame belongs to its one mapping alone, so that it may be written without a copy. */
  isExclusive(pfn: number): boolean {
    const { frames } = this.mm;
    if (frames.kind[pfn] !== FRAME_ANON || frames.mapcount[pfn] !== 1) return false;
    const transfer = (frames.flags[pfn]! & IN_TRANSFER) === 0 ? 0 : 1;
    if (frames.refcount[pfn]! - transfer !== 1) return false;
    const slot = frames.slot[pfn]!;
    return slot < 0 || this.area.count[slot] === 0;
  }

  /** Slots that frames keep for themselves only are given up, because none is left. Whether there were any. */
  #takeBack(): boolean {
    const { area, mm } = this;
    const before = area.used;
    const slots = [...this.#kept.oldestFirst()];
    for (const slot of slots) {
      const pfn = area.frame[slot]!;
      if ((mm.frames.flags[pfn]! & IN_TRANSFER) === 0) this.detach(pfn);
    }
    return area.used < before;
  }

  /**
   * swapoff(2): the same for all of them. False: the pages of some are on their way, and `mm.stall` says so.
   */
  releaseKept(): boolean {
    this.#takeBack();
    if (this.#kept.count === 0) return true;
    this.mm.stallForFrames();
    return false;
  }

  /** Whether RAM could take everything that is swapped out (swapoff(2)). Looks at all slots. */
  fitsInRam(): boolean {
    const { area } = this;
    const { frames, reclaim } = this.mm;
    let missing = 0;
    for (let slot = 0; slot < area.size; slot++) {
      if (area.count[slot]! > 0 && area.frame[slot]! < 0 && !area.isLost(slot)) missing++;
    }
    const droppable = Math.max(0, frames.byKind[FRAME_FILE]! - reclaim.keptFilePages);
    return missing === 0 || missing <= frames.free + droppable - reclaim.low;
  }

  /** Something is wrong with the store: dmesg and the person hear of it, once for each new trouble. */
  report(trouble: string): void {
    if (this.trouble === trouble) return;
    this.trouble = trouble;
    this.mm.log.alert(`swap: ${trouble}`);
  }

  /** Slots that may be used: none when it is off. */
  get total(): number {
    return this.on ? this.area.size : 0;
  }

  status(): Omit<SwapStatus, "policy"> {
    const { area, writer, reader } = this;
    return {
      total: this.total,
      used: area.used,
      clusters: area.clusters.size,
      writing: writer.pages,
      reading: reader.pages,
      out: this.out,
      in: this.in,
      trouble: this.trouble,
    };
  }
}
