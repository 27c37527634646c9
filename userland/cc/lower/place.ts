// Lvalues: where an object is, as an address and bytes beyond it that loads and stores take along, and reading and writing
// scalars there. Bit-fields go through bit-field.ts.

import { constant, newSlot, slotAddress, symbolAddress } from "../ir/build.ts";
import type { Operand, Temp } from "../ir/ir.ts";
import type { Expression, Variable } from "../tree/ast.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { VOLATILE, type Type } from "../types/type.ts";
import { bitFieldOf, loadBits, storeBits, type BitField } from "./bit-field.ts";
import { scalarOf, type Scalar } from "./scalar.ts";
import { enter, leave, want, type State } from "./state.ts";
import { stringSymbol } from "./static-data.ts";

export interface Place {
  readonly address: Operand;
  readonly offset: number;
  readonly type: Type;
  /** Bytes that the object's address is known to be a multiple of. */
  readonly align: number;
  readonly volatile: boolean;
  readonly bits: BitField | undefined;
}

export function plainPlace(
  address: Operand,
  offset: number,
  type: Type,
  align = alignOf(type),
): Place {
  return {
    address,
    offset,
    type,
    align,
    volatile: (type.qualifiers & VOLATILE) !== 0,
    bits: undefined,
  };
}

/** Where the automatic variable lives; it gets its place when it is first spoken of. */
export function automaticPlace(s: State, variable: Variable): Operand {
  let operand = s.places.get(variable);
  if (operand === undefined) {
    operand = objectSlot(s, variable.type, variable.align, variable.name);
    s.places.set(variable, operand);
  }
  return operand;
}

/** A slot for an object. Structures get whole registers' worth, so that passing them takes no pieces (abi.ts). */
export function objectSlot(s: State, type: Type, align: number, name?: string): Operand {
  const size = sizeOf(type);
  const whole = type.kind === "struct" && size > 0 && size <= 16;
  return slotAddress(
    newSlot(
      s.b.function,
      whole ? Math.ceil(size / 8) * 8 : size,
      Math.max(align, alignOf(type), whole ? 8 : 1),
      name,
    ),
  );
}

function variablePlace(s: State, variable: Variable): Place {
  if (!variable.isStatic) {
    const place = plainPlace(automaticPlace(s, variable), 0, variable.type);
    return { ...place, align: Math.max(variable.align, place.align) };
  }
  const place = plainPlace(symbolAddress(want(s.module, variable)), 0, variable.type);
  return { ...place, align: Math.max(variable.align, place.align) };
}

/** Evaluates what leads to the object. What is no lvalue is a structure's value, and gets a place. */
export function placeOf(s: State, e: Expression): Place {
  switch (e.kind) {
    case "variable":
      return variablePlace(s, e.variable);
    case "compound-literal":
      if (!e.variable.isStatic) s.rules.initialiseAutomatic(s, e.variable);
      return variablePlace(s, e.variable);
    case "string":
      return plainPlace(symbolAddress(stringSymbol(s.module, e)), 0, e.type);
    case "function":
      return plainPlace(symbolAddress(want(s.module, e.function)), 0, e.type);
    case "dereference":
      return pointee(s, e.pointer, e.type);
    case "member": {
      enter(s, e.loc);
      const of = placeOf(s, e.of);
      leave(s);
      const volatile =
        of.volatile || ((e.type.qualifiers | e.member.type.qualifiers) & VOLATILE) !== 0;
      const bits =
        e.member.bits === undefined ? undefined : bitFieldOf(e.of.type, e.member, of.align);
      return {
        address: of.address,
        offset: of.offset + e.member.offset,
        type: e.type,
        align: commonAlign(of.align, e.member.offset),
        volatile,
        bits,
      };
    }
    default:
      return s.rules.aggregatePlace(s, e);
  }
}

/** What an address is known to be a multiple of, so many bytes behind another. */
export function commonAlign(align: number, offset: number): number {
  if (offset === 0) return align;
  const lowest = (offset % 2 ** 30) & -(offset % 2 ** 30);
  return lowest === 0 ? align : Math.min(align, lowest);
}

function pointee(s: State, pointer: Expression, type: Type): Place {
  enter(s, pointer.loc);
  const { address, offset } = pointerValue(s, pointer);
  leave(s);
  const align = pointedAlign(pointer);
  return plainPlace(address, offset, type, Math.min(alignOf(type), align));
}

/**
 * What a pointer is known to be a multiple of; Infinity: it is trusted to be what its type says. Only an address that is taken right
 * here can be known to be less: of an array in a packed structure.
 */
function pointedAlign(pointer: Expression): number {
  let least = Infinity;
  for (let e = pointer; ;) {
    if (e.kind === "pointer-add") {
      const index = e.index.kind === "integer" ? Number(e.index.value) : 1;
      least = commonAlign(least, index * e.element);
      e = e.pointer;
    } else if (e.kind === "convert" && e.value.type.kind === "pointer") e = e.value;
    else if (e.kind === "address") {
      const align = objectAlign(e.of);
      return align === Infinity ? Infinity : Math.min(align, least);
    } else return Infinity;
  }
}

