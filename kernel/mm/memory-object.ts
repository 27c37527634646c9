// What a mapping can show: a file's page cache, shared memory, the vDSO. The object owns one reference on each frame it
// caches and knows the areas that map it; read(2), write(2) and mmap(2) see the same frames.

import { ENOMEM, ENOSPC, ENXIO, EROFS } from "../abi/errno.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import { CHANGED } from "./frames.ts";
import type { MemoryManager } from "./memory-manager.ts";
import { relieveKernel } from "./reclaim/oom.ts";
import type { Vma } from "./vma.ts";
import { clearRange } from "./unmap.ts";

/** What getPage returns for a page that lies wholly beyond the object's end: a mapping gets SIGBUS. */
export const BEYOND_END = -ENXIO;

/** What peekPage returns for a page that was never written: it reads as zeros and needs no frame. */
export const HOLE = -4096;

/** Shown for holes. */
const zeros = new Uint8Array(PAGE_SIZE);

export abstract class MemoryObject {
  readonly mm: MemoryManager;
  /** Unique in the machine; the frame table names owners by it. */
  readonly id: number;
  /** FRAME_* of the frames it caches. */
  readonly frameKind: number;
  /** For /proc/PID/maps: a path or what Linux shows. */
  name: string;
  /** Bytes. Changed by write and truncate. */
  size: number;
  /**
   * By page index: a frame, on which the object holds one reference, or, negative, ~slot of a page that is swapped out,
   * which the object names in the swap area.
   */
  protected readonly pages = new Map<number, number>();
  readonly #mappers = new Set<Vma>();
  #references = 1;

  constructor(mm: MemoryManager, frameKind: number, name: string, size: number) {
    this.mm = mm;
    this.id = mm.addObject(this);
    this.frameKind = frameKind;
    this.name = name;
    this.size = size;
  }

  /** The frame of page `index` (its reference stays the object's), BEYOND_END, −ENOMEM, −EIO or MUST_WAIT. */
  abstract getPage(index: number, forWrite: boolean): number;

  /** Whether write(2) and truncate may change it. */
  protected abstract readonly writable: boolean;

  /** Pages that exist, in RAM or swapped out. */
  get pageCount(): number {
    return this.pages.size;
  }

  /** Whether the page exists, in RAM or swapped out. */
  hasPage(index: number): boolean {
    return this.pages.has(index);
  }

  /** The swap slot that the object names for the page, −1 for none. */
  slotOf(index: number): number {
    const entry = this.pages.get(index) ?? 0;
    return entry < 0 ? ~entry : -1;
  }

  /** Whether the page can be used without waiting (mincore(2)). */
  isResident(index: number): boolean {
    const entry = this.pages.get(index);
    if (entry === undefined) return false;
    return entry >= 0 || this.mm.swap.isAtHand(~entry);
  }

  /** Page index and frame, or ~slot, of each page. */
  cachedPages(): IterableIterator<[number, number]> {
    return this.pages.entries();
  }

  /** The areas that map it. */
  mappers(): ReadonlySet<Vma> {
    return this.#mappers;
  }

  retain(): void {
    this.#references++;
  }

  /** The last release frees the frames. */
  release(): void {
    if (--this.#references === 0) {
      for (const entry of this.pages.values()) this.#letGo(entry);
      this.pages.clear();
      this.mm.removeObject(this);
    }
  }

