// Initial values of automatic variables and compound literals (C11 6.7.9): what no entry covers is zero. Constants of larger
// aggregates lie together in an image in read-only data, which is copied as a whole.

import { symbolAddress } from "../ir/build.ts";
import { evaluate } from "../tree/constant.ts";
import type { InitialValue, Variable } from "../tree/ast.ts";
import { sizeOf } from "../types/layout.ts";
import type { Type } from "../types/type.ts";
import { bitFieldAt } from "./bit-field.ts";
import {
  addOffset,
  automaticPlace,
  commonAlign,
  plainPlace,
  storePlace,
  type Place,
} from "./place.ts";
import { fillEntry, newImage, pooledData, referencesOf, stringSymbol } from "./static-data.ts";
import type { State } from "./state.ts";

/** Gives the variable its initial value; what has none stays as it is. */
export function initialiseAutomatic(s: State, variable: Variable): void {
  const place = plainPlace(automaticPlace(s, variable), 0, variable.type);
  initialiseAt(s, variable, {
    ...place,
    align: Math.max(place.align, variable.align),
  });
}

/** Puts the variable's initial value somewhere, where nothing has been before. */
export function initialiseAt(s: State, variable: Variable, to: Place): void {
  const { init } = variable;
  if (init === undefined) return;
  const { entries } = init;
  const [first] = entries;
  if (variable.type.kind !== "array" && variable.type.kind !== "struct") {
    if (first !== undefined) put(s, to, first);
    return;
  }
  const size = sizeOf(variable.type);
  const isOrderly = areDisjoint(entries);
  if (isOrderly && !to.volatile) {
    const rest = copyImage(s, entries, to, size);
    if (rest !== undefined) {
      for (const entry of rest) put(s, to, entry);
      return;
    }
  }
  const covered = entries.reduce((sum, entry) => sum + coveredBy(entry), 0);
  const isZeroed = !isOrderly || covered < bytesOf(variable.type);
  if (isZeroed && size > 0) {
    s.b.loc = variable.loc;
    s.b.zeroMemory(addOffset(s, to.address, to.offset), size, to.align);
  }
  for (const entry of entries)
    if (!(isZeroed && isOrderly && !to.volatile && isZero(entry))) put(s, to, entry);
}

function isZero(entry: InitialValue): boolean {
  return entry.value.kind === "integer" && entry.value.value === 0n;
}

function endOf(entry: InitialValue): number {
  return entry.bits === undefined
    ? entry.offset + Math.max(sizeOf(entry.type), 1)
    : entry.offset + ((entry.bits.at + entry.bits.width + 7) >> 3);
}

/** Whether no entry touches another's bytes; bit-fields only count as going upwards. */
function areDisjoint(entries: readonly InitialValue[]): boolean {
  let end = 0;
  let endBits = 0;
  for (const entry of entries) {
    if (entry.bits !== undefined) {
      const at = entry.offset * 8 + entry.bits.at;
      if (at < endBits) return false;
      endBits = at + entry.bits.width;
    } else {
      if (entry.offset < end || entry.offset * 8 < endBits) return false;
      endBits = endOf(entry) * 8;
    }
    end = Math.floor(endBits / 8);
  }
  return true;
}

/** Bytes that the entry sets for certain. */
function coveredBy(entry: InitialValue): number {
  if (entry.bits !== undefined) return 0;
  return entry.value.kind === "string" ? entry.value.bytes.length : bytesOf(entry.type);
}

/** Bytes of the type that mean something: all but padding. Bit-fields do not count: they are set in pieces. */
function bytesOf(type: Type): number {
  if (type.kind === "array") return type.length < 0 ? 0 : type.length * bytesOf(type.of);
  if (type.kind !== "struct" || type.tag.isUnion) return sizeOf(type);
  let sum = 0;
  for (const member of type.tag.members ?? []) {
    if (member.bits !== undefined) return Infinity;
    sum += bytesOf(member.type);
  }
  return sum;
}

/** Fewer constants than this are stored one by one. */
const WORTH_AN_IMAGE = 5;
/** An image that is mostly zeros is not worth its bytes. */
const MOST_BYTES_PER_CONSTANT = 64;

/** Copies the constants among the entries from an image; gives what is left to do, or undefined: nothing has been done. */
function copyImage(
  s: State,
  entries: readonly InitialValue[],
  to: Place,
  size: number,
): InitialValue[] | undefined {
  let constants = 0;
  const rest: InitialValue[] = [];
  const known: InitialValue[] = [];
  for (const entry of entries) {
    if (isConstant(entry)) {
      known.push(entry);
      if (entry.value.kind === "string") constants += entry.value.bytes.length >> 1;
      else if (!isZero(entry)) constants++;
    } else rest.push(entry);
  }
  if (constants < WORTH_AN_IMAGE || size > constants * MOST_BYTES_PER_CONSTANT) return undefined;
  const image = newImage(size);
  for (const entry of known) if (!fillEntry(s.module, image, 0, entry)) return undefined;
  const align = Math.max(Math.min(to.align, 8), 1);
  const symbol = pooledData(s.module, image.bytes, referencesOf(image), "rodata", align);
  s.b.loc = entries[0]?.value.loc ?? s.b.loc;
  s.b.copyMemory(addOffset(s, to.address, to.offset), symbolAddress(symbol), size, align);
  return rest;
}

function isConstant(entry: InitialValue): boolean {
  const { value: e } = entry;
  if (e.kind === "string" || e.kind === "integer") return true;
  if (entry.type.kind === "struct") return false;
  const known = evaluate(e);
  return (
    known !== undefined &&
    (known.symbol === undefined || known.minus !== undefined || sizeOf(entry.type) === 8)
  );
}

function put(s: State, object: Place, entry: InitialValue): void {
  const { value: e, type } = entry;
  const place: Place = {
    address: object.address,
    offset: object.offset + entry.offset,
    type,
    align: commonAlign(object.align, entry.offset),
    volatile: object.volatile,
    bits:
      entry.bits === undefined
        ? undefined
        : bitFieldAt(entry.offset, entry.bits, type, object.align, sizeOf(object.type)),
  };
  if (type.kind === "struct") {
    s.rules.aggregateInto(s, e, place, true);
    return;
  }
  if (e.kind === "string") {
    const bytes = Math.min(e.bytes.length, sizeOf(type));
    const { b } = s;
    b.loc = e.loc;
    const at = addOffset(s, place.address, place.offset);
    if (bytes > 0) b.copyMemory(at, symbolAddress(stringSymbol(s.module, e)), bytes, 1);
    const left = sizeOf(type) - bytes;
    if (left > 0) b.zeroMemory(addOffset(s, at, bytes), left, 1);
    return;
  }
  if (type.kind === "array") return;
  const stored = s.rules.value(s, e);
  s.b.loc = e.loc;
  storePlace(s, place, stored);
}
