// The frame table: what every 4 KiB frame of RAM is used for. Parallel typed arrays, index = PFN.
//
// Typed-array reads carry a `!` because every PFN in the kernel comes from `alloc` or from a PTE that `alloc`'s PFN was
// written to, so it is below `count`.

import {
  FRAME_ANON,
  FRAME_BUFFER,
  FRAME_FILE,
  FRAME_FREE,
  FRAME_PAGE_TABLE,
  FRAME_SHMEM,
  FRAME_SWAP_CACHE,
  FRAME_VDSO,
} from "../api/frames.ts";
import { EV_FRAME_ALLOC, EV_FRAME_FREE } from "../api/events.ts";
import type { MemoryTotals } from "../api/snapshot.ts";
import type { EventStream } from "../lib/event-stream.ts";
import { panic } from "../lib/panic.ts";
import type { Lru } from "./reclaim/lru.ts";
import type { MemoryCpu } from "./memory-cpu.ts";

const KINDS = 8;

/** Bits of `flags`. Its bytes are on their way to the swap store. */
export const WRITING = 1;
/** Its bytes are on their way from there: nobody may use the frame yet. */
export const READING = 2;
export const IN_TRANSFER = WRITING | READING;
/** Somebody waits for it, or has waited and not mapped it yet. */
export const WANTED = 4;
/** It was read because its neighbour was wanted, and nobody has mapped it yet. */
export const AHEAD = 8;
/** The kernel, or a mapping that is gone, changed it since it was stored. */
export const CHANGED = 16;

export class FrameTable {
  /** Frames of RAM. */
  readonly count: number;
  /** FRAME_* of kernel/api/frames.ts. */
  readonly kind: Uint8Array;
  /** All references: one for each PTE, one of a page cache, a pipe, the vDSO or the page-table tree; short pins. */
  readonly refcount: Int32Array;
  /** PTEs that map the frame; never more than refcount. */
  readonly mapcount: Int32Array;
  /** File, shmem, vDSO: the object's id. Page table: the address space's id. Otherwise 0. */
  readonly ownerId: Int32Array;
  /**
   * File, shmem: page index in the object, up to 2^41 in a file with a hole. Page table: first virtual page number that it
   * covers. Otherwise 0.
   */
  readonly ownerIndex: Float64Array;
  /** The swap slot that has the same page, −1 for none. Owner: Swap. */
  readonly slot: Int32Array;
  /** WRITING and kin. */
  readonly flags: Uint8Array;
  /** Frames in use by kind; index FRAME_FREE counts free ones. */
  readonly byKind = new Int32Array(KINDS);
  /**
   * Frames that only page tables may take, so that a fault which got its page can also map it; half of them also serve
   * swap-in, since a page that comes back lets its owner go on and give memory back.
   */
  readonly reserve: number;
  /** When fewer are free, `onLow` is called. Set by reclaim. */
  low = 0;
  onLow: () => void = () => {};
  /** Told of what becomes reclaimable and what no longer is. */
  readonly #lru: Lru;
  /** Asked about the last reference to a frame that has a swap slot: true keeps the frame. */
  abandoned: (pfn: number) => boolean = () => false;
  /** The process that frame events name; set on activation and around work for another space. */
  pid = 0;

  readonly #cpu: MemoryCpu;
  readonly #events: EventStream;
  /** Stack of free PFNs; its first byKind[FRAME_FREE] elements count. Lowest frames on top at the start. */
  readonly #free: Int32Array;

  constructor(cpu: MemoryCpu, events: EventStream, lru: Lru) {
    const count = cpu.ram.frames;
    this.count = count;
    this.kind = new Uint8Array(count);
    this.refcount = new Int32Array(count);
    this.mapcount = new Int32Array(count);
    this.ownerId = new Int32Array(count);
    this.ownerIndex = new Float64Array(count);
    this.slot = new Int32Array(count).fill(-1);
    this.flags = new Uint8Array(count);
    this.#lru = lru;
    this.reserve = Math.min(16, count >>> 6);
    this.#cpu = cpu;
    this.#events = events;
    this.#free = new Int32Array(count);
    for (let index = 0; index < count; index++) this.#free[index] = count - 1 - index;
    this.byKind[FRAME_FREE] = count;
  }

