// Integer promotions and the usual arithmetic conversions (C11 6.3.1.1, 6.3.1.8), and what a value becomes in a narrower type.

import { INT, UNSIGNED_INT, UNSIGNED_LONG, UNSIGNED_LONG_LONG } from "./make.ts";
import type { IntegerName, IntegerType, Member, Type } from "./type.ts";

const RANKS: Readonly<Record<IntegerName, number>> = {
  bool: 0,
  char: 1,
  "signed char": 1,
  "unsigned char": 1,
  short: 2,
  "unsigned short": 2,
  int: 3,
  "unsigned int": 3,
  long: 4,
  "unsigned long": 4,
  "long long": 5,
  "unsigned long long": 5,
};

/** The integer type that an integer or enumeration is; undefined for others. */
export function integerOf(type: Type): IntegerType | undefined {
  if (type.kind === "integer") return type;
  if (type.kind === "enum") return type.tag.underlying ?? INT;
  return undefined;
}

export function isInteger(type: Type): boolean {
  return type.kind === "integer" || type.kind === "enum";
}

export function isScalar(type: Type): boolean {
  return type.kind === "integer" || type.kind === "enum" || type.kind === "pointer";
}

/** After the integer promotions; what is no integer stays as it is. */
export function promoted(type: Type): Type {
  const integer = integerOf(type);
  if (integer === undefined) return type;
  if (RANKS[integer.name] < RANKS.int) return INT;
  return bare(integer);
}

/**
 * A bit-field becomes an int where an int has room for all of its values, whatever it was declared as; a wider one stays
 * what it is, an integer of its width, as gcc has it.
 */
export function promotedBits(type: Type, bits: NonNullable<Member["bits"]>): Type {
  const integer = integerOf(type);
  if (integer === undefined) return type;
  if (bits.width < 32 || (bits.width === 32 && integer.signed)) return INT;
  if (bits.width === 32) return UNSIGNED_INT;
  return bits.width === integer.size * 8 ? bare(integer) : { ...bare(integer), bits: bits.width };
}

function bare(type: IntegerType): IntegerType {
  if (type.qualifiers === 0 && type.alignas === 0) return type;
  return { ...type, qualifiers: 0, alignas: 0 };
}

/** The common type of two promoted integers. */
export function usual(a: IntegerType, b: IntegerType): IntegerType {
  if (a.bits !== undefined || b.bits !== undefined) {
    const [widthA, widthB] = [widthOf(a), widthOf(b)];
    if (widthA !== widthB) return widthA > widthB ? a : b;
    return a.signed ? b : a;
  }
  const rankA = RANKS[a.name];
  const rankB = RANKS[b.name];
  if (a.signed === b.signed) return rankA >= rankB ? a : b;
  const [signed, unsigned] = a.signed ? [a, b] : [b, a];
  const [rankSigned, rankUnsigned] = a.signed ? [rankA, rankB] : [rankB, rankA];
  if (rankUnsigned >= rankSigned) return unsigned;
  if (signed.size > unsigned.size) return signed;
  return unsignedOf(signed);
}

function unsignedOf(type: IntegerType): IntegerType {
  if (type.name === "long") return UNSIGNED_LONG;
  if (type.name === "long long") return UNSIGNED_LONG_LONG;
  return UNSIGNED_INT;
}

/** Bits of a value. */
export function widthOf(type: IntegerType): number {
  return type.bits ?? type.size * 8;
}

/** The value that a conversion to the type gives (6.3.1.2 and 6.3.1.3; too large for a signed one: modulo, as GNU C). */
export function wrap(value: bigint, type: IntegerType): bigint {
  if (type.name === "bool") return value === 0n ? 0n : 1n;
  return type.signed ? BigInt.asIntN(widthOf(type), value) : BigInt.asUintN(widthOf(type), value);
}

export function smallest(type: IntegerType): bigint {
  return type.signed ? -(1n << BigInt(widthOf(type) - 1)) : 0n;
}

export function largest(type: IntegerType): bigint {
  if (type.name === "bool") return 1n;
  return (1n << BigInt(widthOf(type) - (type.signed ? 1 : 0))) - 1n;
}
