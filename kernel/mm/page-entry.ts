// What the kernel makes of a page-table entry. RAM is below 16 GiB, so the PPN lies in the low word and the high word
// of every entry that the kernel writes is 0.
//
//   V = 1           the hardware's format (kernel/abi/sv39.ts): a page with a frame
//   V = 0, G = 1    "held": the page has a frame but the mapping is PROT_NONE, as on Linux
//   V = 0, bit 8    swapped out: bits 10 to 31 are the slot
//   all bits 0      none
//
// A private page is copy-on-write when its mapping allows writing and its PTE lacks W; the frame then says what a write
// does: an anonymous frame with one reference is taken over, everything else is copied.

import { PROT_EXEC, PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { PTE_A, PTE_G, PTE_R, PTE_U, PTE_V, PTE_W, PTE_X } from "../abi/sv39.ts";

/** The entry has a frame. */
export const PTE_PRESENT = PTE_V | PTE_G;
/** The entry names a swap slot. */
export const PTE_SWAP = 1 << 8;
/** Any of these in a valid entry makes it a leaf. */
export const PTE_LEAF = PTE_R | PTE_W | PTE_X;

/** Permission bits for `prot`, without W: whether a page may be written now is decided page by page. */
export function readBits(prot: number): number {
  if (prot === 0) return PTE_G;
  // W without R is reserved, so PROT_WRITE reads too.
  const read = (prot & (PROT_READ | PROT_WRITE)) === 0 ? 0 : PTE_R;
  return PTE_V | PTE_U | read | ((prot & PROT_EXEC) === 0 ? 0 : PTE_X);
}

/** The entry of a page that is swapped out. */
export function swapEntry(slot: number): number {
  return (slot << 10) | PTE_SWAP;
}

/** A new leaf entry, marked accessed: somebody is about to use the page. */
export function leafEntry(pfn: number, prot: number, writable: boolean): number {
  return (pfn << 10) | readBits(prot) | PTE_A | (writable && (prot & PROT_WRITE) !== 0 ? PTE_W : 0);
}
