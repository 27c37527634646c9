// Arithmetic on constants, with the values that the program would get at run time.

import { widthOf, wrap } from "../types/conversions.ts";
import type { IntegerType } from "../types/type.ts";
import type { ArithmeticOperator, Comparison } from "./ast.ts";

/** The exact result, before it is cut to a type's width; undefined where C gives none. */
export function exact(
  operator: ArithmeticOperator,
  left: bigint,
  right: bigint,
  type: IntegerType,
): bigint | undefined {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0n ? undefined : left / right;
    case "%":
      return right === 0n ? undefined : left % right;
    case "<<":
      return right < 0n || right >= BigInt(widthOf(type)) ? undefined : left << right;
    case ">>":
      return right < 0n || right >= BigInt(widthOf(type)) ? undefined : left >> right;
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
  }
}

/** Both values are in the range of the type, but for a shift's right one. */
export function foldBinary(
  operator: ArithmeticOperator,
  left: bigint,
  right: bigint,
  type: IntegerType,
): bigint | undefined {
  const value = exact(operator, left, right, type);
  return value === undefined ? undefined : wrap(value, type);
}

export function foldCompare(operator: Comparison, left: bigint, right: bigint): boolean {
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}
