// What a physical frame can be. The numbers stand in the kernel's frame table and in the snapshots, so that a panel can
// draw 16,384 cells from one typed array.

export const FRAME_FREE = 0;
export const FRAME_PAGE_TABLE = 1;
export const FRAME_ANON = 2;
export const FRAME_FILE = 3;
export const FRAME_SHMEM = 4;
/** Bytes in flight in a pipe. */
export const FRAME_BUFFER = 5;
export const FRAME_VDSO = 6;
/** A page that has a swap slot too and that no process maps: just read, or on its way out. */
export const FRAME_SWAP_CACHE = 7;

/** Names by number, as `frames(1)`, the panels and the events spell them. */
export const frameKindNames = [
  "free",
  "page-table",
  "anon",
  "file",
  "shared",
  "buffer",
  "vdso",
  "swap-cache",
] as const;
export type FrameKind = (typeof frameKindNames)[number];
