// Counting bits and swapping bytes without Zbb: ones are counted in pairs, fours and bytes, whose sum a multiplication puts into the
// highest byte; zeros at either end become ones to be counted.

import { constant } from "../ir/build.ts";
import type { Operand, Temp, Width } from "../ir/ir.ts";
import type { State } from "./state.ts";

function bitsOf(width: Width): number {
  return width === "l" ? 64 : 32;
}

/** A byte all over the word, as a signed constant. */
function everywhere(byte: bigint, width: Width): Operand {
  let all = 0n;
  for (let at = 0; at < bitsOf(width); at += 8) all |= byte << BigInt(at);
  return constant(BigInt.asIntN(bitsOf(width), all));
}

/** The result is a w, whatever has been counted. */
function asInt(s: State, count: Temp): Temp {
  return count.width === "l" ? s.b.unary("trunc", "w", count) : count;
}

export function countOnes(s: State, x: Operand, width: Width): Operand {
  const { b } = s;
  const odd = b.binary(
    "and",
    width,
    b.binary("shr", width, x, constant(1)),
    everywhere(0x55n, width),
  );
  const pairs = b.binary("sub", width, x, odd);
  const low = b.binary("and", width, pairs, everywhere(0x33n, width));
  const above = b.binary("shr", width, pairs, constant(2));
  const high = b.binary("and", width, above, everywhere(0x33n, width));
  const fours = b.binary("add", width, low, high);
  const sum = b.binary("add", width, fours, b.binary("shr", width, fours, constant(4)));
  const bytes = b.binary("and", width, sum, everywhere(0x0fn, width));
  const total = b.binary("mul", width, bytes, everywhere(1n, width));
  return asInt(s, b.binary("shr", width, total, constant(bitsOf(width) - 8)));
}

export function countLeadingZeros(s: State, x: Operand, width: Width): Operand {
  const { b } = s;
  // Everything below the highest one becomes ones; what remains zero is above it.
  let smeared = x;
  for (let shift = 1; shift < bitsOf(width); shift *= 2)
    smeared = b.binary("or", width, smeared, b.binary("shr", width, smeared, constant(shift)));
  return countOnes(s, b.binary("xor", width, smeared, constant(-1)), width);
}

export function countTrailingZeros(s: State, x: Operand, width: Width): Operand {
  const { b } = s;
  // ~x & (x - 1) has ones just where zeros end the word.
  const below = b.binary("add", width, x, constant(-1));
  const inverted = b.binary("xor", width, x, constant(-1));
  return countOnes(s, b.binary("and", width, below, inverted), width);
}

/** One more than the number of the lowest one; 0 of 0. */
export function findFirstSet(s: State, x: Operand, width: Width): Operand {
  const { b } = s;
  const upTo = b.binary("xor", width, x, b.binary("add", width, x, constant(-1)));
  const count = countOnes(s, upTo, width);
  const isSet = b.compare("ne", width, x, constant(0));
  return b.binary("and", "w", count, b.binary("sub", "w", constant(0), isSet));
}

export function byteSwap(s: State, x: Operand, size: number): Operand {
  const { b } = s;
  const width: Width = size === 8 ? "l" : "w";
  const bits = size * 8;
  let result: Temp | undefined;
  for (let at = 0; at < size; at++) {
    // The byte from `at` goes to the other end.
    const distance = bits - 8 - 16 * at;
    const mask = BigInt.asIntN(bitsOf(width), 0xffn << BigInt(bits - 8 - 8 * at));
    let part: Temp;
    if (distance > 0) part = b.binary("shl", width, x, constant(distance));
    else part = b.binary("shr", width, x, constant(-distance));
    // At the ends the shift has left nothing else.
    const isAlone = (at === 0 || at === size - 1) && size >= 4;
    if (!isAlone) part = b.binary("and", width, part, constant(mask));
    result = result === undefined ? part : b.binary("or", width, result, part);
  }
  return result ?? x;
}
