// What the kernel may know of the CPU: physical memory, one hart, its address-space banks and its translated code.
// Specification: RISC-V Unprivileged ISA (RV64IMAC, Zicsr, Zifencei) and Privileged Architecture (Sv39, trap causes).
//
// The hart, in 64-bit slots of two words (lo, hi):
//
//    slot   0    1 … 31    32 … 63    64
//         +----+---------+----------+------+
//         | pc | x1…x31  | f0…f31   | fcsr |     HART_WORDS words in all
//         +----+---------+----------+------+
//
// A context switch copies these words and calls useBank. Guest addresses in TypeScript are numbers; a user address is
// below 2^38, so it is exact. No i64 and no BigInt crosses this interface.

export const HART_PC = 0;
/** First word of x1; register n is at words 2n and 2n + 1 (x0 has no slot: slot 0 is pc). */
export const HART_X1 = 2;
/** First word of f0. */
export const HART_F0 = 64;
/** Length of the hart's context in 32-bit words. */
export const HART_WORDS = 130;

/** What run() returns when exactly the budget has retired; every other result is a RISC-V exception code. */
export const TRAP_BUDGET = -1;

export interface PhysicalMemory {
  readonly memory: WebAssembly.Memory;
  /** Byte offset of frame 0 in `memory`, page aligned. Zero inside the three views below. */
  readonly ramBase: number;
  /** Number of 4 KiB frames. */
  readonly frames: number;
  /** Views that begin at frame 0: the index is the physical address (>>> 2 for the words). */
  readonly u8: Uint8Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
}

export interface WalkLevel {
  /** 2, 1, 0: the level of the table that was read. */
  readonly level: number;
  readonly tablePfn: number;
  /** Index of the entry in that table, 0 … 511. */
  readonly index: number;
  readonly pteLo: number;
  readonly pteHi: number;
}

export type WalkFault =
  /** Bits 63…39 are not copies of bit 38. */
  | "non-canonical"
  /** V = 0. */
  | "invalid"
  /** A reserved encoding: W without R, reserved high bits, A, D or U in a pointer, a pointer at level 0. */
  | "reserved"
  /** A superpage whose low PPN bits are not zero. */
  | "misaligned-superpage"
  /** The PPN of a table or of the page lies beyond RAM. */
  | "beyond-ram";

/** A read-only Sv39 walk; permissions (R, W, X, U) are left to the reader of `flags`. */
export interface WalkResult {
  readonly levels: readonly WalkLevel[];
  readonly fault?: WalkFault;
  /** Physical address and frame, when the walk found a leaf inside RAM. */
  readonly pa?: number;
  readonly pfn?: number;
  /** Low ten bits of the leaf (V R W X U G A D RSW), 0 when there is none. */
  readonly flags: number;
  /** Bytes that the leaf maps: 4 KiB, 2 MiB or 1 GiB; 0 when there is none. */
  readonly pageBytes: number;
}

export interface Cpu {
  readonly ram: PhysicalMemory;
  /** The running thread's context: a view of HART_WORDS words, laid out as above. Valid whenever run() is not on the stack. */
  readonly hart: Int32Array;

  /**
   * Runs until a trap, or until exactly `budget` (1 … 2^31 - 1) instructions have retired.
   * Returns the exception code, or TRAP_BUDGET. hart's pc is the trapping instruction, which has not retired and has
   * changed nothing; ecall and ebreak are such instructions too (the kernel advances pc).
   */
  readonly run: (budget: number) => number;
  /** Instructions that the last run retired. */
  readonly retired: number;
  /** stval of the last trap: the faulting address, the bits of an illegal instruction, else 0. */
  readonly trapValueLo: number;
  readonly trapValueHi: number;
  /** Instructions retired since the CPU was made. */
  readonly totalRetired: () => number;

  /** Number of TLB banks. The kernel hands them out to address spaces. */
  readonly banks: number;
  /** Context switch: selects the bank and the root table, and clears the LR reservation. Flushes nothing. */
  readonly useBank: (bank: number, rootPfn: number) => void;
  /** Forgets the page of `va` in one bank. O(1). Owed after every change of a valid PTE, clearing A or D included. */
  readonly flushPage: (bank: number, va: number) => void;
  /** Forgets a bank, as when it is given to another address space. */
  readonly flushBank: (bank: number) => void;
  readonly clearReservation: () => void;

  /** 1 where a frame has decoded instructions. Read-only for the kernel. */
  readonly codeFrames: Uint8Array;
  /** Owed after the kernel wrote to a frame or gave it a new use; O(1) when it has no decoded instructions. */
  readonly dropCode: (pfn: number) => void;
  /** Drops every decoded instruction. */
  readonly flushCode: () => void;

  /**
   * Sets the counters that guests read. cycle and instret continue from `cycles`, one for each retired instruction;
   * time reads `time + floor(perInstruction × instructions retired since this call)`. All are below 2^53.
   */
  readonly setTime: (cycles: number, time: number, perInstruction: number) => void;

  /** A read-only Sv39 walk, for panels and the kernel's own use. Sets no A or D. `va` below 2^53. */
  readonly walk: (rootPfn: number, va: number) => WalkResult;
}
