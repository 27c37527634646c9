// A recorded program and what qemu-riscv64 made of it, small enough to be committed.

import { DATA_BYTES, SAVED_REGISTERS } from "./program.ts";

export interface Vector {
  /** Seed of the data pages (randomData). */
  readonly seed: number;
  /** The program, base64. */
  readonly code: string;
  /** x1 … x31 at its end, in hexadecimal, with spaces between. */
  readonly registers: string;
  /** A checksum of the data pages at its end. */
  readonly data: number;
}

/** FNV-1a, 32 bits. */
export function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

export function registersIn(data: Uint8Array): string {
  const view = new DataView(data.buffer, data.byteOffset, DATA_BYTES);
  const registers = Array.from({ length: 31 }, (_, index) =>
    view.getBigUint64(SAVED_REGISTERS + 8 * index, true).toString(16),
  );
  return registers.join(" ");
}

export function vectorOf(seed: number, code: Uint8Array, result: Uint8Array): Vector {
  return {
    seed,
    code: btoa(String.fromCharCode(...code)),
    registers: registersIn(result),
    data: checksum(result),
  };
}

export function codeOf(vector: Vector): Uint8Array {
  return Uint8Array.from(atob(vector.code), (character) => character.charCodeAt(0));
}
