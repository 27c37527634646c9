// Objects of _Atomic types (C11 6.2.6.1p9, 6.5.16.2p3, 6.5.2.4p2): assignment, compound assignment and ++ are single
// read-modify-write operations. Where the machine has the operation it is a builtin, otherwise a loop of compare-exchange.

import { integerOf } from "../types/conversions.ts";
import { alignOf } from "../types/layout.ts";
import { BOOL, LONG, INT, pointerTo, unqualified, VOID } from "../types/make.ts";
import type { IntegerType, Type } from "../types/type.ts";
import type { Loc } from "../source/sources.ts";
import type { ArithmeticOperator, BuiltinName, Expression, Variable } from "../tree/ast.ts";
import * as nodes from "../tree/nodes.ts";
import { atomicAddress } from "./value.ts";

function read(variable: Variable, loc: Loc): Expression {
  return nodes.load(nodes.variable(variable, loc));
}

/** ({ new = value; store(&place, new); new; }) */
export function atomicAssign(place: Expression, value: Expression, loc: Loc): Expression {
  const type = unqualified(place.type);
  const fresh = nodes.temporary("new", type, value, alignOf(type), loc);
  const store = nodes.builtin("atomic-store", [atomicAddress(place), read(fresh, loc)], VOID, loc);
  return nodes.sequence(
    [fresh],
    [{ kind: "expression", expression: store, loc }],
    read(fresh, loc),
    loc,
  );
}

const DIRECT: Readonly<
  Partial<Record<ArithmeticOperator, [after: BuiltinName, before: BuiltinName]>>
> = {
  "+": ["atomic-add-fetch", "atomic-fetch-add"],
  "-": ["atomic-sub-fetch", "atomic-fetch-sub"],
  "&": ["atomic-and-fetch", "atomic-fetch-and"],
  "|": ["atomic-or-fetch", "atomic-fetch-or"],
  "^": ["atomic-xor-fetch", "atomic-fetch-xor"],
};

/** place op= value. A pointer's value counts elements of so many bytes. */
export function atomicCompound(
  operator: ArithmeticOperator,
  place: Expression,
  value: Expression,
  computed: Type,
  element: number,
  loc: Loc,
): Expression {
  const type = unqualified(place.type);
  const direct = DIRECT[operator];
  if (direct !== undefined && integerOf(type)?.name !== "bool") {
    let amount = value;
    if (type.kind === "pointer") {
      const size = nodes.integer(BigInt(element), LONG, loc);
      amount = nodes.binary("*", value, size, LONG, loc);
    } else amount = nodes.convert(value, type);
    return nodes.builtin(direct[0], [atomicAddress(place), amount], type, loc);
  }
  const integer = integerOf(computed);
  if (integer === undefined) return nodes.poison(loc);
  return exchangeLoop(operator, place, value, integer, false, loc);
}

/** place += delta, the value before or after it. */
export function atomicIncrement(
  place: Expression,
  delta: number,
  isPostfix: boolean,
  loc: Loc,
): Expression {
  const type = unqualified(place.type);
  const integer = integerOf(type);
  if (integer?.name === "bool") {
    const one = nodes.integer(1n, INT, loc);
    return exchangeLoop(delta > 0 ? "+" : "-", place, one, INT, isPostfix, loc);
  }
  const amount = nodes.integer(BigInt(Math.abs(delta)), integer ?? LONG, loc);
  const names = DIRECT[delta > 0 ? "+" : "-"];
  if (names === undefined) return nodes.poison(loc);
  return nodes.builtin(names[isPostfix ? 1 : 0], [atomicAddress(place), amount], type, loc);
}

/** __atomic_fetch_nand and its kin: *pointer = ~(*pointer & value), the value before or after it. */
export function atomicNand(
  pointer: Expression,
  type: Type,
  value: Expression,
  wantsOld: boolean,
  loc: Loc,
): Expression {
  const integer = integerOf(type);
  if (integer === undefined) return nodes.poison(loc);
  return exchangeLoop("nand", nodes.dereference(pointer, type, loc), value, integer, wantsOld, loc);
}

/**
 * ({ at = &place; by = value; old = load(at); new;
 *    do new = old op by; while (!compare_exchange(at, &old, new)); result; })
 */
function exchangeLoop(
  operator: ArithmeticOperator | "nand",
  place: Expression,
  value: Expression,
  computed: IntegerType,
  wantsOld: boolean,
  loc: Loc,
): Expression {
  const type = unqualified(place.type);
  const pointer = pointerTo(type);
  const at = nodes.temporary("at", pointer, atomicAddress(place), 8, loc);
  const by = nodes.temporary("by", value.type, value, alignOf(value.type), loc);
  const before = nodes.builtin("atomic-load", [read(at, loc)], type, loc);
  const old = nodes.temporary("old", type, before, alignOf(type), loc);
  const fresh = nodes.temporary("new", type, undefined, alignOf(type), loc);
  const combined = nodes.binary(
    operator === "nand" ? "&" : operator,
    nodes.convert(read(old, loc), computed),
    read(by, loc),
    computed,
    loc,
  );
  const result = operator === "nand" ? nodes.negate("~", combined, computed, loc) : combined;
  const compute = nodes.assign(nodes.variable(fresh, loc), nodes.convert(result, type), loc);
  const exchanged = nodes.builtin(
    "atomic-compare-exchange",
    [read(at, loc), nodes.address(nodes.variable(old, loc), pointer, loc), read(fresh, loc)],
    BOOL,
    loc,
  );
  return nodes.sequence(
    [at, by, old, fresh],
    [
      {
        kind: "do",
        body: { kind: "expression", expression: compute, loc },
        condition: nodes.not(exchanged, loc),
        loc,
      },
    ],
    read(wantsOld ? old : fresh, loc),
    loc,
  );
}
