// Reading of files that may be anything: every access is checked, and what is wrong stops the reading with a message.

import { CompilationStopped } from "../source/diagnostics.ts";

const decoder = new TextDecoder();

export class ByteReader {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly #view: DataView;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  stop(message: string): never {
    throw new CompilationStopped(`${this.name}: ${message}`);
  }

  #check(at: number, size: number): void {
    if (!(at >= 0 && at + size <= this.bytes.length))
      this.stop("the file is damaged: it ends too early");
  }

  u8(at: number): number {
    this.#check(at, 1);
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    this.#check(at, 2);
    return this.#view.getUint16(at, true);
  }

  u32(at: number): number {
    this.#check(at, 4);
    return this.#view.getUint32(at, true);
  }

  u64(at: number): bigint {
    this.#check(at, 8);
    return this.#view.getBigUint64(at, true);
  }

  i64(at: number): bigint {
    this.#check(at, 8);
    return this.#view.getBigInt64(at, true);
  }

  /** Eight bytes that are a size or an offset: larger than any file means damaged. */
  size(at: number): number {
    const value = this.u64(at);
    if (value > 0xffffffffn) this.stop("the file is damaged: a size or an offset is beyond 4 GiB");
    return Number(value);
  }

  slice(at: number, size: number): Uint8Array {
    this.#check(at, size);
    return this.bytes.subarray(at, at + size);
  }

  /** The string at `at`, up to the zero before `end`. */
  string(at: number, end: number): string {
    this.#check(at, 0);
    const zero = this.bytes.indexOf(0, at);
    if (zero < 0 || zero >= end) this.stop("the file is damaged: a string does not end");
    return decoder.decode(this.bytes.subarray(at, zero));
  }
}
