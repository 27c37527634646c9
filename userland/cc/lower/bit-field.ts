// Bit-fields (C11 6.7.2.1p10). One is read and written through a piece of memory that holds it whole: the unit of its declared
// type if that touches nothing else than bit-fields beside it, so that a volatile one is one access of its type's size; else
// a smaller one. A write must not touch members that are no bit-fields, which may belong to another thread (C11 3.14).
// Packed ones that no aligned piece holds are put together of bytes.

import { constant } from "../ir/build.ts";
import type { Operand, Temp } from "../ir/ir.ts";
import { sizeOf } from "../types/layout.ts";
import type { Member, Type } from "../types/type.ts";
import { convertScalar } from "./convert.ts";
import type { Place } from "./place.ts";
import { scalarOf, U64, unsignedLoad, WORD, type Scalar, type ScalarSize } from "./scalar.ts";
import type { State } from "./state.ts";

export interface BitField {
  readonly width: number;
  /** The piece's first byte, from the place's offset (the declared unit's); and its bytes; 0: byte by byte. */
  readonly pieceAt: number;
  readonly piece: ScalarSize | 0;
  /** The field's lowest bit in the piece; byte by byte: from the place's offset. */
  readonly at: number;
}

/** How to get at the member of a structure whose address is a multiple of `align`. */
export function bitFieldOf(type: Type, member: Member, align: number): BitField {
  const bits = member.bits ?? { at: 0, width: 0 };
  return choose(member.offset, bits, sizeOf(member.type), align, roomAround(type, member));
}

/** The same for a field that is known by where it is in an object which nobody else can see yet. */
export function bitFieldAt(
  offset: number,
  bits: NonNullable<Member["bits"]>,
  type: Type,
  align: number,
  size: number,
): BitField {
  return choose(offset, bits, sizeOf(type), align, { from: 0, to: size });
}

function choose(
  offset: number,
  bits: NonNullable<Member["bits"]>,
  unit: number,
  align: number,
  room: { readonly from: number; readonly to: number },
): BitField {
  const first = offset * 8 + bits.at;
  const end = first + bits.width;
  for (const size of [unit, 1, 2, 4, 8] as ScalarSize[]) {
    const from = Math.floor(first / 8 / size) * size;
    if (size > align || end > (from + size) * 8) continue;
    if (from < room.from || from + size > room.to) continue;
    return {
      width: bits.width,
      pieceAt: from - offset,
      piece: size,
      at: first - from * 8,
    };
  }
  return { width: bits.width, pieceAt: 0, piece: 0, at: bits.at };
}

/** The bytes of the structure that belong to the bit-field and those next to it. */
function roomAround(type: Type, member: Member): { from: number; to: number } {
  if (type.kind !== "struct") return { from: 0, to: 0 };
  const { members = [], isUnion, size } = type.tag;
  if (isUnion) return { from: 0, to: size };
  const index = members.indexOf(member);
  let low = index;
  while (members[low - 1]?.bits !== undefined) low--;
  let high = index + 1;
  while (members[high]?.bits !== undefined) high++;
  const first = members[low] ?? member;
  const before = members[low - 1];
  return {
    from:
      before === undefined
        ? 0
        : Math.max(
            before.offset + sizeOf(before.type),
            Math.floor((first.offset * 8 + (first.bits?.at ?? 0)) / 8),
          ),
    to: members[high]?.offset ?? size,
  };
}

export function loadBits(s: State, place: Place, field: BitField): Operand {
  const { b } = s;
  const type = scalarOf(place.type);
  const { width, at, piece } = field;
  if (piece === 0) return extracted(s, loadBytes(s, place, field), U64, 0, field, type);
  const offset = place.offset + field.pieceAt;
  if (at === 0 && width === piece * 8 && piece === type.size)
    return b.load(type.load, type.width, place.address, offset, place.volatile);
  if (piece === 8) {
    const whole = b.load("64", "l", place.address, offset, place.volatile);
    return extracted(s, whole, U64, at, field, type);
  }
  const kind = piece === 4 ? "s32" : unsignedLoad(piece);
  const whole = b.load(kind, "w", place.address, offset, place.volatile);
  return extracted(s, whole, WORD, at, field, type);
}

/** The field's bits from `at`, as a value of its type. */
function extracted(
  s: State,
  whole: Operand,
  of: Scalar,
  at: number,
  { width }: BitField,
  type: Scalar,
): Operand {
  const { b } = s;
  const full = of.size * 8;
  let result = whole;
  const left = full - at - width;
  if (type.signed) {
    if (left > 0) result = b.binary("shl", of.width, result, constant(left));
    if (full > width) result = b.binary("sar", of.width, result, constant(full - width));
  } else {
    if (at > 0) result = b.binary("shr", of.width, result, constant(at));
    if (left > 0) result = b.binary("and", of.width, result, constant(mask(width, full)));
  }
  if (of.width === type.width) return result;
  if (of.width === "l") return b.unary("trunc", "w", result);
  // 32 unsigned bits in a w carry their sign's copies; fewer are what they are.
  return b.unary(!type.signed && width === 32 ? "zext32" : "sext32", "l", result);
}

