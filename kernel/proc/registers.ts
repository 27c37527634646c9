// How 64-bit values go in and out of the registers of a hart context (kernel/cpu/types.ts; kernel/abi/registers.ts says
// which is where).

import { HART_PC } from "../cpu/types.ts";

/** Writes a number, negative ones as two's complement, exact to 2^53. */
export function setRegister(words: Int32Array, at: number, value: number): void {
  words[at] = value | 0;
  words[at + 1] = Math.floor(value / 2 ** 32) | 0;
}

/** Reads an unsigned number; from 2^53 on it is not exact, but still too large for any address. */
export function unsignedRegister(words: Int32Array, at: number): number {
  return ((words[at + 1] ?? 0) >>> 0) * 2 ** 32 + ((words[at] ?? 0) >>> 0);
}

/** Moves pc over the ecall that has completed. */
export function skipEcall(words: Int32Array): void {
  const lo = (words[HART_PC] ?? 0) + 4;
  words[HART_PC] = lo;
  if (lo >>> 0 < 4) words[HART_PC + 1] = (words[HART_PC + 1] ?? 0) + 1;
}
