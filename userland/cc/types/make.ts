// Makes types: the integer types of the target, and pointers, arrays and qualified forms of other types.

import { CONST } from "./type.ts";
import type {
  ArrayType,
  FunctionType,
  IntegerName,
  IntegerType,
  Parameter,
  PointerType,
  Type,
  VoidType,
} from "./type.ts";

function integer(name: IntegerName, size: number, signed: boolean): IntegerType {
  return { kind: "integer", name, size, signed, qualifiers: 0, alignas: 0 };
}

export const VOID: VoidType = { kind: "void", qualifiers: 0, alignas: 0 };
export const BOOL = integer("bool", 1, false);
export const CHAR = integer("char", 1, false);
export const SIGNED_CHAR = integer("signed char", 1, true);
export const UNSIGNED_CHAR = integer("unsigned char", 1, false);
export const SHORT = integer("short", 2, true);
export const UNSIGNED_SHORT = integer("unsigned short", 2, false);
export const INT = integer("int", 4, true);
export const UNSIGNED_INT = integer("unsigned int", 4, false);
export const LONG = integer("long", 8, true);
export const UNSIGNED_LONG = integer("unsigned long", 8, false);
export const LONG_LONG = integer("long long", 8, true);
export const UNSIGNED_LONG_LONG = integer("unsigned long long", 8, false);

/**
 * The type of what was wrong and has been reported. Whoever meets it (by identity) says nothing more; to the rest it is an
 * int, so that nothing has to look for it.
 */
export const POISON: IntegerType = integer("int", 4, true);

export function pointerTo(to: Type, qualifiers = 0): PointerType {
  return { kind: "pointer", to, qualifiers, alignas: 0 };
}

export function arrayOf(of: Type, length: number): ArrayType {
  return { kind: "array", of, length, qualifiers: 0, alignas: 0 };
}

export function functionType(
  returns: Type,
  parameters: readonly Parameter[],
  variadic: boolean,
  unprototyped: boolean,
): FunctionType {
  return {
    kind: "function",
    returns,
    parameters,
    variadic,
    unprototyped,
    qualifiers: 0,
    alignas: 0,
  };
}

export const VOID_POINTER = pointerTo(VOID);
/** psABI: a pointer to the next argument in memory. */
export const VA_LIST: PointerType = pointerTo(VOID);
export const CHAR_POINTER = pointerTo(CHAR);
export const CONST_CHAR_POINTER = pointerTo({ ...CHAR, qualifiers: CONST });

/** The type with more qualifiers. An array's belong to its elements (C11 6.7.3p9). */
export function qualified(type: Type, qualifiers: number): Type {
  if (type.kind === "array") {
    const of = qualified(type.of, qualifiers);
    return of === type.of ? type : { ...type, of };
  }
  if ((type.qualifiers | qualifiers) === type.qualifiers) return type;
  return { ...type, qualifiers: type.qualifiers | qualifiers };
}

/** The type of a value: without qualifiers, without an alignment of its own. */
export function unqualified(type: Type): Type {
  if (type.qualifiers === 0 && type.alignas === 0) return type;
  return { ...type, qualifiers: 0, alignas: 0 };
}

/** Of an array: the qualifiers of its elements. */
export function qualifiersOf(type: Type): number {
  let at = type;
  while (at.kind === "array") at = at.of;
  return at.qualifiers;
}
