// Shared memory in RAM: MAP_SHARED|MAP_ANONYMOUS, the files of a tmpfs, memfd. Pages are zero until written and live in
// frames; there is no file behind them, so they are never dropped while the object lives.

import { ENOMEM } from "../abi/errno.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { FRAME_SHMEM } from "../api/frames.ts";
import type { MemoryManager } from "./memory-manager.ts";
import { BEYOND_END, HOLE, MemoryObject } from "./memory-object.ts";

export class ShmemObject extends MemoryObject {
  protected override readonly writable = true;

  constructor(mm: MemoryManager, name: string, size: number) {
    super(mm, FRAME_SHMEM, name, size);
  }

  override getPage(index: number, _forWrite: boolean): number {
    if (index * PAGE_SIZE >= this.size) return BEYOND_END;
    return this.makePage(index);
  }

  protected override peekPage(index: number): number {
    return this.pages.get(index) ?? HOLE;
  }

  protected override makePage(index: number): number {
    const known = this.pages.get(index);
    if (known !== undefined) return known;
    const pfn = this.mm.allocFrame(FRAME_SHMEM);
    if (pfn < 0) return -ENOMEM;
    this.mm.frames.zero(pfn);
    this.adopt(index, pfn);
    return pfn;
  }
}
