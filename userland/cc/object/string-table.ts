// A table of strings as ELF has it: zero bytes between them, and one at the beginning. (System V gABI, "String Table".)

import { ByteWriter } from "./byte-writer.ts";

export class StringTable {
  readonly #writer = new ByteWriter();
  readonly #offsets = new Map<string, number>();

  constructor() {
    this.offsetOf("");
  }

  /** Where the string is; it is put there if it is not yet. */
  offsetOf(text: string): number {
    let offset = this.#offsets.get(text);
    if (offset === undefined) {
      offset = this.#writer.length;
      this.#offsets.set(text, offset);
      this.#writer.string(text);
    }
    return offset;
  }

  done(): Uint8Array {
    return this.#writer.done();
  }
}
