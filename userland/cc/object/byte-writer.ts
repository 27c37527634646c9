// A growing array of bytes, little-endian, with DWARF's numbers of a length of their own (DWARF 4, 7.6).

export class ByteWriter {
  #bytes = new Uint8Array(256);
  length = 0;

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.length + more, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  u16(value: number): void {
    this.#reserve(2);
    const { length } = this;
    this.#bytes[length] = value;
    this.#bytes[length + 1] = value >>> 8;
    this.length = length + 2;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.patch32(this.length, value);
    this.length += 4;
  }

  u64(value: bigint): void {
    // Nearly all are small, and numbers are much faster.
    if (value >= 0n && value <= 0xffffffffn) {
      this.u32(Number(value));
      this.u32(0);
      return;
    }
    this.u32(Number(BigInt.asUintN(32, value)));
    this.u32(Number(BigInt.asUintN(32, value >> 32n)));
  }

  uleb(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.u8((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.u8(rest);
  }

  sleb(value: number): void {
    let rest = value;
    while (rest < -64 || rest > 63) {
      this.u8((rest & 127) | 128);
      rest >>= 7;
    }
    this.u8(rest & 127);
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Text with a zero behind it. */
  string(text: string): void {
    this.bytes(encoder.encode(text));
    this.u8(0);
  }

  align(to: number): void {
    const end = this.length + ((to - (this.length % to)) % to);
    this.#reserve(end - this.length);
    this.length = end;
  }

  /** Overwrites four bytes that were left open. */
  patch32(at: number, value: number): void {
    const bytes = this.#bytes;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }
}

const encoder = new TextEncoder();
