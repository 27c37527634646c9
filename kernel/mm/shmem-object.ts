// Shared memory: MAP_SHARED|MAP_ANONYMOUS, the files of a tmpfs, memfd. Pages are zero until written and live in frames;
// there is no file behind them, so reclaim swaps them out like private memory, and the object then names their slots.

import { EIO, ENOMEM } from "../abi/errno.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { FRAME_SHMEM } from "../api/frames.ts";
import type { MemoryManager } from "./memory-manager.ts";
import { BEYOND_END, HOLE, MemoryObject } from "./memory-object.ts";
import { MUST_WAIT } from "./stall.ts";
import { LOST_PAGE, NO_FRAME } from "./swap/swap.ts";

export class ShmemObject extends MemoryObject {
  protected override readonly writable = true;

  /** Of pages that were cut while they were swapped out: how many of their bytes count. */
  readonly #cuts = new Map<number, number>();

  constructor(mm: MemoryManager, name: string, size: number) {
    super(mm, FRAME_SHMEM, name, size);
  }

  override getPage(index: number, _forWrite: boolean): number {
    if (index * PAGE_SIZE >= this.size) return BEYOND_END;
    return this.makePage(index);
  }

  protected override peekPage(index: number): number {
    return this.pages.has(index) ? this.makePage(index) : HOLE;
  }

  protected override makePage(index: number): number {
    const known = this.pages.get(index);
    if (known !== undefined) return known >= 0 ? known : this.#swapIn(index, ~known);
    const pfn = this.mm.allocFrame(FRAME_SHMEM);
    if (pfn < 0) return -ENOMEM;
    this.mm.frames.zero(pfn);
    this.adopt(index, pfn);
    return pfn;
  }

  /** The page comes back from its slot. */
  #swapIn(index: number, slot: number): number {
    const { swap } = this.mm;
    const pfn = swap.bring(slot);
    if (pfn === LOST_PAGE) return -EIO;
    if (pfn === NO_FRAME) return -ENOMEM;
    if (pfn < 0) return MUST_WAIT;
    swap.claim(pfn, slot, FRAME_SHMEM);
    if (swap.crowded && this.mm.frames.slot[pfn] === slot) swap.detach(pfn);
    this.adopt(index, pfn);
    const cut = this.#cuts.get(index);
    if (cut !== undefined) {
      this.#cuts.delete(index);
      this.clearTail(pfn, cut);
    }
    return pfn;
  }

  protected override cutAt(index: number, tail: number): void {
    if (tail === PAGE_SIZE) this.#cuts.delete(index);
    else this.#cuts.set(index, Math.min(tail, this.#cuts.get(index) ?? PAGE_SIZE));
  }
}
