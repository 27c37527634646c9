// Initial values of static objects as bytes and references (C11 6.6p7, 6.7.9p4), and the pool of strings and images that the
// code refers to.

import { LOCAL } from "../ir/build.ts";
import type { DataReference, IrData } from "../ir/ir.ts";
import { evaluate, type ConstantSymbol, type StringExpression } from "../tree/constant.ts";
import type { Expression, InitialValue, Initializer, Variable } from "../tree/ast.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { CONST, VOLATILE, type Type } from "../types/type.ts";
import { labelSymbol, linkageOf, want, type ModuleState } from "./state.ts";

/** What an object begins as. */
export interface Image {
  readonly bytes: Uint8Array;
  readonly references: Map<number, DataReference>;
}

/** Objects beyond this are refused: their bytes would have to be held here. */
const MOST_BYTES = 256 * 2 ** 20;

export function newImage(size: number): Image {
  return { bytes: new Uint8Array(size), references: new Map() };
}

/** Where the last initialised byte ends: a flexible array's elements lie behind the type's own size. */
function endOfValues(init: Initializer | undefined): number {
  let end = 0;
  for (const { offset, bits, type, value } of init?.entries ?? []) {
    // A bit-field's unit may reach beyond the end of what is packed.
    if (bits !== undefined) continue;
    end = Math.max(end, offset + (value.kind === "string" ? value.bytes.length : sizeOf(type)));
  }
  return end;
}

/** The data of a static variable that this unit defines. */
export function staticData(module: ModuleState, variable: Variable): IrData | undefined {
  const { type, init, attributes } = variable;
  const size = Math.max(sizeOf(type), endOfValues(init));
  if (size > MOST_BYTES && init !== undefined) {
    module.diagnostics.error(variable.loc, `the initial value of '${variable.name}' is too large`);
    return undefined;
  }
  const image = init === undefined ? undefined : newImage(size);
  if (image !== undefined && init !== undefined) fill(module, image, 0, init.entries);
  const references = image === undefined ? [] : referencesOf(image);
  const isZero = image === undefined || (references.length === 0 && image.bytes.every(isNothing));
  return {
    symbol: variable.symbol ?? variable.name,
    linkage: linkageOf(variable.linkage, attributes),
    section: sectionOf(variable, isZero),
    align: Math.max(variable.align, alignOf(type)),
    size,
    bytes: isZero || image === undefined ? undefined : image.bytes,
    references,
    threadLocal: variable.threadLocal,
    retain: attributes.retain ?? false,
    isTentative: init === undefined,
  };
}

function isNothing(byte: number): boolean {
  return byte === 0;
}

function sectionOf(variable: Variable, isZero: boolean): IrData["section"] {
  const { section } = variable.attributes;
  if (section !== undefined) return { name: section };
  if (!variable.threadLocal && isReadOnly(variable.type)) return "rodata";
  return isZero ? "bss" : "data";
}

function isReadOnly(type: Type): boolean {
  let of = type;
  let qualifiers = of.qualifiers;
  while (of.kind === "array") {
    of = of.of;
    qualifiers |= of.qualifiers;
  }
  return (qualifiers & CONST) !== 0 && (qualifiers & VOLATILE) === 0;
}

export function referencesOf(image: Image): DataReference[] {
  return [...image.references.values()].toSorted((a, b) => a.offset - b.offset);
}

function fill(
  module: ModuleState,
  image: Image,
  base: number,
  entries: readonly InitialValue[],
): void {
  for (const entry of entries)
    if (!fillEntry(module, image, base, entry))
      module.diagnostics.error(
        entry.value.loc,
        "the initial value of a static object must be a constant, and this is not one",
      );
}

