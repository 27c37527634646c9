// What debugging information is made from, and sections of it while they are written.

import type { ByteWriter } from "./byte-writer.ts";
import type { ObjectSymbol, Relocation, Section } from "./object-file.ts";
import { R_RISCV_64 } from "./relocation-types.ts";

export interface DebugRow {
  readonly offset: number;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface DebugInput {
  readonly unit: string;
  readonly folder: string;
  readonly sections: { readonly section: Section; readonly rows: readonly DebugRow[] }[];
  readonly functions: {
    readonly symbol: ObjectSymbol;
    readonly section: Section;
    readonly file: string;
    readonly line: number;
  }[];
}

/** A section's content while it is written, with the relocations in it. */
export interface Draft {
  readonly writer: ByteWriter;
  readonly relocations: Relocation[];
  readonly sectionSymbol: (section: Section) => ObjectSymbol;
}

/** An address in a section, of which the linker knows where it comes to be. */
export function writeAddress(draft: Draft, section: Section, offset: number): void {
  const symbol = draft.sectionSymbol(section);
  const { length } = draft.writer;
  draft.relocations.push({ offset: length, type: R_RISCV_64, symbol, addend: BigInt(offset) });
  draft.writer.u64(0n);
}
