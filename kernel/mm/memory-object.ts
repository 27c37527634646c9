// What a mapping can show: a file's page cache, shared memory, the vDSO. The object owns one reference on each frame it
// caches and knows the areas that map it; read(2), write(2) and mmap(2) see the same frames.

import { ENOMEM, ENOSPC, ENXIO, EROFS } from "../abi/errno.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import type { MemoryManager } from "./memory-manager.ts";
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
  /** Cached frames by page index. The object holds one reference on each. */
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

  /** The frame of page `index` (its reference stays the object's), BEYOND_END, −ENOMEM or −EIO. */
  abstract getPage(index: number, forWrite: boolean): number;

  /** Whether write(2) and truncate may change it. */
  protected abstract readonly writable: boolean;

  get residentPages(): number {
    return this.pages.size;
  }

  hasPage(index: number): boolean {
    return this.pages.has(index);
  }

  /** Page index and PFN of each cached page. */
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
      for (const pfn of this.pages.values()) this.mm.frames.put(pfn);
      this.pages.clear();
      this.mm.removeObject(this);
    }
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
      const pfn = this.peekPage(index);
      let took: number;
      if (pfn === HOLE) {
        took = sink.put(zeros, 0, count);
      } else if (pfn < 0) {
        return done > 0 ? done : pfn;
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
      if (pfn < 0) return done > 0 ? done : pfn === -ENOMEM ? -ENOSPC : pfn;
      frames.get(pfn);
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

  /**
   * Sets the size. Pages beyond it leave every mapping, private copies too; the rest of the last page becomes zero, so
   * that growing again shows zeros.
   */
  truncate(size: number): number {
    const old = this.size;
    this.size = size;
    if (size >= old) return 0;
    const keep = Math.ceil(size / PAGE_SIZE);
    for (const vma of this.#mappers) {
      const from = Math.max(vma.start, vma.start + (keep - vma.pgoff) * PAGE_SIZE);
      if (from < vma.end) clearRange(vma.space, from, vma.end);
    }
    for (const [index, pfn] of this.pages) {
      if (index < keep) continue;
      this.pages.delete(index);
      this.mm.frames.put(pfn);
    }
    const tail = size % PAGE_SIZE;
    const last = this.pages.get(keep - 1);
    if (tail !== 0 && last !== undefined) {
      const { cpu } = this.mm;
      cpu.ram.u8.fill(0, last * PAGE_SIZE + tail, (last + 1) * PAGE_SIZE);
      if (cpu.codeFrames[last] !== 0) cpu.dropCode(last);
    }
    return 0;
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
    if (pfn === undefined) return;
    this.pages.delete(index);
    this.mm.frames.put(pfn);
  }
}
