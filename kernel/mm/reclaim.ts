// Dropping clean page-cache pages when frames run short: they can be filled again from the image, which stands outside
// RAM. A clock hand passes over the frames; a page that was used since its last pass gets a second chance.
//
// The `!` after reads: PFNs below the frame count, links from the reverse map.

import { PAGE_SIZE, PTE_A } from "../abi/sv39.ts";
import { FRAME_FILE } from "../api/frames.ts";
import type { MemoryManager } from "./memory-manager.ts";
import { flushPage } from "./unmap.ts";

/**
 * Pages that stay. Programs run from the page cache: with a few pages for all of them each instruction's page would drive
 * out the page of its data, and nobody would get anywhere (and nobody be killed, since something could always be freed).
 */
const KEEP = 24;

export class CleanPageReclaim {
  readonly #mm: MemoryManager;
  readonly #keep: number;
  #hand = 0;

  constructor(mm: MemoryManager) {
    this.#mm = mm;
    this.#keep = Math.min(KEEP, mm.frames.count >>> 4);
  }

  /**
   * Drops up to `most` pages; returns how many. For another page of the cache (`replacing`) one may go even when no more
   * are there than stay.
   */
  drop(most: number, replacing: boolean): number {
    const { frames } = this.#mm;
    const spare = frames.byKind[FRAME_FILE]! - this.#keep;
    const wanted = Math.min(most, replacing && spare === 0 ? 1 : spare);
    let dropped = 0;
    // After the first round every page has been marked unused, so the second finds whatever can go at all.
    for (let steps = 2 * frames.count; steps > 0 && dropped < wanted; steps--) {
      const pfn = this.#hand;
      this.#hand = pfn + 1 === frames.count ? 0 : pfn + 1;
      if (frames.kind[pfn] !== FRAME_FILE) continue;
      // More references than the cache's and the mappings': somebody is copying from it right now.
      if (frames.refcount[pfn]! - frames.mapcount[pfn]! !== 1) continue;
      if (this.#wasUsed(pfn)) continue;
      this.#evict(pfn);
      dropped++;
    }
    return dropped;
  }

  /** Whether a mapping used the page since the last call; clears the marks. */
  #wasUsed(pfn: number): boolean {
    const { reverse, cpu } = this.#mm;
    let used = false;
    for (let link = reverse.head[pfn]!; link !== 0; link = reverse.next[link]!) {
      const word = (reverse.tableOf(link) << 10) | ((link & 511) << 1);
      if ((cpu.ram.u32[word]! & PTE_A) === 0) continue;
      cpu.ram.u32[word]! &= ~PTE_A;
      this.#flush(link);
      used = true;
    }
    return used;
  }

  #flush(link: number): void {
    const { frames, reverse, spaces } = this.#mm;
    const table = reverse.tableOf(link);
    const space = spaces.get(frames.ownerId[table]!);
    const page = frames.ownerIndex[table]! + (link & 511);
    if (space !== undefined) flushPage(space, page * PAGE_SIZE);
  }

  #evict(pfn: number): void {
    const { frames, reverse, spaces, objects } = this.#mm;
    for (let link = reverse.head[pfn]!; link !== 0; link = reverse.head[pfn]!) {
      this.#flush(link);
      const table = reverse.tableOf(link);
      // A fault may hold the word of an entry in this table, so that it stays even if it is empty now.
      spaces.get(frames.ownerId[table]!)?.table.clear((table << 10) | ((link & 511) << 1));
    }
    objects.get(frames.ownerId[pfn]!)?.evict(frames.ownerIndex[pfn]!);
  }
}
