// What operators make of constants, as RISC-V computes: two's complement, division by zero gives −1 and the dividend.

import type { BinaryOperator, Condition, UnaryOperator, Width } from "../ir/ir.ts";

/** The result is in the signed range of the width; so must the operands be. */
export function evaluateBinary(
  operator: BinaryOperator,
  width: Width,
  left: bigint,
  right: bigint,
): bigint {
  const bits = width === "w" ? 32 : 64;
  return BigInt.asIntN(bits, exactBinary(operator, bits, left, right));
}

function exactBinary(operator: BinaryOperator, bits: number, left: bigint, right: bigint): bigint {
  const unsigned = (value: bigint): bigint => BigInt.asUintN(bits, value);
  const amount = right & BigInt(bits - 1);
  switch (operator) {
    case "add":
      return left + right;
    case "sub":
      return left - right;
    case "mul":
      return left * right;
    case "div":
      return right === 0n ? -1n : left / right;
    case "udiv":
      return right === 0n ? -1n : unsigned(left) / unsigned(right);
    case "rem":
      return right === 0n ? left : left % right;
    case "urem":
      return right === 0n ? left : unsigned(left) % unsigned(right);
    case "and":
      return left & right;
    case "or":
      return left | right;
    case "xor":
      return left ^ right;
    case "shl":
      return left << amount;
    case "shr":
      return unsigned(left) >> amount;
    case "sar":
      return left >> amount;
  }
}

export function evaluateUnary(operator: UnaryOperator, value: bigint): bigint {
  switch (operator) {
    case "copy":
      return value;
    case "sext8":
      return BigInt.asIntN(8, value);
    case "sext16":
      return BigInt.asIntN(16, value);
    case "sext32":
    case "trunc":
      return BigInt.asIntN(32, value);
    case "zext8":
      return BigInt.asUintN(8, value);
    case "zext16":
      return BigInt.asUintN(16, value);
    case "zext32":
      return BigInt.asUintN(32, value);
  }
}

export function evaluateCompare(condition: Condition, left: bigint, right: bigint): boolean {
  switch (condition) {
    case "eq":
      return left === right;
    case "ne":
      return left !== right;
    case "lt":
      return left < right;
    case "le":
      return left <= right;
    case "gt":
      return left > right;
    case "ge":
      return left >= right;
    // Of both widths: the sign's copies above do not change the order.
    case "ltu":
      return BigInt.asUintN(64, left) < BigInt.asUintN(64, right);
    case "leu":
      return BigInt.asUintN(64, left) <= BigInt.asUintN(64, right);
    case "gtu":
      return BigInt.asUintN(64, left) > BigInt.asUintN(64, right);
    case "geu":
      return BigInt.asUintN(64, left) >= BigInt.asUintN(64, right);
  }
}

/** What holds when the condition does not. */
export const INVERSES: Record<Condition, Condition> = {
  eq: "ne",
  ne: "eq",
  lt: "ge",
  ge: "lt",
  gt: "le",
  le: "gt",
  ltu: "geu",
  geu: "ltu",
  gtu: "leu",
  leu: "gtu",
};

/** The same with the operands the other way round. */
export const MIRRORED: Record<Condition, Condition> = {
  eq: "eq",
  ne: "ne",
  lt: "gt",
  gt: "lt",
  le: "ge",
  ge: "le",
  ltu: "gtu",
  gtu: "ltu",
  leu: "geu",
  geu: "leu",
};
