// What operators mean for operands of their types (C11 6.5.5 to 6.5.14): conversions of the operands, types of the results.

import * as nodes from "../tree/nodes.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc, Span } from "../source/sources.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import { integerOf, isInteger, isScalar, largest, smallest, usual } from "../types/conversions.ts";
import { isComplete, sizeOf } from "../types/layout.ts";
import { LONG, VOID_POINTER, unqualified } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { IntegerType, PointerType } from "../types/type.ts";
import { commonPointer } from "./assignable.ts";
import type { ArithmeticOperator, Comparison, Expression } from "../tree/ast.ts";
import { exact } from "../tree/fold.ts";
import { isNullConstant, isPoisoned, poison } from "../tree/nodes.ts";
import type { Parser } from "./state.ts";
import { promote, promotedType } from "../tree/promotion.ts";
import { bitsOf } from "./value-width.ts";

/** A binary operator without assignment, of values. */
export function binaryOperation(
  p: Parser,
  token: Token,
  left: Expression,
  right: Expression,
  span: Span,
): Expression {
  const operator = token.text;
  const loc = token.loc;
  if (isPoisoned(left) || isPoisoned(right)) return poison(loc);
  switch (operator) {
    case "&&":
    case "||":
      if (!isScalar(left.type) || !isScalar(right.type)) return invalid(p, loc, left, right, span);
      return nodes.logical(operator, left, right, loc);
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return comparison(p, operator, left, right, loc, span);
    case "+":
      if (left.type.kind === "pointer" && isInteger(right.type)) {
        return addToPointer(p, left, right, false, loc);
      }
      if (right.type.kind === "pointer" && isInteger(left.type)) {
        return addToPointer(p, right, left, false, loc);
      }
      break;
    case "-":
      if (left.type.kind === "pointer") {
        if (isInteger(right.type)) return addToPointer(p, left, right, true, loc);
        if (right.type.kind === "pointer") return difference(p, left, right, loc, span);
      }
      break;
    default:
      break;
  }
  return arithmetic(p, arithmeticOperator(operator), left, right, loc, span);
}

export function arithmeticOperator(text: string): ArithmeticOperator {
  switch (text) {
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "<<":
    case ">>":
    case "&":
    case "|":
      return text;
    default:
      return "^";
  }
}

function hintsOf(p: Parser, loc: Loc, left: Expression, right: Expression) {
  if (!isText(left)) return [];
  if (isText(right))
    return [{ loc, message: "texts are not joined by '+'; strcat of <string.h> joins them" }];
  // scanf("%d" &n)
  const file = p.sources.fileOf(loc);
  return file?.text[loc - file.base] === "&"
    ? [{ loc, message: "a ',' may be missing before it" }]
    : [];
}

export function invalid(
  p: Parser,
  loc: Loc,
  left: Expression,
  right: Expression,
  span: Span,
): Expression {
  p.diagnostics.error(
    loc,
    `invalid operands to binary expression (${quoted(left.type)} and ${quoted(right.type)})`,
    {
      end: span.end,
      notes: hintsOf(p, loc, left, right),
    },
  );
  return poison(loc);
}

function isText({ type }: Expression): boolean {
  return type.kind === "pointer" && integerOf(type.to)?.name === "char";
}

function arithmetic(
  p: Parser,
  operator: ArithmeticOperator,
  left: Expression,
  right: Expression,
  loc: Loc,
  span: Span,
): Expression {
  const a = integerOf(promotedType(left));
  const b = integerOf(promotedType(right));
  if (a === undefined || b === undefined) return invalid(p, loc, left, right, span);
  if (operator === "<<" || operator === ">>") {
    const value = nodes.convert(left, a);
    const count = nodes.convert(right, b);
    warnOfShift(p, count, a, loc);
    if (operator === "<<" && value.kind === "integer" && value.value < 0n && !isBesideThePoint(p)) {
      p.diagnostics.warning(
        "shift-negative-value",
        loc,
        "shifting a negative value to the left is undefined",
      );
    }
    return nodes.binary(operator, value, count, a, loc);
  }
  const type = usual(a, b);
  const l = nodes.convert(left, type);
  const r = nodes.convert(right, type);
  warnOfConstants(p, operator, l, r, type, loc);
  return nodes.binary(operator, l, r, type, loc);
}

/** Where nothing is computed. */
function isBesideThePoint(p: Parser): boolean {
  return p.unevaluated > 0 || p.unreached > 0;
}

export function warnOfShift(p: Parser, count: Expression, type: IntegerType, loc: Loc): void {
  if (count.kind !== "integer" || isBesideThePoint(p)) return;
  if (count.value < 0n) {
    p.diagnostics.warning("shift-count-negative", loc, "shift count is negative");
  } else if (count.value >= BigInt(type.size * 8)) {
    p.diagnostics.warning("shift-count-overflow", loc, "shift count >= width of type");
  }
}

