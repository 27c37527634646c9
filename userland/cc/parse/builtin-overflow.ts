// __builtin_add_overflow and its kin: the exact result of two integers of any types, cut to a third type, and whether the
// cut lost something. The node that stays has operands of the result's type; other mixtures are computed in 64 bits where
// they are exact, else in two words (wide-overflow.ts), and compared.

import { integerOf, largest, smallest } from "../types/conversions.ts";
import { alignOf } from "../types/layout.ts";
import {
  BOOL,
  INT,
  LONG,
  LONG_LONG,
  pointerTo,
  UNSIGNED_INT,
  UNSIGNED_LONG,
  UNSIGNED_LONG_LONG,
  unqualified,
} from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { IntegerType } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { ArithmeticOperator, Expression } from "../tree/ast.ts";
import * as nodes from "../tree/nodes.ts";
import { poison } from "../tree/nodes.ts";
import { endOf } from "./state.ts";
import type { Parser } from "./state.ts";
import { wideOverflow } from "./wide-overflow.ts";

const FIXED: Readonly<Record<string, IntegerType>> = {
  s: INT,
  sl: LONG,
  sll: LONG_LONG,
  u: UNSIGNED_INT,
  ul: UNSIGNED_LONG,
  ull: UNSIGNED_LONG_LONG,
};

/** Undefined: it is another builtin. */
export function overflowCall(
  p: Parser,
  short: string,
  args: readonly Expression[],
  name: Token,
): Expression | undefined {
  const match = /^(?:([su])(add|sub|mul)(l{0,2})|(add|sub|mul))_overflow(_p)?$/.exec(short);
  if (match === null) return undefined;
  const loc = name.loc;
  const complain = (message: string) => {
    p.diagnostics.error(loc, message, { end: endOf(name) });
    return poison(loc);
  };
  const [first, second, target] = args;
  if (args.length !== 3 || first === undefined || second === undefined || target === undefined) {
    return complain(`'${name.text}' takes 3 arguments, have ${args.length}`);
  }
  const operation = match[2] ?? match[4];
  const onlyAsks = match[5] !== undefined;
  const fixed = match[1] === undefined ? undefined : FIXED[match[1] + (match[3] ?? "")];
  const result = integerOf(
    onlyAsks ? target.type : target.type.kind === "pointer" ? target.type.to : target.type,
  );
  if (!onlyAsks && target.type.kind !== "pointer") {
    return complain(
      `third argument to '${name.text}' must be a pointer to an integer, not ${quoted(target.type)}`,
    );
  }
  let left = first;
  let right = second;
  if (fixed !== undefined) {
    left = nodes.convert(left, fixed);
    right = nodes.convert(right, fixed);
  }
  const a = integerOf(left.type);
  const b = integerOf(right.type);
  if (a === undefined || b === undefined || result === undefined || result.name === "bool") {
    return complain(`arguments to '${name.text}' must be integers`);
  }
  const type = integerOf(unqualified(result)) ?? INT;
  let pointer = target;
  const temporaries = [];
  if (onlyAsks) {
    const place = nodes.temporary("result", type, undefined, alignOf(type), loc);
    temporaries.push(place);
    pointer = nodes.address(nodes.variable(place, loc), pointerTo(type), loc);
  }
  const fits = (inner: IntegerType, outer: IntegerType) =>
    smallest(inner) >= smallest(outer) && largest(inner) <= largest(outer);
  if (fits(a, type) && fits(b, type)) {
    const kind =
      operation === "add" ? "add-overflow" : operation === "sub" ? "sub-overflow" : "mul-overflow";
    const node = nodes.builtin(
      kind,
      [nodes.convert(left, type), nodes.convert(right, type), pointer],
      BOOL,
      loc,
    );
    return temporaries.length === 0 ? node : nodes.sequence(temporaries, [], node, loc);
  }
  if (a.size > 4 || b.size > 4) {
    const kind = operation === "add" || operation === "sub" ? operation : "mul";
    return wideOverflow({ operation: kind, left, right, pointer, type, temporaries, loc });
  }
  // Up to 32 bits each: sums and products are exact in 64 bits, unsigned when nothing can be negative.
  const wide = operation === "mul" && !a.signed && !b.signed ? UNSIGNED_LONG : LONG;
  const operator: ArithmeticOperator = operation === "add" ? "+" : operation === "sub" ? "-" : "*";
  const exact = nodes.temporary(
    "exact",
    wide,
    nodes.binary(operator, nodes.convert(left, wide), nodes.convert(right, wide), wide, loc),
    8,
    loc,
  );
  const whole = nodes.load(nodes.variable(exact, loc));
  const cut = nodes.convert(whole, type);
  const store = nodes.assign(nodes.dereference(pointer, type, loc), cut, loc);
  // A cut to the other sign of the same width keeps all bits: there the sign tells.
  const changed =
    type.size === 8
      ? type.signed === wide.signed
        ? nodes.integer(0n, INT, loc)
        : nodes.compare("<", nodes.convert(whole, LONG), nodes.integer(0n, LONG, loc), loc)
      : nodes.compare("!=", nodes.convert(cut, wide), whole, loc);
  return nodes.sequence(
    [...temporaries, exact],
    [{ kind: "expression", expression: store, loc }],
    nodes.convert(changed, BOOL),
    loc,
  );
}
