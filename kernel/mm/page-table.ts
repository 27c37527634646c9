// One address space's Sv39 page table: three levels of frames in the real format, which the CPU walks (RISC-V
// Privileged Architecture, "Sv39"). This file knows tables and entries; what the entries should say is decided in
// fault.ts, fork.ts and the files of the mapping calls.
//
//    virtual page number, 27 bits (user space: below 2^26)
//    26        18 17         9 8          0
//   +------------+------------+------------+
//   | root index | mid index  | leaf index |
//   +------------+------------+------------+
//
// Entries are addressed by the word index of their low word in `ram.u32`:  table << 10 | index << 1. From a word, the
// table is `word >>> 10`, the index `(word & 1023) >>> 1`. PFNs are below 2^20 (4 GiB of RAM at most in a wasm memory).
//
// The `!` after typed-array reads: words and PFNs come from tables that this file built inside RAM.

import { FRAME_PAGE_TABLE } from "../api/frames.ts";
import { PTE_D, PTE_V } from "../abi/sv39.ts";
import type { MemoryManager } from "./memory-manager.ts";
import { CHANGED, type FrameTable } from "./frames.ts";
import { PTE_PRESENT } from "./page-entry.ts";
import type { ReverseMap } from "./reverse-map.ts";

/** Virtual pages that a leaf table covers. */
export const LEAF_SPAN = 1 << 9;
/** Virtual pages that a table of the middle level covers. */
export const MID_SPAN = 1 << 18;

export class PageTable {
  /** PFN of the root table. */
  readonly root: number;
  /** Frames that the tables take, the root included. */
  frames = 1;
  /** Resident pages by frame kind (FRAME_*): entries present in this table. */
  readonly resident = new Int32Array(8);
  /** Private pages that are swapped out: entries that name a slot. */
  swapped = 0;

  readonly #mm: MemoryManager;
  readonly #frames: FrameTable;
  readonly #reverse: ReverseMap;
  readonly #words: Uint32Array;
  readonly #used: Uint16Array;
  readonly #spaceId: number;
  /** The leaf table that was found last and the virtual pages it covers (vpn >>> 9); −1 when there is none. */
  #lastSpan = -1;
  #lastLeaf = -1;

  /** `root` is a page-table frame that was zeroed. */
  constructor(mm: MemoryManager, spaceId: number, root: number) {
    this.#mm = mm;
    this.#frames = mm.frames;
    this.#reverse = mm.reverse;
    this.#words = mm.cpu.ram.u32;
    this.#used = mm.tableEntries;
    this.#spaceId = spaceId;
    this.root = root;
    this.#frames.ownerId[root] = spaceId;
  }