  #letGo(entry: number): void {
    if (entry >= 0) this.mm.frames.put(entry);
    else this.mm.swap.drop(~entry);
  }

  addMapper(vma: Vma): void {
    this.retain();
    this.#mappers.add(vma);
  }

  removeMapper(vma: Vma): void {
    this.#mappers.delete(vma);
    this.release();
  }

  /** Copies bytes from `pos` on to the sink; returns how many, fewer at the end, a fault or −ENOMEM before the first. */
  read(pos: number, sink: ByteSink): number {
    const frames = this.mm.frames;
    let done = 0;
    for (;;) {
      const at = pos + done;
      const offset = at % PAGE_SIZE;
      const count = Math.min(PAGE_SIZE - offset, this.size - at, sink.remaining);
      if (count <= 0) return done;
      const index = Math.floor(at / PAGE_SIZE);
      let pfn = this.peekPage(index);
      while (pfn === -ENOMEM && relieveKernel(this.mm)) pfn = this.peekPage(index);
      let took: number;
      if (pfn === HOLE) {
        took = sink.put(zeros, 0, count);
      } else if (pfn < 0) {
        const error = this.#unavailable(pfn);
        return done > 0 ? done : error;
      } else {
        // The sink may fault, and a fault may need frames: the pin keeps this one.
        frames.get(pfn);
        took = sink.put(this.mm.cpu.ram.u8, pfn * PAGE_SIZE + offset, count);
        frames.put(pfn);
      }
      done += took;
      if (took < count) return done;
    }
  }

  /**
   * What read and write return instead of getPage's error: a frame may be on its way. Asked even when the call returns
   * what it has done so far, because whoever issued it must know that it stopped short only for a frame (`mm.stall`).
   */
  #unavailable(error: number): number {
    return error === -ENOMEM ? this.mm.noFrame() : error;
  }

  /** The frame of page `index` for read(2), HOLE, or −errno. */
  protected peekPage(index: number): number {
    return this.getPage(index, false);
  }

  /** Copies the source's bytes to `pos` and on, growing the object; returns how many, or −ENOSPC (no frame) or −EROFS before the first. */
  write(pos: number, source: ByteSource): number {
    if (!this.writable) return -EROFS;
    const { frames, cpu } = this.mm;
    let done = 0;
    while (source.remaining > 0) {
      const at = pos + done;
      const offset = at % PAGE_SIZE;
      const count = Math.min(PAGE_SIZE - offset, source.remaining);
      const pfn = this.makePage(Math.floor(at / PAGE_SIZE));
      if (pfn < 0) {
        const error = this.#unavailable(pfn);
        if (done > 0) return done;
        return error === -ENOMEM ? -ENOSPC : error;
      }
      frames.get(pfn);
      frames.flags[pfn]! |= CHANGED;
      const took = source.take(cpu.ram.u8, pfn * PAGE_SIZE + offset, count);
      if (cpu.codeFrames[pfn] !== 0) cpu.dropCode(pfn);
      frames.put(pfn);
      done += took;
      if (took > 0 && at + took > this.size) this.size = at + took;
      if (took < count) return done;
    }
    return done;
  }

  /** The frame of page `index`, made even beyond the end. */
  protected makePage(index: number): number {
    return this.getPage(index, true);
  }

  /** swapoff(2): page `index`, which is swapped out, comes back, even if it lies beyond the end. The frame, or −errno. */
  bringBack(index: number): number {
    const pfn = this.makePage(index);
    return pfn < 0 ? this.#unavailable(pfn) : pfn;
  }

  /**
   * Sets the size. Pages beyond it leave every mapping, private copies too; the rest of the last page becomes zero, so
   * that growing again shows zeros.
   */
  truncate(size: number): number {
    const old = this.size;
    this.size = size;
    // At the same size too the rest of the last page becomes zero: a shared mapping may have written there.
    if (size > old) return 0;
    const keep = Math.ceil(size / PAGE_SIZE);
    for (const vma of this.#mappers) {
      const from = Math.max(vma.start, vma.start + (keep - vma.pgoff) * PAGE_SIZE);
      if (from < vma.end) clearRange(vma.space, from, vma.end);
    }
    for (const [index, entry] of this.pages) {
      if (index < keep) continue;
      this.pages.delete(index);
      this.#letGo(entry);
      this.cutAt(index, PAGE_SIZE);
    }
    const tail = size % PAGE_SIZE;
    const last = this.pages.get(keep - 1);
    if (tail !== 0 && last !== undefined) {
      if (last >= 0) this.clearTail(last, tail);
      else this.cutAt(keep - 1, tail);
    }
    return 0;
  }

  /** Makes the bytes of a frame from `tail` on zero. */
  protected clearTail(pfn: number, tail: number): void {
    const { cpu, frames } = this.mm;
    cpu.ram.u8.fill(0, pfn * PAGE_SIZE + tail, (pfn + 1) * PAGE_SIZE);
    frames.flags[pfn]! |= CHANGED;
    if (cpu.codeFrames[pfn] !== 0) cpu.dropCode(pfn);
  }

  /** Of a page that is swapped out only the first `tail` bytes count from now on; PAGE_SIZE: all that it will have. */
  protected cutAt(_index: number, _tail: number): void {}

  /** The page has left its frame, whose reference is the swap cache's now; reclaim only. */
  swappedOut(index: number, slot: number): void {
    this.pages.set(index, ~slot);
  }

  /** Remembers a frame as the cache of page `index`. */
  protected adopt(index: number, pfn: number): void {
    this.pages.set(index, pfn);
    this.mm.frames.ownerId[pfn] = this.id;
    this.mm.frames.ownerIndex[pfn] = index;
  }

  /** Forgets a clean page that nobody maps; reclaim only. */
  evict(index: number): void {
    const pfn = this.pages.get(index);
    if (pfn === undefined || pfn < 0) return;
    this.pages.delete(index);
    this.mm.frames.put(pfn);
  }
}