  get free(): number {
    return this.byKind[FRAME_FREE]!;
  }

  /** Takes a frame with one reference, its bytes undefined; −1 when only the reserve is left or nothing at all. */
  alloc(kind: number): number {
    const free = this.byKind[FRAME_FREE]!;
    if (free <= this.reserve && !this.#mayUseReserve(kind, free)) return -1;
    const pfn = this.#free[free - 1]!;
    this.byKind[FRAME_FREE] = free - 1;
    this.byKind[kind]!++;
    this.kind[pfn] = kind;
    this.refcount[pfn] = 1;
    this.#lru.allocated(pfn, kind);
    if (free <= this.low) this.onLow();
    if (this.#events.on) this.#events.emit(EV_FRAME_ALLOC, this.pid, pfn, kind);
    return pfn;
  }

  #mayUseReserve(kind: number, free: number): boolean {
    if (kind === FRAME_PAGE_TABLE) return free > 0;
    return kind === FRAME_SWAP_CACHE && free > this.reserve >>> 1;
  }

  /** Gives a frame that nobody maps another use. */
  setKind(pfn: number, kind: number): void {
    if (this.mapcount[pfn] !== 0) panic("a mapped frame changed its kind", pfn, kind);
    this.byKind[this.kind[pfn]!]!--;
    this.byKind[kind]!++;
    this.kind[pfn] = kind;
    this.ownerId[pfn] = 0;
    this.ownerIndex[pfn] = 0;
  }

  get(pfn: number): void {
    this.refcount[pfn]!++;
  }

  /** Gives a reference back; the last one frees the frame and drops code that was decoded from it. */
  put(pfn: number): void {
    const left = this.refcount[pfn]! - 1;
    this.refcount[pfn] = left;
    if (left === 0) this.#release(pfn);
    else if (left < 0) panic("a frame lost more references than it had", pfn);
  }

  #release(pfn: number): void {
    if (this.mapcount[pfn] !== 0) panic("a mapped frame was freed", pfn, this.mapcount[pfn]);
    if (this.slot[pfn]! >= 0 && this.abandoned(pfn)) return;
    const kind = this.kind[pfn]!;
    this.#lru.remove(pfn);
    this.flags[pfn] = 0;
    this.kind[pfn] = FRAME_FREE;
    this.ownerId[pfn] = 0;
    this.ownerIndex[pfn] = 0;
    this.byKind[kind]!--;
    this.#free[this.byKind[FRAME_FREE]!++] = pfn;
    if (this.#cpu.codeFrames[pfn] !== 0) this.#cpu.dropCode(pfn);
    if (this.#events.on) this.#events.emit(EV_FRAME_FREE, this.pid, pfn, kind);
  }

  /** Makes every byte of the frame zero. The frame holds no decoded code (it was just allocated). */
  zero(pfn: number): void {
    this.#cpu.ram.u32.fill(0, pfn << 10, (pfn + 1) << 10);
  }

  /** Copies all of `from` into `to`, which was just allocated. */
  copy(to: number, from: number): void {
    this.#cpu.ram.u8.copyWithin(to * 4096, from * 4096, (from + 1) * 4096);
  }

  totals(): MemoryTotals {
    const by = this.byKind;
    return {
      frames: this.count,
      free: by[FRAME_FREE]!,
      pageTables: by[FRAME_PAGE_TABLE]!,
      anonymous: by[FRAME_ANON]!,
      file: by[FRAME_FILE]!,
      shared: by[FRAME_SHMEM]!,
      buffers: by[FRAME_BUFFER]!,
      vdso: by[FRAME_VDSO]!,
      swapCache: by[FRAME_SWAP_CACHE]!,
    };
  }
}
