// What the rules of simplify.ts and division.ts make instructions with.

import type {
  BinaryOperator,
  Condition,
  Instruction,
  Operand,
  UnaryOperator,
  Width,
} from "../ir/ir.ts";
import type { Bits } from "./bits.ts";

/** What rules work with. */
export interface Maker {
  readonly bits: Bits;
  /** What defines the operand, if it is a temporary whose definition has been simplified. */
  definition(operand: Operand): Instruction | undefined;
  binary(operator: BinaryOperator, width: Width, left: Operand, right: Operand): Operand;
  unary(operator: UnaryOperator, width: Width, value: Operand): Operand;
  compare(condition: Condition, width: Width, left: Operand, right: Operand): Operand;
}

/** k of 2^k; −1: it is no power of two. */
export function exponentOf(value: bigint): number {
  if (value <= 0n || (value & (value - 1n)) !== 0n) return -1;
  let exponent = 0;
  for (let rest = value; rest > 1n; rest >>= 1n) exponent++;
  return exponent;
}

/** Temporaries stand left of addresses, and these left of constants. */
export function rank(operand: Operand): number {
  return operand.kind === "temp" ? 0 : operand.kind === "constant" ? 2 : 1;
}
