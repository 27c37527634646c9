// Numbers in little-endian memory.

/** Writes the low `size` bytes of a value. */
export function writeNumber(bytes: Uint8Array, at: number, size: number, value: bigint): void {
  let low = Number(BigInt.asUintN(32, value));
  const high = size > 4 ? Number(BigInt.asUintN(32, value >> 32n)) : 0;
  for (let index = 0; index < size; index++) {
    bytes[at + index] = low;
    low = index === 3 ? high : low >>> 8;
  }
}
