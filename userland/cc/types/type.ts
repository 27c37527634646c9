// C's types (C11 6.2.5) for RISC-V lp64: char is unsigned, long and pointers have 64 bits, everything is little-endian.
//
// A type is an immutable object, and equal types need not be the same object: compatible.ts compares. Qualifiers belong to
// the type object; `qualified` makes one with others. A structure's members live in its Tag, which all types that name it
// share, so that they all become complete at once.

import type { Loc } from "../source/sources.ts";

export const CONST = 1;
export const VOLATILE = 2;
export const RESTRICT = 4;
export const ATOMIC = 8;

export type IntegerName =
  | "bool"
  | "char"
  | "signed char"
  | "unsigned char"
  | "short"
  | "unsigned short"
  | "int"
  | "unsigned int"
  | "long"
  | "unsigned long"
  | "long long"
  | "unsigned long long";

interface Common {
  /** CONST | VOLATILE | RESTRICT | ATOMIC */
  readonly qualifiers: number;
  /** _Alignas or an attribute asked for more than the type needs; 0: nobody did. Bytes. */
  readonly alignas: number;
  /** The typedef that it came by and the qualifiers that this one includes: for messages. It makes no difference to the type. */
  readonly alias?: { readonly name: string; readonly qualifiers: number };
}

export interface VoidType extends Common {
  readonly kind: "void";
}

export interface IntegerType extends Common {
  readonly kind: "integer";
  readonly name: IntegerName;
  /** Bytes: 1, 2, 4, 8. */
  readonly size: number;
  readonly signed: boolean;
  /** Of a bit-field wider than an int, computed with: gcc has integers of every width. Undefined: all of its bytes. */
  readonly bits?: number;
}

export interface EnumType extends Common {
  readonly kind: "enum";
  readonly tag: EnumTag;
}

export interface PointerType extends Common {
  readonly kind: "pointer";
  readonly to: Type;
}

export interface ArrayType extends Common {
  readonly kind: "array";
  readonly of: Type;
  /** Elements; −1: not known (yet). */
  readonly length: number;
}

export interface FunctionType extends Common {
  readonly kind: "function";
  readonly returns: Type;
  readonly parameters: readonly Parameter[];
  readonly variadic: boolean;
  /** `int f();` says nothing about parameters. */
  readonly unprototyped: boolean;
}

export interface StructType extends Common {
  readonly kind: "struct";
  readonly tag: StructTag;
}

export type Type =
  | VoidType
  | IntegerType
  | EnumType
  | PointerType
  | ArrayType
  | FunctionType
  | StructType;

export interface Parameter {
  readonly name: string | undefined;
  /** Arrays and functions are pointers already. */
  readonly type: Type;
  readonly loc: Loc;
}

export interface EnumTag {
  readonly name: string | undefined;
  readonly loc: Loc;
  /** What it is made of; undefined while it is incomplete. */
  underlying: IntegerType | undefined;
  /** For what is said about a switch over it; empty while it is incomplete. */
  constants: readonly { readonly name: string; readonly value: bigint }[];
}

/** A structure or a union. */
export interface StructTag {
  readonly name: string | undefined;
  readonly isUnion: boolean;
  readonly loc: Loc;
  /** Undefined while the type is incomplete; then in the order of their declaration, anonymous ones included. */
  members: readonly Member[] | undefined;
  /** Bytes; 0 while incomplete. */
  size: number;
  align: number;
}

export interface Member {
  /** Undefined: an anonymous structure or union, whose members are found through it; or an unnamed bit-field. */
  readonly name: string | undefined;
  readonly type: Type;
  /** Bytes from the structure's start. Of a bit-field: of the unit of its type's size that it is accessed through. */
  readonly offset: number;
  /** Of a bit-field: the lowest bit within that unit, and how many. */
  readonly bits: { readonly at: number; readonly width: number } | undefined;
  readonly loc: Loc;
}
