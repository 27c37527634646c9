// What operators mean for operands of their types (C11 6.5.3 to 6.5.16): conversions of the operands, types of the results.

import { compatibleUnqualified } from "../types/compatible.ts";
import { integerOf, isInteger, isScalar, largest, smallest, usual } from "../types/conversions.ts";
import { isComplete, sizeOf } from "../types/layout.ts";
import { BOOL, LONG, INT, pointerTo, unqualified, VOID, VOID_POINTER } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import { ATOMIC, VOLATILE } from "../types/type.ts";
import type { IntegerType, PointerType, Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc } from "../source/sources.ts";
import type { ArithmeticOperator, Comparison, Expression } from "./ast.ts";
import { assignable, ASSIGNING, commonPointer } from "./assignable.ts";
import { atomicAssign, atomicCompound, atomicIncrement } from "./atomic-object.ts";
import { isTruth } from "./doubts.ts";
import { exact } from "./fold.ts";
import { isModifiable } from "./modifiable.ts";
import * as nodes from "./nodes.ts";
import { isNullConstant, isPoisoned, poison } from "./nodes.ts";
import type { Parser } from "./state.ts";
import { promote, promotedType, valueOf } from "./value.ts";
import type { Span } from "./value.ts";

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

function arithmeticOperator(text: string): ArithmeticOperator {
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

function invalid(p: Parser, loc: Loc, left: Expression, right: Expression, span: Span): Expression {
  p.diagnostics.error(
    loc,
    `invalid operands to binary expression (${quoted(left.type)} and ${quoted(right.type)})`,
    {
      end: span.end,
      notes:
        isText(left) && isText(right)
          ? [{ loc, message: "texts are not joined by '+'; strcat of <string.h> joins them" }]
          : [],
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

function warnOfShift(p: Parser, count: Expression, type: IntegerType, loc: Loc): void {
  if (count.kind !== "integer" || isBesideThePoint(p)) return;
  if (count.value < 0n) {
    p.diagnostics.warning("shift-count-negative", loc, "shift count is negative");
  } else if (count.value >= BigInt(type.size * 8)) {
    p.diagnostics.warning("shift-count-overflow", loc, "shift count >= width of type");
  }
}

function warnOfConstants(
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
    if (!type.signed && (a.signed || b.signed)) warnOfSigns(p, left, right, a, loc, span);
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
  left: Expression,
  right: Expression,
  a: IntegerType,
  loc: Loc,
  span: Span,
): void {
  const signed = a.signed ? left : right;
  if (signed.kind === "integer" && signed.value >= 0n) return;
  if (left.kind === "integer" && right.kind === "integer") return;
  // A narrow unsigned type has become an int, and a truth is one, but neither is ever negative.
  if (integerOf(signed.type)?.signed === false || isTruth(signed)) return;
  p.diagnostics.warning(
    "sign-compare",
    loc,
    `comparison of integers of different signs: ${quoted(left.type)} and ${quoted(right.type)}`,
    { end: span.end },
  );
}

/** 6.5.15, the condition being a value already. */
export function conditional(
  p: Parser,
  condition: Expression,
  then: Expression | undefined,
  otherwise: Expression,
  loc: Loc,
  span: Span,
): Expression {
  const first = then ?? condition;
  if (isPoisoned(condition) || isPoisoned(first) || isPoisoned(otherwise)) return poison(loc);
  if (!isScalar(condition.type)) {
    p.diagnostics.error(
      condition.loc,
      `used type ${quoted(condition.type)} where a condition is required`,
    );
    return poison(loc);
  }
  const type = conditionalType(p, first, otherwise, loc, span);
  if (type === undefined) return poison(loc);
  const no = nodes.convert(otherwise, type);
  const yes = then === undefined ? undefined : nodes.convert(then, type);
  if (condition.kind === "integer") {
    const chosen = condition.value === 0n ? no : (yes ?? nodes.convert(condition, type));
    if (chosen.kind === "integer" && (yes ?? no).kind === "integer" && no.kind === "integer") {
      return chosen;
    }
  }
  // oxlint-disable-next-line unicorn/no-thenable -- an expression, which nobody awaits
  return { kind: "conditional", condition, then: yes, else: no, type, loc };
}

function conditionalType(
  p: Parser,
  left: Expression,
  right: Expression,
  loc: Loc,
  span: Span,
): Type | undefined {
  const a = integerOf(promotedType(left));
  const b = integerOf(promotedType(right));
  if (a !== undefined && b !== undefined) return usual(a, b);
  const l = left.type;
  const r = right.type;
  if (l.kind === "void" || r.kind === "void") return VOID;
  if (l.kind === "struct" && r.kind === "struct" && l.tag === r.tag) return l;
  if (l.kind === "pointer" && r.kind === "pointer") {
    if (isNullConstant(left)) return r;
    if (isNullConstant(right)) return l;
    const common = commonPointer(l, r);
    if (common !== undefined) return common;
    p.diagnostics.warning(
      "pointer-type-mismatch",
      loc,
      `pointer type mismatch (${quoted(l)} and ${quoted(r)})`,
      { end: span.end },
    );
    return VOID_POINTER;
  }
  if (l.kind === "pointer" && isNullConstant(right)) return l;
  if (r.kind === "pointer" && isNullConstant(left)) return r;
  if ((l.kind === "pointer" && b !== undefined) || (r.kind === "pointer" && a !== undefined)) {
    p.diagnostics.error(
      loc,
      `pointer/integer type mismatch in conditional expression (${quoted(l)} and ${quoted(r)})`,
      { end: span.end },
    );
    return undefined;
  }
  p.diagnostics.error(loc, `incompatible operand types (${quoted(l)} and ${quoted(r)})`, {
    end: span.end,
  });
  return undefined;
}

/** place = value */
export function assignment(
  p: Parser,
  place: Expression,
  value: Expression,
  loc: Loc,
  span: Span,
): Expression {
  p.changes++;
  const converted = assignable(p, value, place.type, ASSIGNING, span);
  warnOfSelf(p, place, value, loc);
  if (isPoisoned(converted)) return converted;
  if (place.type.qualifiers & ATOMIC && isScalar(place.type))
    return atomicAssign(place, converted, loc);
  warnOfChangedBits(p, place, value, span);
  return nodes.assign(place, converted, loc);
}

/** A constant that a bit-field has no room for. */
function warnOfChangedBits(p: Parser, place: Expression, value: Expression, span: Span): void {
  if (place.kind !== "member" || place.member.bits === undefined || value.kind !== "integer")
    return;
  const type = integerOf(place.type);
  if (type === undefined || type.name === "bool") return;
  const width = place.member.bits.width;
  // -1 for an unsigned field is meant.
  if (value.value >= -(1n << BigInt(width - 1)) && value.value < 1n << BigInt(width)) return;
  const kept = type.signed ? BigInt.asIntN(width, value.value) : BigInt.asUintN(width, value.value);
  p.diagnostics.warning(
    "bitfield-constant-conversion",
    span.loc,
    `a bit-field of ${width} bits changes the value from ${value.value} to ${kept}`,
    { end: span.end },
  );
}

function warnOfSelf(p: Parser, place: Expression, value: Expression, loc: Loc): void {
  if (place.kind !== "variable" || value.kind !== "load" || p.diagnostics.expansions.has(loc))
    return;
  if (value.place.kind !== "variable" || value.place.variable !== place.variable) return;
  if (place.type.qualifiers & (ATOMIC | VOLATILE)) return;
  p.diagnostics.warning(
    "self-assign",
    loc,
    `explicitly assigning value of variable of type ${quoted(place.type)} to itself`,
  );
}

/** place op= value */
export function compoundAssignment(
  p: Parser,
  token: Token,
  place: Expression,
  value: Expression,
  span: Span,
): Expression {
  const operator = arithmeticOperator(token.text.slice(0, -1));
  const loc = token.loc;
  if (isPoisoned(place) || isPoisoned(value)) return poison(loc);
  p.changes++;
  // Reading it here is what tells of a variable without a value.
  const current = valueOf(p, place);
  const isAtomic = (place.type.qualifiers & ATOMIC) !== 0;
  const type = unqualified(place.type);
  if (place.type.kind === "pointer") {
    if ((operator !== "+" && operator !== "-") || !isInteger(value.type)) {
      return invalid(p, loc, current, value, span);
    }
    const element = stepOf(p, place.type, loc);
    const count = nodes.convert(value, LONG);
    if (isAtomic) return atomicCompound(operator, place, count, type, element, loc);
    return {
      kind: "compound-assign",
      operator,
      place,
      value: count,
      computed: type,
      element,
      type,
      loc,
    };
  }
  const a = integerOf(
    place.kind === "member" && place.member.bits !== undefined
      ? promotedType(nodes.load(place))
      : promotedType(current),
  );
  const b = integerOf(promotedType(value));
  if (a === undefined || b === undefined) return invalid(p, loc, current, value, span);
  const isShift = operator === "<<" || operator === ">>";
  const computed = isShift ? a : usual(a, b);
  const right = nodes.convert(value, isShift ? b : computed);
  if (isShift) warnOfShift(p, right, a, loc);
  else if (right.kind === "integer") warnOfConstants(p, operator, current, right, computed, loc);
  if (isAtomic) return atomicCompound(operator, place, right, computed, 1, loc);
  return {
    kind: "compound-assign",
    operator,
    place,
    value: right,
    computed,
    element: 1,
    type,
    loc,
  };
}

/** ++ and --, before or behind. */
export function increment(
  p: Parser,
  place: Expression,
  sign: 1 | -1,
  isPostfix: boolean,
  loc: Loc,
  span: Span,
): Expression {
  if (!isPoisoned(place) && !isScalar(place.type)) {
    p.diagnostics.error(
      loc,
      `cannot ${sign > 0 ? "increment" : "decrement"} value of type ${quoted(place.type)}`,
      { end: span.end },
    );
    return poison(loc);
  }
  if (!isModifiable(p, place, span)) return poison(loc);
  p.changes++;
  valueOf(p, place);
  const type = unqualified(place.type);
  const step = place.type.kind === "pointer" ? stepOf(p, place.type, loc) : 1;
  if (place.type.qualifiers & ATOMIC) return atomicIncrement(place, sign * step, isPostfix, loc);
  if (integerOf(type)?.name === BOOL.name) {
    p.diagnostics.warning(
      "bool-operation",
      loc,
      `${sign > 0 ? "increment" : "decrement"} of a boolean`,
      { end: loc + 2 },
    );
    return incrementBool(place, sign, isPostfix, loc);
  }
  return { kind: "increment", place, delta: sign * step, isPostfix, type, loc };
}

/** A _Bool is converted, not only incremented: ++ makes it 1. */
function incrementBool(place: Expression, sign: 1 | -1, isPostfix: boolean, loc: Loc): Expression {
  const step = (at: Expression): Expression => ({
    kind: "compound-assign",
    operator: sign > 0 ? "+" : "-",
    place: at,
    value: nodes.integer(1n, INT, loc),
    computed: INT,
    element: 1,
    type: BOOL,
    loc,
  });
  if (!isPostfix) return step(place);
  // A bit-field has no address, but what it is in has one.
  const field = place.kind === "member" && place.member.bits !== undefined ? place : undefined;
  const addressed = field === undefined ? place : field.of;
  const pointer = pointerTo(addressed.type);
  const at = nodes.temporary("at", pointer, nodes.address(addressed, pointer, loc), 8, loc);
  const target = nodes.dereference(nodes.load(nodes.variable(at, loc)), addressed.type, loc);
  const there = field === undefined ? target : nodes.member(target, field.member, field.type, loc);
  const old = nodes.temporary("old", BOOL, nodes.load(there), 1, loc);
  return nodes.sequence(
    [at, old],
    [{ kind: "expression", expression: step(there), loc }],
    nodes.load(nodes.variable(old, loc)),
    loc,
  );
}
