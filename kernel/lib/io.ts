// How bytes cross from one owner to another with one copy: a reader of a file hands in a sink, a writer a source. User
// memory is one kind of each (kernel/mm/user-copy.ts), a kernel buffer the other. Both may stop short: user memory at a
// bad address, a buffer at its end; what was not taken was not consumed.

export interface ByteSink {
  /** How many bytes can still be put. */
  readonly remaining: number;
  /** Copies `from[offset, offset + length)` in and returns how many bytes it took, fewer only at a fault. */
  put(from: Uint8Array, offset: number, length: number): number;
}

export interface ByteSource {
  /** How many bytes can still be taken. */
  readonly remaining: number;
  /** Copies up to `length` bytes to `into[offset…]` and returns how many there were, fewer only at a fault. */
  take(into: Uint8Array, offset: number, length: number): number;
}

/** A sink over a kernel array. */
export class BufferSink implements ByteSink {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  /** How many bytes have been put. */
  get length(): number {
    return this.#at;
  }

  put(from: Uint8Array, offset: number, length: number): number {
    const count = Math.min(length, this.remaining);
    this.#bytes.set(from.subarray(offset, offset + count), this.#at);
    this.#at += count;
    return count;
  }
}

/** A source over a kernel array. */
export class BufferSource implements ByteSource {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  take(into: Uint8Array, offset: number, length: number): number {
    const count = Math.min(length, this.remaining);
    into.set(this.#bytes.subarray(this.#at, this.#at + count), offset);
    this.#at += count;
    return count;
  }
}
