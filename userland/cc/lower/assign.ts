// Assignment, compound assignment, ++ and -- (C11 6.5.16, 6.5.2.4, 6.5.3.1). The value comes before the place: a compound
// assignment's read and write then have no call between them.

import { constant } from "../ir/build.ts";
import type { Operand } from "../ir/ir.ts";
import type { Expression } from "../tree/ast.ts";
import { INT } from "../types/make.ts";
import { aggregateInto } from "./aggregate.ts";
import { truncatedToField } from "./bit-field.ts";
import { convertScalar } from "./convert.ts";
import { arithmetic, scaled } from "./arithmetic.ts";
import { loadPlace, placeOf, storePlace, type Place } from "./place.ts";
import { scalarOf } from "./scalar.ts";
import type { State } from "./state.ts";

/** `isAsked`: somebody wants the place's new value. */
export function assign(
  s: State,
  e: Extract<Expression, { kind: "assign" }>,
  isAsked: boolean,
): Operand {
  if (e.type.kind === "struct") {
    aggregateInto(s, e.value, placeOf(s, e.place), false);
    return constant(0);
  }
  const stored = s.rules.value(s, e.value);
  const place = placeOf(s, e.place);
  s.b.loc = e.loc;
  storePlace(s, place, stored);
  return isAsked ? valueAfter(s, place, stored) : constant(0);
}

/** What the place holds after it has got a value of its type; it is not read again, as it may be volatile. */
function valueAfter(s: State, place: Place, stored: Operand): Operand {
  return place.bits === undefined ? stored : truncatedToField(s, place, place.bits, stored);
}

export function compoundAssign(
  s: State,
  e: Extract<Expression, { kind: "compound-assign" }>,
  isAsked: boolean,
): Operand {
  const right = s.rules.value(s, e.value);
  const place = placeOf(s, e.place);
  s.b.loc = e.loc;
  const type = scalarOf(place.type);
  const old = loadPlace(s, place);
  let stored: Operand;
  if (e.computed.kind === "pointer") {
    const bytes = scaled(s, right, e.element);
    stored = s.b.binary(e.operator === "-" ? "sub" : "add", "l", old, bytes);
  } else {
    const computed = scalarOf(e.computed);
    const left = convertScalar(s, old, type, computed);
    const result = arithmetic(s, e.operator, computed, left, right, scalarOf(e.value.type));
    stored = convertScalar(s, result, computed, type);
  }
  storePlace(s, place, stored);
  return isAsked ? valueAfter(s, place, stored) : constant(0);
}

export function increment(
  s: State,
  e: Extract<Expression, { kind: "increment" }>,
  isAsked: boolean,
): Operand {
  const place = placeOf(s, e.place);
  s.b.loc = e.loc;
  const type = scalarOf(place.type);
  const old = loadPlace(s, place);
  // What is narrower than an int is added as an int, and converted back.
  const wide = type.width === "w" ? scalarOf(INT) : type;
  const sum = s.b.binary("add", type.width, old, constant(e.delta));
  const stored = type.size >= 4 ? sum : convertScalar(s, sum, wide, type);
  storePlace(s, place, stored);
  if (!isAsked) return constant(0);
  return e.isPostfix ? old : valueAfter(s, place, stored);
}