export function warnOfConstants(
  p: Parser,
  operator: ArithmeticOperator,
  left: Expression,
  right: Expression,
  type: IntegerType,
  loc: Loc,
): void {
  if (right.kind !== "integer" || isBesideThePoint(p)) return;
  if ((operator === "/" || operator === "%") && right.value === 0n) {
    p.diagnostics.warning(
      "division-by-zero",
      loc,
      operator === "/" ? "division by zero is undefined" : "remainder by zero is undefined",
    );
    return;
  }
  if (left.kind !== "integer" || !type.signed) return;
  const value = exact(operator, left.value, right.value, type);
  if (value === undefined || (value >= smallest(type) && value <= largest(type))) return;
  p.diagnostics.warning(
    "integer-overflow",
    loc,
    `overflow in expression; the result is ${BigInt.asIntN(type.size * 8, value)} with type ${quoted(type)}`,
  );
}

/** Bytes of what a pointer steps over; void and functions count as GNU's single byte. */
export function stepOf(p: Parser, type: PointerType, loc: Loc): number {
  if (type.to.kind === "void" || type.to.kind === "function") {
    p.diagnostics.warning(
      "pointer-arith",
      loc,
      `arithmetic on a pointer to ${quoted(type.to)} is an extension of GNU C`,
    );
    return 1;
  }
  if (!isComplete(type.to)) {
    p.diagnostics.error(loc, `arithmetic on a pointer to the incomplete type ${quoted(type.to)}`);
    return 1;
  }
  return sizeOf(type.to);
}

export function addToPointer(
  p: Parser,
  pointer: Expression,
  index: Expression,
  negative: boolean,
  loc: Loc,
): Expression {
  if (pointer.type.kind !== "pointer") return poison(loc);
  return nodes.pointerAdd(pointer, promote(index), stepOf(p, pointer.type, loc), negative, loc);
}

function difference(
  p: Parser,
  left: Expression,
  right: Expression,
  loc: Loc,
  span: Span,
): Expression {
  if (left.type.kind !== "pointer" || right.type.kind !== "pointer") return poison(loc);
  if (!compatibleUnqualified(unqualified(left.type.to), unqualified(right.type.to))) {
    p.diagnostics.error(
      loc,
      `${quoted(left.type)} and ${quoted(right.type)} are not pointers to compatible types`,
      { end: span.end },
    );
    return poison(loc);
  }
  const element = stepOf(p, left.type, loc);
  if (element === 0) {
    p.diagnostics.error(loc, "difference of pointers to elements without a size");
    return poison(loc);
  }
  return { kind: "pointer-difference", left, right, element, type: LONG, loc };
}

function comparison(
  p: Parser,
  operator: Comparison,
  left: Expression,
  right: Expression,
  loc: Loc,
  span: Span,
): Expression {
  const a = integerOf(promotedType(left));
  const b = integerOf(promotedType(right));
  if (a !== undefined && b !== undefined) {
    const type = usual(a, b);
    // Where the common type has room for both nothing changes its value.
    if (!type.signed && (a.signed || b.signed)) warnOfSigns(p, operator, left, right, a, loc, span);
    return nodes.compare(operator, nodes.convert(left, type), nodes.convert(right, type), loc);
  }
  if (left.type.kind === "pointer" && right.type.kind === "pointer") {
    let common: PointerType | undefined;
    if (isNullConstant(left)) common = right.type;
    else if (isNullConstant(right)) common = left.type;
    else common = commonPointer(left.type, right.type);
    if (common === undefined) {
      p.diagnostics.warning(
        "compare-distinct-pointer-types",
        loc,
        `comparison of distinct pointer types (${quoted(left.type)} and ${quoted(right.type)})`,
        { end: span.end },
      );
      common = VOID_POINTER;
    }
    return nodes.compare(operator, nodes.convert(left, common), nodes.convert(right, common), loc);
  }
  const pointer = left.type.kind === "pointer" ? left : right;
  const other = pointer === left ? right : left;
  if (pointer.type.kind !== "pointer" || !isInteger(other.type)) {
    return invalid(p, loc, left, right, span);
  }
  if (!isNullConstant(other)) {
    p.diagnostics.warning(
      "pointer-integer-compare",
      loc,
      `comparison between pointer and integer (${quoted(left.type)} and ${quoted(right.type)})`,
      { end: span.end },
    );
  }
  const type = pointer.type;
  return nodes.compare(operator, nodes.convert(left, type), nodes.convert(right, type), loc);
}

/** Off unless it is asked for (-Wsign-compare). `a` is the left side's type as it is computed with. */
function warnOfSigns(
  p: Parser,
  operator: Comparison,
  left: Expression,
  right: Expression,
  a: IntegerType,
  loc: Loc,
  span: Span,
): void {
  if (left.kind === "integer" && right.kind === "integer") return;
  const [signed, unsigned] = a.signed ? [left, right] : [right, left];
  if (bitsOf(signed) !== undefined) return;
  // No negative number becomes one that is as small as that.
  const isEquality = operator === "==" || operator === "!=";
  if (isEquality && (bitsOf(unsigned) ?? Infinity) < sizeOf(signed.type) * 8) return;
  p.diagnostics.warning(
    "sign-compare",
    loc,
    `comparison of integers of different signs: ${quoted(left.type)} and ${quoted(right.type)}`,
    { end: span.end },
  );
}