/** The same of an lvalue's address; Infinity where no packed structure is on the way to it. */
function objectAlign(place: Expression): number {
  let offset = 0;
  for (let e = place; ;) {
    if (e.kind === "member") {
      if (e.of.type.kind === "struct" && alignOf(e.member.type) > e.of.type.tag.align)
        return commonAlign(e.of.type.tag.align, offset + e.member.offset);
      offset += e.member.offset;
      e = e.of;
    } else if (e.kind === "dereference") {
      const align = pointedAlign(e.pointer);
      return align === Infinity ? Infinity : commonAlign(align, offset);
    } else return Infinity;
  }
}

/** A pointer's value, with constants that are added to it kept apart. */
export function pointerValue(s: State, pointer: Expression): { address: Operand; offset: number } {
  let offset = 0;
  let e = pointer;
  for (;;) {
    if (e.kind === "pointer-add" && e.index.kind === "integer") {
      const bytes = Number(e.index.value) * e.element;
      const sum = offset + (e.negative ? -bytes : bytes);
      if (!isOffset(sum)) break;
      offset = sum;
      e = e.pointer;
    } else if (e.kind === "convert" && e.type.kind === "pointer" && e.value.type.kind === "pointer")
      e = e.value;
    else break;
  }
  if (e.kind === "address") {
    const place = placeOf(s, e.of);
    if (isOffset(offset + place.offset))
      return { address: place.address, offset: offset + place.offset };
    return { address: addressOf(s, place), offset };
  }
  if (e.kind === "pointer-add" && e.index.kind === "integer") {
    // The sum is too far away for an offset.
    const bytes = BigInt.asIntN(64, e.index.value * BigInt(e.element));
    const base = s.rules.value(s, e.pointer);
    return {
      address: s.b.binary(e.negative ? "sub" : "add", "l", base, constant(bytes)),
      offset,
    };
  }
  const address = s.rules.value(s, e);
  if (address.kind === "constant") {
    const sum = address.value + BigInt(offset);
    return { address: constant(BigInt.asIntN(64, sum)), offset: 0 };
  }
  return { address, offset };
}

/** Larger ones are added in the program, so that later stages need not expect them. */
function isOffset(bytes: number): boolean {
  return bytes >= -0x7fffffff && bytes <= 0x7fffffff;
}

export function addressOf(s: State, place: Place): Operand {
  return addOffset(s, place.address, place.offset);
}

export function addOffset(s: State, address: Operand, offset: number): Operand {
  if (offset === 0) return address;
  switch (address.kind) {
    case "constant":
      return constant(BigInt.asIntN(64, address.value + BigInt(offset)));
    case "symbol":
      if (!isOffset(address.offset + offset)) break;
      return symbolAddress(address.name, address.offset + offset);
    case "slot":
      if (!isOffset(address.offset + offset)) break;
      return slotAddress(address.slot, address.offset + offset);
    case "temp":
      break;
  }
  return s.b.binary("add", "l", address, constant(offset));
}

/** The scalar's value. */
export function loadPlace(s: State, place: Place): Operand {
  if (place.bits !== undefined) return loadBits(s, place, place.bits);
  const scalar = scalarOf(place.type);
  if (place.align < scalar.size) return loadPieces(s, place, scalar);
  return s.b.load(scalar.load, scalar.width, place.address, place.offset, place.volatile);
}

/** What is not aligned is read and written in pieces that are: the machine need not do it at once. */
function loadPieces(s: State, place: Place, scalar: Scalar): Operand {
  const { b } = s;
  const { width, size } = scalar;
  const piece = pieceOf(place.align);
  let sum: Temp | undefined;
  for (let at = 0; at < size; at += piece) {
    const isTop = at + piece === size;
    // The highest piece brings the sign.
    const kind = isTop && scalar.signed ? SIGNED_LOADS[piece] : UNSIGNED_LOADS[piece];
    let part = b.load(kind, width, place.address, place.offset + at, place.volatile);
    if (at > 0) part = b.binary("shl", width, part, constant(at * 8));
    sum = sum === undefined ? part : b.binary("or", width, sum, part);
  }
  return sum ?? constant(0);
}

const SIGNED_LOADS = { 1: "s8", 2: "s16", 4: "s32" } as const;
const UNSIGNED_LOADS = { 1: "u8", 2: "u16", 4: "u32" } as const;

function pieceOf(align: number): 1 | 2 | 4 {
  return align >= 4 ? 4 : align >= 2 ? 2 : 1;
}

function storePieces(s: State, place: Place, { width, size }: Scalar, stored: Operand): void {
  const { b } = s;
  const piece = pieceOf(place.align);
  for (let at = 0; at < size; at += piece) {
    let part = stored;
    if (part.kind === "constant")
      part = constant(BigInt.asIntN(piece * 8, part.value >> BigInt(at * 8)));
    else if (at > 0) part = b.binary("shr", width, stored, constant(at * 8));
    b.store(piece, part, place.address, place.offset + at, place.volatile);
  }
}

/** The value has the place's type. */
export function storePlace(s: State, place: Place, stored: Operand): void {
  if (place.bits !== undefined) {
    storeBits(s, place, place.bits, stored);
    return;
  }
  const scalar = scalarOf(place.type);
  if (place.align < scalar.size) storePieces(s, place, scalar, stored);
  else s.b.store(scalar.size, stored, place.address, place.offset, place.volatile);
}
