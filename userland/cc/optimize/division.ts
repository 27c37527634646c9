// Division by constants without dividing, where it takes few instructions: powers of two by shifts; other divisors of 32-bit
// values by the upper part of a 64-bit product with a rounded-up reciprocal (Granlund and Montgomery, 1994).

import type { BinaryOperator, Operand, Width } from "../ir/ir.ts";
import { unsignedBits } from "./bits.ts";
import { constantOf, ZERO } from "./operands.ts";
import { exponentOf, type Maker } from "./maker.ts";

export function divide(
  m: Maker,
  operator: BinaryOperator,
  width: Width,
  left: Operand,
  divisor: bigint,
): Operand | undefined {
  const size = width === "w" ? 32 : 64;
  if (divisor === 0n) return undefined;
  const known = unsignedBits(m.bits, left);
  const isSigned = operator === "div" || operator === "rem";
  // What is not negative divides in the same way either way.
  if (isSigned && known < 64 && divisor > 0n)
    return m.binary(operator === "div" ? "udiv" : "urem", width, left, constantOf(divisor, width));
  const wantsRest = operator === "rem" || operator === "urem";
  if (divisor === 1n) return wantsRest ? ZERO : left;
  if (isSigned) {
    if (divisor === -1n) return wantsRest ? ZERO : m.binary("sub", width, ZERO, left);
    const exponent = exponentOf(divisor);
    if (exponent > 0) return signedByPower(m, wantsRest, width, left, exponent);
    if (width === "w") return signedByProduct(m, wantsRest, left, divisor);
    return undefined;
  }
  const exponent = exponentOf(BigInt.asUintN(size, divisor));
  if (exponent >= 0) {
    return wantsRest
      ? m.binary("and", width, left, constantOf(divisor - 1n, width))
      : m.binary("shr", width, left, constantOf(BigInt(exponent), "w"));
  }
  if (width === "w" && divisor > 0n) return unsignedByProduct(m, wantsRest, left, divisor, known);
  return undefined;
}

/** Rounding towards zero: 2^k − 1 is added to what is negative. */
function signedByPower(
  m: Maker,
  wantsRest: boolean,
  width: Width,
  left: Operand,
  exponent: number,
): Operand {
  const size = width === "w" ? 32 : 64;
  const amount = (value: number): Operand => constantOf(BigInt(value), "w");
  const sign = exponent === 1 ? left : m.binary("sar", width, left, amount(size - 1));
  const bias = m.binary("shr", width, sign, amount(size - exponent));
  const sum = m.binary("add", width, left, bias);
  if (!wantsRest) return m.binary("sar", width, sum, amount(exponent));
  const low = m.binary("and", width, sum, constantOf((1n << BigInt(exponent)) - 1n, width));
  return m.binary("sub", width, low, bias);
}

/** The quotient's remainder: left − quotient · divisor. */
function restOf(m: Maker, left: Operand, quotient: Operand, divisor: bigint): Operand {
  return m.binary("sub", "w", left, m.binary("mul", "w", quotient, constantOf(divisor, "w")));
}

/**
 * With 2^e/d rounded up, e = 31 + ⌈log2 d⌉, products of 31 bits are too high by less than 1/d; the factor has 32 bits, so
 * that the product fits into 63.
 */
function signedByProduct(m: Maker, wantsRest: boolean, left: Operand, divisor: bigint): Operand {
  const positive = divisor < 0n ? -divisor : divisor;
  const shift = 31n + BigInt((positive - 1n).toString(2).length);
  const factor = (1n << shift) / positive + 1n;
  const wide = m.unary("sext32", "l", left);
  const product = m.binary("mul", "l", wide, constantOf(factor, "l"));
  const high = m.unary("trunc", "w", m.binary("sar", "l", product, constantOf(shift, "w")));
  // What is below zero was rounded down and has to go up by one.
  const sign = m.binary("sar", "w", left, constantOf(31n, "w"));
  const quotient =
    divisor < 0n ? m.binary("sub", "w", sign, high) : m.binary("sub", "w", high, sign);
  return wantsRest ? restOf(m, left, quotient, divisor) : quotient;
}

/** The factor may need one bit more than fits beside the value's; then it is divided after all. */
function unsignedByProduct(
  m: Maker,
  wantsRest: boolean,
  left: Operand,
  divisor: bigint,
  known: number,
): Operand | undefined {
  const bits = BigInt(Math.min(known, 32));
  const range = 1n << bits;
  const length = BigInt((divisor - 1n).toString(2).length);
  for (let shift = bits; shift <= bits + length; shift++) {
    const power = 1n << shift;
    const factor = (power + divisor - 1n) / divisor;
    // The factor is too high by excess/divisor, which must not add up to a step at the greatest value.
    const excess = factor * divisor - power;
    if (excess * (range - 1n) >= power) continue;
    if (factor * (range - 1n) >= 1n << 64n) return undefined;
    const wide = m.unary("zext32", "l", left);
    const product = m.binary("mul", "l", wide, constantOf(factor, "l"));
    const quotient = m.unary("trunc", "w", m.binary("shr", "l", product, constantOf(shift, "w")));
    return wantsRest ? restOf(m, left, quotient, divisor) : quotient;
  }
  return undefined;
}
