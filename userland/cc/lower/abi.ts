// How values travel between functions (RISC-V psABI, "Integer Calling Convention" for lp64). The IR's arguments are scalars,
// one register or eight bytes of the stack each, in order: what is split between a7 and the stack splits by itself here.

import { constant } from "../ir/build.ts";
import type { Argument, Operand, Temp } from "../ir/ir.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import type { Type } from "../types/type.ts";
import { addOffset, commonAlign, objectSlot, plainPlace, type Place } from "./place.ts";
import { unsignedLoad, type ScalarSize } from "./scalar.ts";
import type { State } from "./state.ts";

/** Bytes that two registers hold; what is larger goes by reference. */
export const MOST_IN_REGISTERS = 16;
const ARGUMENT_REGISTERS = 8;

/**
 * How many arguments without meaning come before one of such a type, when `used` have been: unnamed ones that are aligned to
 * 16 bytes begin in an even register, and on the stack all such are aligned.
 */
export function paddingBefore(type: Type, used: number, isNamed: boolean): number {
  if (type.kind !== "struct" || used % 2 === 0) return 0;
  const size = sizeOf(type);
  if (size === 0 || size > MOST_IN_REGISTERS || alignOf(type) < 16) return 0;
  if (isNamed) return used >= ARGUMENT_REGISTERS ? 1 : 0;
  return 1;
}

/** How many words a structure takes: 0, 1 or 2; undefined: it goes by reference. */
export function wordsOf(type: Type): number | undefined {
  const size = sizeOf(type);
  return size > MOST_IN_REGISTERS ? undefined : Math.ceil(size / 8);
}

/** The structure at the place as one or two registers. */
export function loadWords(s: State, place: Place): Argument[] {
  const size = sizeOf(place.type);
  const words: Argument[] = [];
  for (let at = 0; at < size; at += 8)
    words.push({ value: loadWord(s, place, at, Math.min(8, size - at)), width: "l" });
  return words;
}

/** What the object's address is known to be a multiple of: of a slot more than its type asks for. */
function alignOfPlace({ address, offset, align }: Place): number {
  if (address.kind !== "slot") return Math.min(align, 8);
  return Math.min(Math.max(align, commonAlign(address.slot.align, address.offset + offset)), 8);
}

/** Whether eight bytes can be read at once there, though the object may be shorter. */
function isWholeWord({ address, offset, volatile }: Place, at: number): boolean {
  if (address.kind !== "slot" || address.slot.align < 8 || volatile) return false;
  const from = address.offset + offset + at;
  return from >= 0 && from % 8 === 0 && from + 8 <= address.slot.size;
}

/** The largest piece that is aligned and no longer than what is left. */
function pieceFor(align: number, left: number): ScalarSize {
  if (align >= 8 && left >= 8) return 8;
  if (align >= 4 && left >= 4) return 4;
  return align >= 2 && left >= 2 ? 2 : 1;
}

const MOST_PIECES = 4;

function loadWord(s: State, place: Place, at: number, bytes: number): Operand {
  const { b } = s;
  const from = place.offset + at;
  const align = alignOfPlace(place);
  if (isWholeWord(place, at)) return b.load("64", "l", place.address, from);
  if (!place.volatile && Math.ceil(bytes / align) > MOST_PIECES) {
    // Byte by byte into the frame and back as a whole is shorter than shifting them together.
    const copy = objectSlot(s, place.type, 8);
    b.copyMemory(copy, addOffset(s, place.address, place.offset), sizeOf(place.type), place.align);
    return loadWord(s, plainPlace(copy, 0, place.type), at, bytes);
  }
  let sum: Temp | undefined;
  for (let done = 0; done < bytes;) {
    const size = pieceFor(align, bytes - done);
    let part = b.load(unsignedLoad(size), "l", place.address, from + done, place.volatile);
    if (done > 0) part = b.binary("shl", "l", part, constant(done * 8));
    sum = sum === undefined ? part : b.binary("or", "l", sum, part);
    done += size;
  }
  return sum ?? constant(0);
}

/** Puts one or two registers into the structure at the place. */
export function storeWords(s: State, place: Place, words: readonly Operand[]): void {
  const { b } = s;
  const size = sizeOf(place.type);
  for (const [index, word] of words.entries()) {
    const at = index * 8;
    const bytes = Math.min(8, size - at);
    const align = alignOfPlace(place);
    for (let done = 0; done < bytes;) {
      const piece = pieceFor(align, bytes - done);
      const part = done === 0 ? word : b.binary("shr", "l", word, constant(done * 8));
      b.store(piece, part, place.address, place.offset + at + done, place.volatile);
      done += piece;
    }
  }
}

/** What va_arg gives from the list, as a place: of what is larger than two registers there is the address. */
export function variadicArgument(s: State, list: Place, type: Type): Place {
  const { b } = s;
  const size = sizeOf(type);
  let at: Operand = b.load("64", "l", list.address, list.offset);
  const byReference = type.kind === "struct" && size > MOST_IN_REGISTERS;
  if (!byReference && size > 0 && alignOf(type) >= 16) {
    const up = b.binary("add", "l", at, constant(15));
    at = b.binary("and", "l", up, constant(-16));
  }
  const taken = byReference ? 8 : Math.ceil(size / 8) * 8;
  if (taken > 0) b.store(8, addOffset(s, at, taken), list.address, list.offset);
  if (byReference) return plainPlace(b.load("64", "l", at), 0, type);
  return plainPlace(at, 0, type, Math.max(alignOf(type), 8));
}
