// The areas of one address space: disjoint, in address order, in one array. Splitting and merging keep each page's
// offset in its object. A process has tens of areas, rarely thousands, so that a sorted array with binary search beats a
// tree; inserting moves the tail of the array.
//
// The `!` after array reads: indexes come from `indexAfter`, checked against the length.

import { mergeable, Vma } from "./vma.ts";
import { MMAP_BASE, MMAP_FALLBACK_BASE, MMAP_MIN_ADDR, STACK_GUARD_GAP } from "./layout.ts";
import { USER_END } from "../abi/sv39.ts";

export class VmaSet {
  readonly list: Vma[] = [];
  /** Pages of all areas. */
  pages = 0;
  /** The area that `find` gave last: faults come in runs. */
  #last: Vma | undefined;
  /** Every hole between `end` and MMAP_BASE is smaller than `length`: who maps again and again need not pass all areas. */
  readonly #full = { end: MMAP_BASE, length: 0 };

  /** Index of the first area that ends above `va`; the length when there is none. */
  indexAfter(va: number): number {
    const list = this.list;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (list[middle]!.end > va) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The area that holds `va`. */
  find(va: number): Vma | undefined {
    const last = this.#last;
    if (last !== undefined && va >= last.start && va < last.end) return last;
    const vma = this.list[this.indexAfter(va)];
    if (vma === undefined || vma.start > va) return undefined;
    this.#last = vma;
    return vma;
  }

  /** Whether an area meets [start, end). */
  meets(start: number, end: number): boolean {
    const vma = this.list[this.indexAfter(start)];
    return vma !== undefined && vma.start < end;
  }

  /** Adds an area where none is and joins it with its neighbours; returns the area that now holds it. */
  insert(vma: Vma): Vma {
    const at = this.indexAfter(vma.start);
    this.list.splice(at, 0, vma);
    this.pages += vma.pages;
    vma.object?.addMapper(vma);
    this.#mergeAt(at);
    return this.mergeBefore(vma);
  }

  /** Adds an area above all others, as it is (fork). */
  append(vma: Vma): void {
    this.list.push(vma);
    this.pages += vma.pages;
    vma.object?.addMapper(vma);
  }

  /** Joins `vma` with the area below it, if they are more of the same; returns the area that holds it. */
  mergeBefore(vma: Vma): Vma {
    const at = this.indexAfter(vma.start);
    return at > 0 && this.#mergeAt(at - 1) ? this.list[at - 1]! : vma;
  }

  /** Joins the area at `index` with the one above it. */
  #mergeAt(index: number): boolean {
    const vma = this.list[index];
    const next = this.list[index + 1];
    if (vma === undefined || next === undefined || !mergeable(vma, next)) return false;
    vma.end = next.end;
    vma.written ||= next.written;
    this.list.splice(index + 1, 1);
    this.#last = undefined;
    next.object?.removeMapper(next);
    return true;
  }

  /** Joins neighbours from the area before `start` to the one after `end`. */
  mergeAround(start: number, end: number): void {
    let at = Math.max(0, this.indexAfter(start) - 1);
    while (at + 1 < this.list.length && this.list[at]!.start <= end) {
      if (!this.#mergeAt(at)) at++;
    }
  }

  /** Makes `address` a border if it lies inside an area. */
  splitAt(address: number): void {
    const at = this.indexAfter(address);
    const vma = this.list[at];
    if (vma === undefined || vma.start >= address) return;
    const upper = new Vma(
      vma.space,
      address,
      vma.end,
      vma.prot,
      vma.maxProt,
      vma.flags,
      vma.indexOf(address),
      vma.object,
      vma.name,
    );
    upper.written = vma.written;
    vma.end = address;
    this.list.splice(at + 1, 0, upper);
    this.#last = undefined;
    upper.object?.addMapper(upper);
  }

  /** Removes the areas in [start, end), splitting at its ends. The pages' PTEs are the caller's. */
  remove(start: number, end: number): void {
    this.splitAt(start);
    this.splitAt(end);
    const first = this.indexAfter(start);
    let beyond = first;
    while (beyond < this.list.length && this.list[beyond]!.start < end) beyond++;
    if (beyond === first) return;
    this.#last = undefined;
    if (end > this.#full.end) this.#full.end = MMAP_BASE;
    for (const vma of this.list.splice(first, beyond - first)) {
      this.pages -= vma.pages;
      vma.object?.removeMapper(vma);
    }
  }

  /** How many areas more there will be when [start, end) is a hole. */
  splitsFor(start: number, end: number): number {
    const vma = this.list[this.indexAfter(start)];
    return vma !== undefined && vma.start < start && vma.end > end ? 1 : 0;
  }

  /** Moves the lower end of a growing stack. */
  growDown(vma: Vma, start: number): void {
    const pages = (vma.start - start) / 4096;
    vma.start = start;
    vma.pgoff -= pages;
    this.pages += pages;
  }

  /** Where `length` bytes fit: at `hint` if that is free, else as high as possible below MMAP_BASE; −1 when nowhere. */
  findHole(hint: number, length: number): number {
    if (hint > 0 && hint >= MMAP_MIN_ADDR && hint + length <= USER_END) {
      if (this.#isFree(hint, hint + length)) return hint;
    }
    return this.#findDown(length);
  }

  #isFree(start: number, end: number): boolean {
    const vma = this.list[this.indexAfter(start)];
    return vma === undefined || end <= guardedStart(vma);
  }

  #findDown(length: number): number {
    const from = length >= this.#full.length ? this.#full.end : MMAP_BASE;
    let index = this.indexAfter(from);
    let end = from;
    const above = this.list[index];
    if (above !== undefined) end = Math.min(end, guardedStart(above));
    for (;;) {
      const below = index === 0 ? undefined : this.list[index - 1]!;
      const bottom = Math.max(MMAP_MIN_ADDR, below === undefined ? 0 : below.end);
      const isFound = end - bottom >= length;
      if (isFound || below === undefined) {
        this.#full.end = end;
        this.#full.length = length;
        return isFound ? end - length : this.#findUp(length);
      }
      end = Math.min(end, guardedStart(below));
      index--;
    }
  }

  #findUp(length: number): number {
    let start = MMAP_FALLBACK_BASE;
    for (let index = this.indexAfter(start); ; index++) {
      const above = this.list[index];
      if (above === undefined) return USER_END - start >= length ? start : -1;
      if (guardedStart(above) - start >= length) return start;
      start = Math.max(start, above.end);
    }
  }
}

/** Where an area begins to claim addresses: a stack keeps a gap below itself. */
function guardedStart(vma: Vma): number {
  return vma.growsDown ? vma.start - STACK_GUARD_GAP : vma.start;
}