/** Puts a constant into the image; false: it is none. */
export function fillEntry(
  module: ModuleState,
  image: Image,
  base: number,
  entry: InitialValue,
): boolean {
  const at = base + entry.offset;
  const { value } = entry;
  const size = sizeOf(entry.type);
  if (value.kind === "string") {
    clear(image, at, Math.max(size, value.bytes.length));
    image.bytes.set(value.bytes.subarray(0, image.bytes.length - at), at);
    return true;
  }
  const literal = literalOf(value);
  if (literal?.init !== undefined) {
    clear(image, at, size);
    return literal.init.entries.every((inner) => fillEntry(module, image, at, inner));
  }
  const known = evaluate(value);
  if (known === undefined) return false;
  if (known.symbol === undefined) {
    if (entry.bits === undefined) {
      clear(image, at, size);
      putInteger(image.bytes, at, size, known.value);
    } else putBits(image.bytes, at, entry.bits, known.value);
    return true;
  }
  // Distances of labels can be narrow.
  if ((size !== 8 && known.minus === undefined) || entry.bits !== undefined) return false;
  clear(image, at, size);
  image.references.set(at, {
    offset: at,
    size: size === 8 || size === 4 || size === 2 ? size : 1,
    symbol: symbolOf(module, known.symbol),
    addend: Number(known.value),
    ...(known.minus === undefined ? {} : { minus: labelSymbol(module, known.minus) }),
  });
  return true;
}

/** The compound literal whose value this is: GNU C lets it initialise a static object. */
function literalOf(e: Expression): Variable | undefined {
  let at = e;
  while (at.kind === "convert") at = at.value;
  return at.kind === "load" && at.place.kind === "compound-literal" && at.type.kind === "struct"
    ? at.place.variable
    : undefined;
}

/** A later value replaces what an earlier one has left there. */
function clear(image: Image, at: number, size: number): void {
  image.bytes.fill(0, at, at + size);
  if (image.references.size === 0) return;
  const forget = (offset: number) => {
    const reference = image.references.get(offset);
    // A distance of labels has four bytes, an address eight.
    if (reference !== undefined && offset + reference.size > at) image.references.delete(offset);
  };
  if (size <= 16) {
    for (let offset = at - 7; offset < at + size; offset++) forget(offset);
    return;
  }
  for (const offset of image.references.keys()) if (offset < at + size) forget(offset);
}

function putInteger(bytes: Uint8Array, at: number, size: number, value: bigint): void {
  if (size <= 4) {
    let rest = Number(BigInt.asUintN(32, value));
    for (let index = 0; index < size; index++) {
      bytes[at + index] = rest & 0xff;
      rest >>>= 8;
    }
    return;
  }
  let rest = BigInt.asUintN(64, value);
  for (let index = 0; index < size; index++) {
    bytes[at + index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
}

function putBits(
  bytes: Uint8Array,
  at: number,
  bits: { readonly at: number; readonly width: number },
  value: bigint,
): void {
  for (let index = 0; index < bits.width; index++) {
    const bit = bits.at + index;
    const byte = at + (bit >> 3);
    const mask = 1 << (bit & 7);
    const old = bytes[byte] ?? 0;
    const isSet = ((value >> BigInt(index)) & 1n) !== 0n;
    bytes[byte] = isSet ? old | mask : old & ~mask;
  }
}

export function symbolOf(module: ModuleState, symbol: ConstantSymbol): string {
  if (!("kind" in symbol)) return labelSymbol(module, symbol);
  return symbol.kind === "string" ? stringSymbol(module, symbol) : want(module, symbol);
}

/** The symbol of a string's bytes; equal strings share them. */
export function stringSymbol(module: ModuleState, e: StringExpression): string {
  const element = e.type.kind === "array" ? sizeOf(e.type.of) : 1;
  const zero = e.bytes.indexOf(0);
  // The linker merges what ends with its only zero.
  const canMerge = element === 1 && zero >= 0 && zero === e.bytes.length - 1;
  return pooledData(module, e.bytes, [], canMerge ? "strings" : "rodata", element);
}

/** The symbol of constant bytes, which are in the module once. */
export function pooledData(
  module: ModuleState,
  bytes: Uint8Array,
  references: readonly DataReference[],
  section: "strings" | "rodata",
  align: number,
): string {
  let key = `${section}:${align}:`;
  for (const byte of bytes) key += String.fromCharCode(byte);
  for (const { offset, symbol, addend, minus = "" } of references)
    key += `\0${offset}:${symbol}+${addend}-${minus}`;
  let symbol = module.pooled.get(key);
  if (symbol === undefined) {
    symbol = `.Lconst.${module.unique++}`;
    module.pooled.set(key, symbol);
    module.pool.push({
      symbol,
      linkage: LOCAL,
      section,
      align,
      size: bytes.length,
      bytes,
      references,
    });
  }
  return symbol;
}
