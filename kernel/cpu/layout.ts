// Where everything lies in the one linear memory that the CPU and the kernel share. Allocated once, never grown.
//
//        0 +------------------------+
//     1024 | hart                   |  HART_WORDS words (types.ts); slot 0 is zero while guest code runs, so that
//          |                        |  reading x0 needs no special case
//     2048 | state                  |  what generated code and TypeScript tell each other, below
//     4096 | operation info         |  one word an operation (operations.ts)
//     8192 | scratch                |  one frame's worth of decoded instructions, for those run one at a time
//    28672 | TLB banks              |  BANKS × (read, write, execute) × TLB_ENTRIES × 16 bytes
//          | code flags             |  a byte a frame: 1 = it has decoded instructions
//          | slot of frame          |  a word a frame: address of its decoded instructions, or 0
//          | decoded code           |  a pool of frames' worth, SLOT_BYTES each
//  ramBase | RAM                    |  frame 0, frame 1, …
//          +------------------------+
//
// A TLB entry, 16 bytes. The hit test is (address - tag) < 4097 - size, unsigned, so it also catches an access that
// leaves the page. A free entry holds the tag of a page that belongs to another index, which no lookup can match.
//
//    0          8          12       16
//   +----------+----------+--------+
//   | tag      | host     | unused |   read, write: host offset = frame's address - (tag mod 2^32)
//   +----------+----------+--------+   execute: address of the frame's decoded instructions

export const HART = 1024;
const STATE = 2048;
export const OPERATION_INFO = 4096;
export const SCRATCH = 8192;
export const TLB = 28672;

// Byte offsets from STATE.
export const STATE_IP = STATE + 0;
export const STATE_BUDGET = STATE + 4;
export const STATE_PC_DELTA = STATE + 8;
export const STATE_ADDRESS = STATE + 16;
export const STATE_RESERVATION = STATE + 24;
export const STATE_TRAP_VALUE = STATE + 32;
export const STATE_RETIRED = STATE + 40;
export const STATE_BANK = STATE + 44;
export const STATE_ROOT = STATE + 48;
/** Eight bytes in which an access that crosses pages is put together. */
export const STATE_BYTES = STATE + 56;
/** A decoded instruction that jumps to STATE_ADDRESS; eight-byte aligned. */
export const START_ENTRY = STATE + 64;

export const BANKS = 8;
/** A power of two, at most 256 × 2^k; see docs/decisions/cpu-tlb.md. */
export const TLB_ENTRIES = 256;
export const TLB_ENTRY_BYTES = 16;
export const TLB_TAG = 0;
export const TLB_HOST = 8;
export const TLB_BYTES = TLB_ENTRIES * TLB_ENTRY_BYTES;
// Order of the arrays in a bank.
export const ACCESS_READ = 0;
export const ACCESS_WRITE = 1;
export const ACCESS_EXECUTE = 2;
export const BANK_BYTES = 3 * TLB_BYTES;

/** One decoded instruction for each half-word of a frame, then an operation that goes on to the next page. */
export const ENTRY_BYTES = 8;
export const HALFWORDS = 2048;
export const SLOT_CODE_BYTES = HALFWORDS * ENTRY_BYTES;
/** A little more than a power of two, so that equal offsets of different frames differ in their cache sets. */
export const SLOT_BYTES = SLOT_CODE_BYTES + 64;
const MAX_SLOTS = 512;

export interface Layout {
  readonly frames: number;
  readonly codeFlags: number;
  readonly slotOfFrame: number;
  readonly pool: number;
  readonly slots: number;
  readonly ramBase: number;
  /** Size of the memory in WebAssembly pages of 64 KiB. */
  readonly wasmPages: number;
}

function align(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}

/** `slots` bounds the decode cache: 16 KiB of memory for each frame whose code is kept decoded. */
export function layoutFor(ramBytes: number, slots = MAX_SLOTS): Layout {
  const frames = Math.floor(ramBytes / 4096);
  const codeFlags = TLB + BANKS * BANK_BYTES;
  const slotOfFrame = align(codeFlags + frames, 64);
  const pool = align(slotOfFrame + 4 * frames, 64);
  const used = Math.min(slots, frames);
  const ramBase = align(pool + used * SLOT_BYTES, 4096);
  const wasmPages = Math.ceil((ramBase + frames * 4096) / 65536);
  return { frames, codeFlags, slotOfFrame, pool, slots: used, ramBase, wasmPages };
}