  /** PFN of the leaf table that covers `vpn`, −1 when there is none. */
  leafTable(vpn: number): number {
    const span = vpn >>> 9;
    if (span === this.#lastSpan) return this.#lastLeaf;
    const words = this.#words;
    const high = words[(this.root << 10) | ((vpn >>> 18) << 1)]!;
    if ((high & PTE_V) === 0) return -1;
    const middle = words[((high >>> 10) << 10) | ((span & 511) << 1)]!;
    if ((middle & PTE_V) === 0) return -1;
    this.#lastSpan = span;
    return (this.#lastLeaf = middle >>> 10);
  }

  /** Word index of the entry for `vpn`, −1 when its tables do not exist. */
  find(vpn: number): number {
    const leaf = this.leafTable(vpn);
    return leaf < 0 ? -1 : (leaf << 10) | ((vpn & 511) << 1);
  }

  /** The same, making the tables; −1 when there is no frame for them. */
  ensure(vpn: number): number {
    const word = this.find(vpn);
    return word >= 0 ? word : this.#build(vpn);
  }

  #build(vpn: number): number {
    const middle = this.#child((this.root << 10) | ((vpn >>> 18) << 1), vpn & ~(MID_SPAN - 1));
    if (middle < 0) return -1;
    const leaf = this.#child((middle << 10) | (((vpn >>> 9) & 511) << 1), vpn & ~(LEAF_SPAN - 1));
    if (leaf < 0) {
      this.prune(vpn);
      return -1;
    }
    if (this.#reverse.slotOf[leaf] === 0) this.#reverse.attach(leaf);
    return (leaf << 10) | ((vpn & 511) << 1);
  }

  /** The table that the entry at `word` points to, made if need be, covering virtual pages from `first` on. */
  #child(word: number, first: number): number {
    const entry = this.#words[word]!;
    if ((entry & PTE_V) !== 0) return entry >>> 10;
    const pfn = this.#mm.allocFrame(FRAME_PAGE_TABLE);
    if (pfn < 0) return -1;
    this.#frames.zero(pfn);
    this.#frames.ownerId[pfn] = this.#spaceId;
    this.#frames.ownerIndex[pfn] = first;
    this.frames++;
    this.#words[word] = (pfn << 10) | PTE_V;
    this.#used[word >>> 10]!++;
    return pfn;
  }

  /** Frees the tables above `vpn` that have no entries left, but the root. */
  prune(vpn: number): void {
    const words = this.#words;
    const rootWord = (this.root << 10) | ((vpn >>> 18) << 1);
    const high = words[rootWord]!;
    if ((high & PTE_V) === 0) return;
    const middle = high >>> 10;
    const middleWord = (middle << 10) | (((vpn >>> 9) & 511) << 1);
    const entry = words[middleWord]!;
    if ((entry & PTE_V) !== 0) {
      const leaf = entry >>> 10;
      if (this.#used[leaf] !== 0) return;
      if (this.#lastLeaf === leaf) this.#lastSpan = this.#lastLeaf = -1;
      if (this.#reverse.slotOf[leaf] !== 0) this.#reverse.detach(leaf);
      this.#free(middleWord, leaf);
    }
    if (this.#used[middle] === 0) this.#free(rootWord, middle);
  }

  #free(word: number, table: number): void {
    this.#words[word] = 0;
    this.#used[word >>> 10]!--;
    this.frames--;
    this.#frames.put(table);
  }

  /** Frees the root. Every other table is gone already. */
  destroy(): void {
    this.frames--;
    this.#frames.put(this.root);
  }

  /** Puts `entry` into the empty slot at `word`. The frame's reference for it is the caller's. */
  install(word: number, entry: number): void {
    const pfn = entry >>> 10;
    const table = word >>> 10;
    this.#words[word] = entry;
    this.#used[table]!++;
    this.#frames.mapcount[pfn]!++;
    this.resident[this.#frames.kind[pfn]!]!++;
    this.#reverse.add(pfn, table, (word & 1023) >>> 1);
  }

  /**
   * Empties the entry at `word` and gives back what it referred to, a frame or a swap slot. Leaves empty tables. Whether
   * the page was written is remembered for a frame that lives on.
   */
  clear(word: number): void {
    const entry = this.#words[word]!;
    const table = word >>> 10;
    this.#words[word] = 0;
    this.#used[table]!--;
    const pfn = entry >>> 10;
    if ((entry & PTE_PRESENT) === 0) {
      this.swapped--;
      this.#mm.swap.drop(pfn);
      return;
    }
    if ((entry & PTE_D) !== 0) this.#frames.flags[pfn]! |= CHANGED;
    this.#frames.mapcount[pfn]!--;
    this.resident[this.#frames.kind[pfn]!]!--;
    this.#reverse.remove(pfn, table, (word & 1023) >>> 1);
    this.#frames.put(pfn);
  }

  /** Puts a present `entry` where one named a swap slot, which the caller has claimed or dropped. */
  installSwapped(word: number, entry: number): void {
    this.#used[word >>> 10]!--;
    this.swapped--;
    this.install(word, entry);
  }

  /** Puts the name of a swap slot where a frame was mapped, and gives the frame's reference back. */
  swapOut(word: number, entry: number): void {
    const pfn = this.#words[word]! >>> 10;
    const table = word >>> 10;
    this.#words[word] = entry;
    this.swapped++;
    this.#frames.mapcount[pfn]!--;
    this.resident[this.#frames.kind[pfn]!]!--;
    this.#reverse.remove(pfn, table, (word & 1023) >>> 1);
    this.#frames.put(pfn);
  }

  /** Moves the entry at `from` into the empty one at `to`, whatever it says. */
  move(from: number, to: number): void {
    const entry = this.#words[from]!;
    if ((entry & PTE_PRESENT) !== 0) {
      this.#frames.get(entry >>> 10);
      this.clear(from);
      this.install(to, entry);
      return;
    }
    this.#words[from] = 0;
    this.#used[from >>> 10]!--;
    this.#words[to] = entry;
    this.#used[to >>> 10]!++;
  }

  /** First virtual page at or after `vpn` that a table exists for; `end` when there is none below it. */
  nextTable(vpn: number, end: number): number {
    let at = vpn;
    while (at < end) {
      if (this.leafTable(at) >= 0) return at;
      const high = this.#words[(this.root << 10) | ((at >>> 18) << 1)]!;
      at = (high & PTE_V) === 0 ? (at | (MID_SPAN - 1)) + 1 : (at | (LEAF_SPAN - 1)) + 1;
    }
    return end;
  }
}
