// Constant expressions (C11 6.6): integers, and addresses of static objects and functions plus bytes. Constants of integers
// alone have been folded when their nodes were made (nodes.ts); here is what else a static initialiser may hold.

import { integerOf, wrap } from "../types/conversions.ts";
import type { Type } from "../types/type.ts";
import type { Expression, FunctionSymbol, Label, Variable } from "./ast.ts";
import { foldBinary, foldCompare } from "./fold.ts";

export type StringExpression = Extract<Expression, { kind: "string" }>;
/** A label is the one without a `kind`. */
export type ConstantSymbol = Variable | FunctionSymbol | StringExpression | Label;

export interface ConstantValue {
  /** The value, in the range of the expression's type; with a symbol the bytes to add to its address. */
  readonly value: bigint;
  readonly symbol: ConstantSymbol | undefined;
  /** `&&b - &&a`: the label whose address is taken away. The distance is a number that the assembler knows. */
  readonly minus?: Label;
}

/** What the expression is worth if that is known before the program runs. */
export function evaluate(e: Expression): ConstantValue | undefined {
  switch (e.kind) {
    case "integer":
      return plain(e.value);
    case "convert": {
      const inner = evaluate(e.value);
      return inner === undefined ? undefined : converted(inner, e.type);
    }
    case "address":
      return evaluatePlace(e.of);
    case "label-address":
      return { value: 0n, symbol: e.label };
    case "unary": {
      const inner = evaluate(e.value);
      if (inner === undefined) return undefined;
      if (inner.symbol !== undefined) {
        return e.operator === "!" && isNeverNull(inner) ? plain(0n) : undefined;
      }
      if (e.operator === "!") return plain(inner.value === 0n ? 1n : 0n);
      return fit(e.operator === "-" ? -inner.value : ~inner.value, e.type);
    }
    case "binary":
      return evaluateBinary(e);
    case "compare": {
      const left = evaluate(e.left);
      if (left === undefined) return undefined;
      const right = evaluate(e.right);
      if (right === undefined) return undefined;
      if (left.minus !== undefined || right.minus !== undefined) return undefined;
      if (left.symbol === right.symbol) {
        return plain(foldCompare(e.operator, left.value, right.value) ? 1n : 0n);
      }
      const address = left.symbol === undefined ? right : left;
      const other = left.symbol === undefined ? left : right;
      if (other.symbol !== undefined || other.value !== 0n || !isNeverNull(address))
        return undefined;
      if (e.operator === "==") return plain(0n);
      return e.operator === "!=" ? plain(1n) : undefined;
    }
    case "pointer-add": {
      const pointer = evaluate(e.pointer);
      if (pointer === undefined) return undefined;
      const index = evaluate(e.index);
      if (index === undefined || index.symbol !== undefined) return undefined;
      const bytes = index.value * BigInt(e.element);
      const value = pointer.value + (e.negative ? -bytes : bytes);
      return pointer.symbol === undefined
        ? plain(BigInt.asUintN(64, value))
        : { value: BigInt.asIntN(64, value), symbol: pointer.symbol };
    }
    case "pointer-difference": {
      const left = evaluate(e.left);
      if (left === undefined) return undefined;
      const right = evaluate(e.right);
      if (right === undefined || e.element === 0) return undefined;
      if (left.minus !== undefined || right.minus !== undefined) return undefined;
      if (left.symbol !== right.symbol) {
        const distance = left.value - right.value;
        return isLabel(left.symbol) && isLabel(right.symbol) && e.element === 1
          ? { value: distance, symbol: left.symbol, minus: right.symbol }
          : undefined;
      }
      return plain((left.value - right.value) / BigInt(e.element));
    }
    case "logical": {
      const left = truth(evaluate(e.left));
      if (left === undefined) return undefined;
      if (left === (e.operator === "||")) return plain(left ? 1n : 0n);
      const right = truth(evaluate(e.right));
      return right === undefined ? undefined : plain(right ? 1n : 0n);
    }
    case "conditional": {
      const condition = evaluate(e.condition);
      const chosen = truth(condition);
      if (condition === undefined || chosen === undefined) return undefined;
      if (!chosen) return evaluate(e.else);
      return e.then === undefined ? converted(condition, e.type) : evaluate(e.then);
    }
    default:
      return undefined;
  }
}

/** The address of an lvalue or a function. */
function evaluatePlace(e: Expression): ConstantValue | undefined {
  switch (e.kind) {
    case "variable":
    case "compound-literal":
      return e.variable.isStatic && !e.variable.threadLocal
        ? { value: 0n, symbol: e.variable }
        : undefined;
    case "function":
      return { value: 0n, symbol: e.function };
    case "string":
      return { value: 0n, symbol: e };
    case "dereference":
      return evaluate(e.pointer);
    case "member": {
      const of = evaluatePlace(e.of);
      if (of === undefined) return undefined;
      return { value: of.value + BigInt(e.member.offset), symbol: of.symbol };
    }
    default:
      return undefined;
  }
}

function evaluateBinary(e: Extract<Expression, { kind: "binary" }>): ConstantValue | undefined {
  const left = evaluate(e.left);
  if (left === undefined) return undefined;
  const right = evaluate(e.right);
  if (right === undefined) return undefined;
  const type = integerOf(e.type);
  if (type === undefined) return undefined;
  if (left.symbol === undefined && right.symbol === undefined) {
    const value = foldBinary(e.operator, left.value, right.value, type);
    return value === undefined ? undefined : plain(value);
  }
  // Addresses that went through an integer of 64 bits.
  if (type.size !== 8 || left.minus !== undefined || right.minus !== undefined) return undefined;
  if (e.operator === "+" && (left.symbol === undefined || right.symbol === undefined)) {
    return {
      value: BigInt.asIntN(64, left.value + right.value),
      symbol: left.symbol ?? right.symbol,
    };
  }
  if (e.operator === "-" && right.symbol === undefined) {
    return { value: BigInt.asIntN(64, left.value - right.value), symbol: left.symbol };
  }
  if (e.operator === "-" && left.symbol === right.symbol)
    return fit(left.value - right.value, type);
  return undefined;
}

function isLabel(symbol: ConstantSymbol | undefined): symbol is Label {
  return symbol !== undefined && !("kind" in symbol);
}

function plain(value: bigint): ConstantValue {
  return { value, symbol: undefined };
}

function fit(value: bigint, type: Type): ConstantValue | undefined {
  const integer = integerOf(type);
  return integer === undefined ? undefined : plain(wrap(value, integer));
}

function converted(from: ConstantValue, type: Type): ConstantValue | undefined {
  if (type.kind === "pointer") {
    return from.symbol === undefined ? plain(BigInt.asUintN(64, from.value)) : from;
  }
  const integer = integerOf(type);
  if (integer === undefined) return undefined;
  if (from.symbol === undefined) return plain(wrap(from.value, integer));
  if (from.minus !== undefined) return integer.name === "bool" ? undefined : from;
  if (integer.name === "bool") return isNeverNull(from) ? plain(1n) : undefined;
  return integer.size === 8 ? from : undefined;
}

/** Only a weak symbol's address may be null. */
function isNeverNull({ symbol, minus }: ConstantValue): boolean {
  if (symbol === undefined || minus !== undefined) return false;
  if (!("kind" in symbol) || symbol.kind === "string") return true;
  return symbol.attributes.weak !== true;
}

function truth(value: ConstantValue | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (value.symbol !== undefined) return isNeverNull(value) ? true : undefined;
  return value.value !== 0n;
}
