// From registers to arguments. 64-bit registers are pairs of words; no BigInt and no allocation on the way.

import { USER_END } from "../abi/sv39.ts";
import type { ArgumentType } from "./definition.ts";

export const DECODE_I32 = 0;
export const DECODE_U32 = 1;
export const DECODE_ADDRESS = 2;
export const DECODE_SIZE = 3;
export const DECODE_OFFSET = 4;

const LARGEST = Number.MAX_SAFE_INTEGER;
/** Stands for every address beyond 2^53; its low 12 bits are the register's, because alignment is checked first. */
const FAR = LARGEST - 4095;

export function decodeKind(type: ArgumentType): number {
  switch (type) {
    case "i32":
    case "fd":
    case "pid":
    case "signal":
      return DECODE_I32;
    case "u32":
    case "octal":
    case "hex":
      return DECODE_U32;
    case "address":
    case "path":
      return DECODE_ADDRESS;
    case "size":
      return DECODE_SIZE;
    case "offset":
      return DECODE_OFFSET;
  }
}

/** The argument in `words[at]` (low) and `words[at + 1]` (high). */
export function decodeArgument(kind: number, words: Int32Array, at: number): number {
  const lo = words[at] ?? 0;
  switch (kind) {
    case DECODE_I32:
      return lo;
    case DECODE_U32:
      return lo >>> 0;
    case DECODE_ADDRESS: {
      const hi = (words[at + 1] ?? 0) >>> 0;
      return hi < 2 ** 21 ? hi * 2 ** 32 + (lo >>> 0) : FAR + (lo & 4095);
    }
    case DECODE_SIZE: {
      const hi = (words[at + 1] ?? 0) >>> 0;
      return hi < 2 ** 21 ? hi * 2 ** 32 + (lo >>> 0) : LARGEST;
    }
    default: {
      const hi = words[at + 1] ?? 0;
      if (hi >= 2 ** 21) return LARGEST;
      if (hi < -(2 ** 21)) return -LARGEST;
      return hi * 2 ** 32 + (lo >>> 0);
    }
  }
}

/** True when `[address, address + length)` is not all user space. */
export function beyondUser(address: number, length: number): boolean {
  return address + length > USER_END;
}
