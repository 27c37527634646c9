// The page cache of a file whose bytes stand outside RAM (the root image). Pages are filled when they are first needed;
// they are never dirty, since the image is read-only, so reclaim may drop any of them and fill it again later.

import { EIO, ENOMEM } from "../abi/errno.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { FRAME_FILE } from "../api/frames.ts";
import type { MemoryManager } from "./memory-manager.ts";
import { BEYOND_END, MemoryObject } from "./memory-object.ts";

/**
 * Puts the file's page `index` at `into[offset…]`, at most 4096 bytes, and returns how many bytes the file has there
 * (the rest becomes zero), or a negative errno.
 */
export type FillPage = (index: number, into: Uint8Array, offset: number) => number;

export class InodeObject extends MemoryObject {
  protected override readonly writable = false;
  readonly #fill: FillPage;

  constructor(mm: MemoryManager, name: string, size: number, fill: FillPage) {
    super(mm, FRAME_FILE, name, size);
    this.#fill = fill;
  }

  override getPage(index: number, _forWrite: boolean): number {
    const known = this.pages.get(index);
    if (known !== undefined) return known;
    if (index * PAGE_SIZE >= this.size) return BEYOND_END;
    const { frames, cpu } = this.mm;
    const pfn = this.mm.allocFrame(FRAME_FILE);
    if (pfn < 0) return -ENOMEM;
    const at = pfn * PAGE_SIZE;
    const count = this.#fill(index, cpu.ram.u8, at);
    if (count < 0) {
      frames.put(pfn);
      return -EIO;
    }
    if (count < PAGE_SIZE) cpu.ram.u8.fill(0, at + count, at + PAGE_SIZE);
    this.adopt(index, pfn);
    this.mm.pageCacheFills++;
    return pfn;
  }
}
