// A table of strings as ELF has it: zero bytes between them, and one at the beginning. (System V gABI, "String Table".)

import { ByteWriter } from "./byte-writer.ts";

const encoder = new TextEncoder();

/**
 * All strings in one table in which a string that ends another lies in it, as `.text.f` in `.rela.text.f`. In a library of
 * small functions names are a tenth of the bytes.
 */
export function packStrings(strings: Iterable<string>): {
  bytes: Uint8Array;
  offsetOf: (text: string) => number;
} {
  const reversed = [...new Set(strings)].map((text) => [...text].toReversed().join(""));
  const table = new StringTable();
  const offsets = new Map<string, number>([["", 0]]);
  // Backwards whoever begins with a string follows it at once, so the last of such a row has room for all.
  const ordered = reversed.toSorted((a, b) => (a < b ? 1 : -1));
  let [longer, at] = ["", 0];
  for (const text of ordered) {
    const forward = [...text].toReversed().join("");
    if (!longer.endsWith(forward)) [longer, at] = [forward, table.offsetOf(forward)];
    offsets.set(forward, at + encoder.encode(longer).length - encoder.encode(forward).length);
  }
  return { bytes: table.done(), offsetOf: (text) => offsets.get(text) ?? 0 };
}

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
