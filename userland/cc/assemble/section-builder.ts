// What the assembler puts together before it knows how long everything is. A section's bytes are fixed but for fragments
// between them (alignments, branches), whose sizes layout.ts finds; a position counts both: bytes before it and fragments
// before it.

import type { Section, SectionFlags } from "../object/object-file.ts";
import type { Loc } from "../source/sources.ts";

export interface Position {
  readonly section: SectionBuilder;
  /** Fixed bytes before it. */
  readonly raw: number;
  /** Fragments before it. */
  readonly index: number;
}

export interface AsmSymbol {
  readonly name: string;
  /** Undefined: not, or not yet. */
  position: Position | undefined;
  /** `.set`: it stands for this. */
  equals: SymbolicValue | undefined;
  common: { readonly size: number; readonly align: number } | undefined;
  binding: "local" | "global" | "weak" | undefined;
  type: "none" | "object" | "function";
  hidden: boolean;
  size: SymbolicValue | undefined;
  /** A relocation names it, so it has to be in the symbol table. */
  isUsed: boolean;
  /** Each thread has its own, as relocations say. */
  isThreadLocal: boolean;
  /** Where it was first used or defined. */
  readonly loc: Loc;
}

/** A Value with symbols in the place of names. */
export interface SymbolicValue {
  readonly symbol: AsmSymbol | undefined;
  readonly minus: AsmSymbol | undefined;
  readonly addend: bigint;
}

/** A jump or a conditional branch. */
export interface BranchFragment {
  readonly kind: "branch";
  readonly raw: number;
  size: number;
  /** The instruction in full, without its target. */
  readonly word: number;
  readonly isJump: boolean;
  /** Whether it has a compressed form. */
  readonly hasShort: boolean;
  readonly target: AsmSymbol;
  readonly addend: number;
  /** Whether the linker may make it shorter. */
  readonly relaxes: boolean;
  /** Of layout: what the linker takes out may lie between it and its target, so the linker has to know of it. */
  isOpen: boolean;
  readonly loc: Loc;
}

export interface AlignFragment {
  readonly kind: "align";
  readonly raw: number;
  size: number;
  readonly bytes: number;
  /** Whether instructions of two bytes may fill it. */
  readonly rvc: boolean;
  /** Of layout: room for the longest padding, of which the linker takes out what is too much. */
  isOpen: boolean;
  readonly relaxes: boolean;
}

export type Fragment = BranchFragment | AlignFragment;

/** A relocation in an instruction. */
export interface InstructionFixup {
  readonly raw: number;
  readonly index: number;
  readonly type: number;
  readonly symbol: AsmSymbol;
  readonly addend: bigint;
  /** Whether the linker may replace the instruction by a shorter one. */
  relaxes: boolean;
}

/** A datum that is not known before layout. */
export interface DataFixup {
  readonly raw: number;
  readonly index: number;
  readonly size: 1 | 2 | 4 | 8;
  readonly value: SymbolicValue;
  readonly loc: Loc;
}

export interface LineRow {
  readonly raw: number;
  readonly index: number;
  readonly loc: Loc;
}

export interface SectionBuilder {
  readonly name: string;
  readonly type: Section["type"];
  readonly flags: SectionFlags;
  readonly entrySize: number;
  readonly group: string | undefined;
  align: number;
  bytes: Uint8Array;
  /** Fixed bytes so far; a nobits section has no array for them. */
  length: number;
  readonly fragments: Fragment[];
  readonly fixups: InstructionFixup[];
  /** Fixed bytes before each instruction that the linker may take something out of, ascending. */
  sites: number[];
  readonly dataFixups: DataFixup[];
  readonly lines: LineRow[];
  /** Of layout: bytes that the first n fragments take. */
  before: Uint32Array;
  /** Of layout: how many of the first n fragments the linker may make shorter. */
  moving: Uint32Array;
}

export const noFlags: SectionFlags = {
  alloc: false,
  write: false,
  execute: false,
  merge: false,
  strings: false,
  tls: false,
  retain: false,
};

export function createSection(
  name: string,
  type: Section["type"],
  flags: SectionFlags,
  entrySize: number,
  group: string | undefined,
): SectionBuilder {
  return {
    name,
    type,
    flags,
    entrySize,
    group,
    align: flags.execute ? 2 : 1,
    bytes: new Uint8Array(type === "nobits" ? 0 : 256),
    length: 0,
    fragments: [],
    fixups: [],
    sites: [],
    dataFixups: [],
    lines: [],
    before: new Uint32Array(1),
    moving: new Uint32Array(1),
  };
}

export function reserve(section: SectionBuilder, more: number): void {
  const needed = section.length + more;
  if (needed <= section.bytes.length) return;
  const bytes = new Uint8Array(Math.max(needed, section.bytes.length * 2));
  bytes.set(section.bytes.subarray(0, section.length));
  section.bytes = bytes;
}

export function put16(section: SectionBuilder, half: number): void {
  reserve(section, 2);
  const { bytes, length } = section;
  bytes[length] = half;
  bytes[length + 1] = half >>> 8;
  section.length += 2;
}

export function put32(section: SectionBuilder, word: number): void {
  reserve(section, 4);
  const { bytes, length } = section;
  bytes[length] = word;
  bytes[length + 1] = word >>> 8;
  bytes[length + 2] = word >>> 16;
  bytes[length + 3] = word >>> 24;
  section.length += 4;
}

export function here(section: SectionBuilder): Position {
  return { section, raw: section.length, index: section.fragments.length };
}

/** The offset in the section, after layout. */
export function offsetOf(section: SectionBuilder, raw: number, index: number): number {
  return raw + (section.before[index] ?? 0);
}

/** The section that a name means when nothing else is said. (System V gABI, "Special Sections") */
export function usualSection(name: string): { type: Section["type"]; flags: SectionFlags } {
  const is = (stem: string): boolean => name === stem || name.startsWith(`${stem}.`);
  const data = { ...noFlags, alloc: true };
  if (is(".text") || is(".init") || is(".fini")) {
    return { type: "progbits", flags: { ...data, execute: true } };
  }
  if (is(".data") || is(".sdata")) return { type: "progbits", flags: { ...data, write: true } };
  if (is(".bss") || is(".sbss")) return { type: "nobits", flags: { ...data, write: true } };
  if (is(".rodata") || is(".srodata")) return { type: "progbits", flags: data };
  if (is(".tdata")) return { type: "progbits", flags: { ...data, write: true, tls: true } };
  if (is(".tbss")) return { type: "nobits", flags: { ...data, write: true, tls: true } };
  if (is(".init_array")) return { type: "init_array", flags: { ...data, write: true } };
  if (is(".fini_array")) return { type: "fini_array", flags: { ...data, write: true } };
  if (is(".preinit_array")) return { type: "preinit_array", flags: { ...data, write: true } };
  if (is(".note")) return { type: "note", flags: noFlags };
  return { type: "progbits", flags: noFlags };
}
