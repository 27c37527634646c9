// The assembler's state while it goes through the items, and what instructions are written with.

import { placeImmediate } from "../../../kernel/cpu/isa-format.ts";
import type { Instruction } from "../../../kernel/cpu/isa-instruction.ts";
import type { Diagnostics } from "../source/diagnostics.ts";
import type { Loc } from "../source/sources.ts";
import * as R from "../object/relocation-types.ts";
import { compress } from "./compress.ts";
import type { Value } from "./item.ts";
import { StatementRefused } from "./scanner.ts";
import { put16, put32 } from "./section-builder.ts";
import type { AsmSymbol, SectionBuilder, SymbolicValue } from "./section-builder.ts";

/** Definitions of a local label `1`, of which each is a symbol of its own. */
interface LocalLabel {
  count: number;
  /** What `1b` means. */
  last: AsmSymbol | undefined;
  /** What `1f` means, once somebody has asked. */
  next: AsmSymbol | undefined;
}

export interface Assembly {
  readonly diagnostics: Diagnostics;
  readonly sections: Map<string, SectionBuilder>;
  readonly symbols: Map<string, AsmSymbol>;
  /** Those that no name in the text means, too. */
  readonly allSymbols: AsmSymbol[];
  readonly localLabels: Map<string, LocalLabel>;
  section: SectionBuilder;
  rvc: boolean;
  /** Whether the linker may make shorter what follows. */
  relax: boolean;
  /** The place of the item at hand. */
  loc: Loc;
  anonymous: number;
}

/** What the linker has something shorter for (link/relax.ts): a call, and the upper part of a symbol's address. */
const relaxable = new Set([
  R.R_RISCV_CALL_PLT,
  R.R_RISCV_HI20,
  R.R_RISCV_TPREL_HI20,
  R.R_RISCV_TPREL_ADD,
]);

/** The lower part, which changes when the upper one goes. */
const relaxableLow = new Set([
  R.R_RISCV_LO12_I,
  R.R_RISCV_LO12_S,
  R.R_RISCV_TPREL_LO12_I,
  R.R_RISCV_TPREL_LO12_S,
]);

/** Only of symbols of which each thread has its own (psABI, "Thread Local Storage"). */
const ofThreads = new Set([
  R.R_RISCV_TPREL_HI20,
  R.R_RISCV_TPREL_LO12_I,
  R.R_RISCV_TPREL_LO12_S,
  R.R_RISCV_TPREL_ADD,
  R.R_RISCV_TLS_GOT_HI20,
]);

export function refuse(a: Assembly, message: string): never {
  throw new StatementRefused(a.loc, message);
}

function createSymbol(a: Assembly, name: string): AsmSymbol {
  const symbol: AsmSymbol = {
    name,
    position: undefined,
    equals: undefined,
    common: undefined,
    binding: undefined,
    type: "none",
    hidden: false,
    size: undefined,
    isUsed: false,
    isThreadLocal: false,
    loc: a.loc,
  };
  a.allSymbols.push(symbol);
  return symbol;
}

/** A symbol for a place that has no name. */
export function anonymousHere(a: Assembly, stem: string): AsmSymbol {
  const symbol = createSymbol(a, `.L${stem}$${a.anonymous++}`);
  symbol.position = {
    section: a.section,
    raw: a.section.length,
    index: a.section.fragments.length,
  };
  return symbol;
}

export function symbolNamed(a: Assembly, name: string): AsmSymbol {
  let symbol = a.symbols.get(name);
  if (symbol === undefined) {
    symbol = createSymbol(a, name);
    a.symbols.set(name, symbol);
  }
  return symbol;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function localLabel(a: Assembly, number: string): LocalLabel {
  let label = a.localLabels.get(number);
  if (label === undefined) {
    label = { count: 0, last: undefined, next: undefined };
    a.localLabels.set(number, label);
  }
  return label;
}

/** The symbol that a label defines. */
export function labelSymbol(a: Assembly, name: string): AsmSymbol {
  if (!isDigit(name.charCodeAt(0))) return symbolNamed(a, name);
  const label = localLabel(a, name);
  const symbol = label.next ?? createSymbol(a, `.L${name}$${++label.count}`);
  label.last = symbol;
  label.next = undefined;
  return symbol;
}

/** The symbol that is used under that name: a local label's has `f` or `b` behind its number. */
export function usedSymbol(a: Assembly, name: string): AsmSymbol {
  if (name === ".") return anonymousHere(a, "here");
  if (!isDigit(name.charCodeAt(0))) return symbolNamed(a, name);
  const label = localLabel(a, name.slice(0, -1));
  if (name.endsWith("f")) {
    label.next ??= createSymbol(a, `.L${name.slice(0, -1)}$${++label.count}`);
    return label.next;
  }
  if (label.last === undefined) refuse(a, `there is no label '${name.slice(0, -1)}' before this`);
  return label.last;
}

export function symbolic(a: Assembly, value: Value): SymbolicValue {
  return {
    symbol: value.symbol === undefined ? undefined : usedSymbol(a, value.symbol),
    minus: value.minus === undefined ? undefined : usedSymbol(a, value.minus),
    addend: value.addend,
  };
}

/** The number a value is, as far as is known now; undefined when an address is in it. */
export function constantOf(a: Assembly, value: Value): bigint | undefined {
  if (value.symbol === undefined && value.minus === undefined) return value.addend;
  let sum = value.addend;
  if (value.minus !== undefined) {
    const minus = setConstant(a, value.minus);
    if (minus === undefined) return undefined;
    sum -= minus;
  }
  if (value.symbol !== undefined) {
    const plus = setConstant(a, value.symbol);
    if (plus === undefined) return undefined;
    sum += plus;
  }
  if (value.modifier === "hi") return ((sum + 0x800n) >> 12n) & 0xfffffn;
  if (value.modifier === "lo") return BigInt.asIntN(12, sum);
  return value.modifier === undefined ? BigInt.asIntN(64, sum) : undefined;
}

function setConstant(a: Assembly, name: string): bigint | undefined {
  const equals = a.symbols.get(name)?.equals;
  return equals === undefined || equals.symbol !== undefined || equals.minus !== undefined
    ? undefined
    : equals.addend;
}

/** The word of a row of the CPU's table, as signed 32 bits. */
export function word(row: Instruction, rd: number, rs1: number, rs2: number, imm: number): number {
  return row.match | (rd << 7) | (rs1 << 15) | (rs2 << 20) | placeImmediate(row.format, imm);
}

/** Writes an instruction, short if it can be. */
export function emitWord(a: Assembly, bits: number): void {
  if (a.rvc) {
    const half = compress(bits);
    if (half !== 0) {
      put16(a.section, half);
      return;
    }
  }
  put32(a.section, bits);
}

/** Writes an instruction of full length into which a symbol's address is to go. */
export function emitRelocated(
  a: Assembly,
  bits: number,
  type: number,
  symbol: AsmSymbol,
  addend: bigint,
): void {
  const { section } = a;
  symbol.isUsed = true;
  if (ofThreads.has(type)) symbol.isThreadLocal = true;
  const shrinks = relaxable.has(type);
  const relaxes = a.relax && (shrinks || relaxableLow.has(type));
  if (a.relax && shrinks) section.sites.push(section.length);
  section.fixups.push({
    raw: section.length,
    index: section.fragments.length,
    type,
    symbol,
    addend,
    relaxes,
  });
  put32(section, bits);
}
