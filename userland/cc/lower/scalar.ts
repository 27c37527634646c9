// How C's scalar types look in the IR: which width, which load, which store. A w temporary of a type narrower than an int
// holds the type's value itself (an unsigned char is 0 … 255), an unsigned int the sign's copy of its 32 bits.

import { integerOf } from "../types/conversions.ts";
import type { Type } from "../types/type.ts";
import type { LoadKind, Width } from "../ir/ir.ts";

export type ScalarSize = 1 | 2 | 4 | 8;

export interface Scalar {
  readonly size: ScalarSize;
  readonly signed: boolean;
  readonly bool: boolean;
  readonly width: Width;
  readonly load: LoadKind;
  /** Of an integer between 32 and 64 bits, which an l holds extended; otherwise 0. */
  readonly bits: number;
}

function scalar(size: ScalarSize, signed: boolean, load: LoadKind, bool = false): Scalar {
  return { size, signed, bool, width: size === 8 ? "l" : "w", load, bits: 0 };
}

const S8 = scalar(1, true, "s8");
const U8 = scalar(1, false, "u8");
const S16 = scalar(2, true, "s16");
const U16 = scalar(2, false, "u16");
const S32 = scalar(4, true, "s32");
const U32 = scalar(4, false, "s32");
const S64 = scalar(8, true, "64");
const BOOL = scalar(1, false, "u8", true);

export const U64 = scalar(8, false, "64");
export const WORD = S32;

/** Of an integer, enumeration or pointer; whatever else decays to an address. */
export function scalarOf(type: Type): Scalar {
  const integer = integerOf(type);
  if (integer === undefined) return U64;
  switch (integer.size) {
    case 1:
      if (integer.name === "bool") return BOOL;
      return integer.signed ? S8 : U8;
    case 2:
      return integer.signed ? S16 : U16;
    case 4:
      return integer.signed ? S32 : U32;
    default:
      if (integer.bits !== undefined) return bitInteger(integer.bits, integer.signed);
      return integer.signed ? S64 : U64;
  }
}

const bitIntegers = new Map<number, Scalar>();

function bitInteger(bits: number, signed: boolean): Scalar {
  const key = signed ? -bits : bits;
  let known = bitIntegers.get(key);
  if (known === undefined) {
    known = { ...(signed ? S64 : U64), bits };
    bitIntegers.set(key, known);
  }
  return known;
}

/** The type that a scalar's arithmetic is done in. */
export function wholeOf(scalar: Scalar): Scalar {
  if (scalar.bits === 0) return scalar;
  return scalar.signed ? S64 : U64;
}

/** The same number of bytes without a sign. */
export function unsignedLoad(size: ScalarSize): LoadKind {
  if (size === 1) return "u8";
  if (size === 2) return "u16";
  return size === 4 ? "u32" : "64";
}

/** A constant of the type as the IR wants it: signed, in the range of its width. */
export function constantValue(value: bigint, scalar: Scalar): bigint {
  if (scalar.bool) return value === 0n ? 0n : 1n;
  if (scalar.bits > 0) {
    const { bits, signed } = scalar;
    return signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  }
  if (scalar.size >= 4) return BigInt.asIntN(scalar.size * 8, value);
  return scalar.signed
    ? BigInt.asIntN(scalar.size * 8, value)
    : BigInt.asUintN(scalar.size * 8, value);
}

export function fitsWidth(value: bigint, width: Width): boolean {
  return BigInt.asIntN(width === "w" ? 32 : 64, value) === value;
}