/** So many ones, as a signed constant of `full` bits. */
function mask(width: number, full: number): bigint {
  return BigInt.asIntN(full, (1n << BigInt(width)) - 1n);
}

export function storeBits(s: State, place: Place, field: BitField, stored: Operand): void {
  const { b } = s;
  const type = scalarOf(place.type);
  const { width, at, piece } = field;
  if (piece === 0) {
    storeBytes(s, place, field, convertScalar(s, stored, type, U64));
    return;
  }
  const offset = place.offset + field.pieceAt;
  if (width === piece * 8) {
    const low = piece === 8 ? stored : withWidth(s, stored, WORD);
    b.store(piece, low, place.address, offset, place.volatile);
    return;
  }
  const of = piece === 8 ? U64 : WORD;
  const full = of.size * 8;
  const kind = piece === 8 ? "64" : piece === 4 ? "s32" : unsignedLoad(piece);
  let fresh = withWidth(s, stored, of);
  if (fresh.kind === "constant") {
    const bits = BigInt.asUintN(width, fresh.value) << BigInt(at);
    fresh = constant(BigInt.asIntN(full, bits));
  } else {
    if (at + width < full || at === 0)
      fresh = b.binary("and", of.width, fresh, constant(mask(width, full)));
    if (at > 0) fresh = b.binary("shl", of.width, fresh, constant(at));
  }
  const hole = BigInt.asIntN(full, ~(((1n << BigInt(width)) - 1n) << BigInt(at)));
  const old = b.load(kind, of.width, place.address, offset, place.volatile);
  const kept = b.binary("and", of.width, old, constant(hole));
  const isZero = fresh.kind === "constant" && fresh.value === 0n;
  const whole = isZero ? kept : b.binary("or", of.width, kept, fresh);
  b.store(piece, whole, place.address, offset, place.volatile);
}

/** A value in another width, of which only low bits matter. */
function withWidth(s: State, value: Operand, of: Scalar): Operand {
  if (value.kind === "constant") return constant(BigInt.asIntN(of.size * 8, value.value));
  if (value.kind !== "temp" || value.width === of.width) return value;
  return of.width === "l" ? s.b.unary("sext32", "l", value) : s.b.unary("trunc", "w", value);
}

/** What reading the field gives after this value of its type has been stored there. */
export function truncatedToField(s: State, place: Place, field: BitField, value: Operand): Operand {
  const type = scalarOf(place.type);
  const { width } = field;
  if (width >= type.size * 8 || type.bool) return value;
  if (value.kind === "constant") {
    const bits = type.signed
      ? BigInt.asIntN(width, value.value)
      : BigInt.asUintN(width, value.value);
    return constant(bits);
  }
  const full = type.width === "l" ? 64 : 32;
  if (!type.signed) return s.b.binary("and", type.width, value, constant(mask(width, full)));
  const high = s.b.binary("shl", type.width, value, constant(full - width));
  return s.b.binary("sar", type.width, high, constant(full - width));
}

/** The bytes that a packed field lies in, with its bits from 0 on. */
function loadBytes(s: State, place: Place, { at, width }: BitField): Operand {
  const { b } = s;
  let sum: Temp | undefined;
  const last = at + width - 1;
  for (let byte = at >> 3; byte <= last >> 3; byte++) {
    let part = b.load("u8", "l", place.address, place.offset + byte, place.volatile);
    const shift = byte * 8 - at;
    if (shift < 0) part = b.binary("shr", "l", part, constant(-shift));
    else if (shift > 0) part = b.binary("shl", "l", part, constant(shift));
    sum = sum === undefined ? part : b.binary("or", "l", sum, part);
  }
  if (sum === undefined) return constant(0);
  // The last byte's other bits are somebody else's.
  return width < 64 ? b.binary("and", "l", sum, constant(mask(width, 64))) : sum;
}

function storeBytes(s: State, place: Place, { at, width }: BitField, value: Operand): void {
  const { b } = s;
  const end = at + width;
  for (let byte = at >> 3; byte * 8 < end; byte++) {
    const low = Math.max(at - byte * 8, 0);
    const high = Math.min(end - byte * 8, 8);
    const ones = ((1 << (high - low)) - 1) << low;
    const shift = byte * 8 - at;
    let part: Operand = value;
    if (shift < 0) part = b.binary("shl", "l", part, constant(-shift));
    else if (shift > 0) part = b.binary("shr", "l", part, constant(shift));
    const offset = place.offset + byte;
    if (ones !== 0xff) {
      const old = b.load("u8", "l", place.address, offset, place.volatile);
      const kept = b.binary("and", "l", old, constant(0xff & ~ones));
      part = b.binary("or", "l", b.binary("and", "l", part, constant(ones)), kept);
    }
    b.store(1, part, place.address, offset, place.volatile);
  }
}
