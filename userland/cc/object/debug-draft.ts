// What debugging information is made from, and sections of it while they are written.

import type { ByteWriter } from "./byte-writer.ts";
import type { ObjectSymbol, Relocation, Section } from "./object-file.ts";
import * as R from "./relocation-types.ts";

export interface DebugRow {
  readonly offset: number;
  /** The linker may change how far it is from the row before. */
  readonly moves: boolean;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface DebugInput {
  readonly unit: string;
  readonly folder: string;
  readonly sections: {
    readonly section: Section;
    readonly rows: readonly DebugRow[];
    /** Of the section's end, as of a row. */
    readonly endMoves: boolean;
    /** Something in it does: its length is the linker's business. */
    readonly moves: boolean;
  }[];
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
  /** In sections in which the linker moves things places have symbols of their own, which it moves as well. */
  readonly placeSymbol: (section: Section, offset: number) => ObjectSymbol | undefined;
}

/** An address in a section, of which the linker knows where it comes to be. */
export function writeAddress(draft: Draft, section: Section, offset: number): void {
  relocate(draft, R.R_RISCV_64, section, offset);
  draft.writer.u64(0n);
}

/** The distance of two places in a section, in 16 or 64 bits. */
export function writeDistance(
  draft: Draft,
  size: 2 | 8,
  section: Section,
  from: number,
  to: number,
): void {
  const { writer } = draft;
  const isOpen = draft.placeSymbol(section, 0) !== undefined;
  if (isOpen) {
    relocate(draft, size === 2 ? R.R_RISCV_ADD16 : R.R_RISCV_ADD64, section, to);
    relocate(draft, size === 2 ? R.R_RISCV_SUB16 : R.R_RISCV_SUB64, section, from);
  }
  const value = isOpen ? 0 : to - from;
  if (size === 2) writer.u16(value);
  else writer.u64(BigInt(value));
}

function relocate(draft: Draft, type: number, section: Section, place: number): void {
  const own = draft.placeSymbol(section, place);
  const symbol = own ?? draft.sectionSymbol(section);
  const addend = own === undefined ? BigInt(place) : 0n;
  draft.relocations.push({ offset: draft.writer.length, type, symbol, addend });
}
