// =, the compound assignments, ++ and -- (C11 6.5.2.4, 6.5.3.1, 6.5.16).

import * as nodes from "../tree/nodes.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc, Span } from "../source/sources.ts";
import { integerOf, isInteger, isScalar, usual } from "../types/conversions.ts";
import { BOOL, INT, LONG, pointerTo, unqualified } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import { ATOMIC, VOLATILE } from "../types/type.ts";
import { ASSIGNING, assignable } from "./assignable.ts";
import type { Expression } from "../tree/ast.ts";
import { atomicAssign, atomicCompound, atomicIncrement } from "./atomic-object.ts";
import { isModifiable } from "./modifiable.ts";
import { isPoisoned, poison } from "../tree/nodes.ts";
import { arithmeticOperator, invalid, stepOf, warnOfConstants, warnOfShift } from "./operators.ts";
import type { Parser } from "./state.ts";
import { valueOf } from "./value.ts";
import { promotedType } from "../tree/promotion.ts";

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
