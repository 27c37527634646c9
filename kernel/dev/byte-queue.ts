// A bounded queue of bytes in the kernel's heap: what a pty holds between its two sides.

export class ByteQueue {
  readonly #ring: Uint8Array;
  #head = 0;
  #length = 0;

  constructor(capacity: number) {
    this.#ring = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  get room(): number {
    return this.#ring.length - this.#length;
  }

  /** Adds `length` bytes, or as many as there is room for; returns how many. */
  push(bytes: Uint8Array, from: number, length: number): number {
    const ring = this.#ring;
    const count = Math.min(length, this.room);
    const at = (this.#head + this.#length) % ring.length;
    const first = Math.min(count, ring.length - at);
    ring.set(bytes.subarray(from, from + first), at);
    ring.set(bytes.subarray(from + first, from + count), 0);
    this.#length += count;
    return count;
  }

  /** Copies the oldest bytes into `into` without removing them; returns how many. */
  peek(into: Uint8Array): number {
    const ring = this.#ring;
    const count = Math.min(into.length, this.#length);
    const first = Math.min(count, ring.length - this.#head);
    into.set(ring.subarray(this.#head, this.#head + first));
    into.set(ring.subarray(0, count - first), first);
    return count;
  }

  /** Removes the oldest `count` bytes. */
  drop(count: number): void {
    this.#head = (this.#head + count) % this.#ring.length;
    this.#length -= count;
  }

  /** Keeps the oldest `count` bytes and forgets the rest. */
  truncate(count: number): void {
    this.#length = Math.min(this.#length, count);
  }
}
