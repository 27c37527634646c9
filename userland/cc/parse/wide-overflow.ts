// __builtin_add_overflow and its kin where no type of 64 bits holds both operands and the result (GCC manual 6.56): the exact
// result is computed as two words, of which the upper one says only the sign and what a sum carries, and is then compared with
// what the result's type can hold.

import { LONG, pointerTo, UNSIGNED_LONG, BOOL, INT } from "../types/make.ts";
import type { IntegerType } from "../types/type.ts";
import type { Loc } from "../source/sources.ts";
import type { Expression, Statement, Variable } from "../tree/ast.ts";
import * as nodes from "../tree/nodes.ts";

export interface WideOverflow {
  readonly operation: "add" | "sub" | "mul";
  readonly left: Expression;
  readonly right: Expression;
  /** Where the result goes, cut to `type`. */
  readonly pointer: Expression;
  readonly type: IntegerType;
  readonly temporaries: readonly Variable[];
  readonly loc: Loc;
}

/** Whether something was lost, as a statement expression that stores the result. */
export function wideOverflow(work: WideOverflow): Expression {
  const { operation, pointer, type, loc } = work;
  const variables: Variable[] = [...work.temporaries];
  const keep = (value: Expression, of: IntegerType): Expression => {
    const variable = nodes.temporary("wide", of, nodes.convert(value, of), 8, loc);
    variables.push(variable);
    return nodes.load(nodes.variable(variable, loc));
  };
  const integer = (value: bigint, of: IntegerType) => nodes.integer(value, of, loc);
  /** -1 or 0 from a truth. */
  const mask = (truth: Expression) => nodes.negate("-", nodes.convert(truth, LONG), LONG, loc);
  const binary = (
    operator: "+" | "-" | "^" | "&" | "|" | ">>",
    a: Expression,
    b: Expression,
    of: IntegerType,
  ) => nodes.binary(operator, nodes.convert(a, of), nodes.convert(b, of), of, loc);

  const words = (operand: Expression) => {
    const low = keep(operand, UNSIGNED_LONG);
    const signed = operand.type.kind === "integer" && operand.type.signed;
    const isNegative = nodes.compare("<", nodes.convert(low, LONG), integer(0n, LONG), loc);
    return { low, high: signed ? keep(mask(isNegative), LONG) : integer(0n, LONG) };
  };
  const a = words(work.left);
  const b = words(work.right);
  let low: Expression;
  let high: Expression;
  let isBeyond: Expression = integer(0n, INT);
  if (operation === "mul") {
    const magnitude = ({ low: word, high: sign }: typeof a) =>
      binary("-", binary("^", word, sign, UNSIGNED_LONG), sign, UNSIGNED_LONG);
    const product = nodes.temporary("product", UNSIGNED_LONG, undefined, 8, loc);
    variables.push(product);
    const place = nodes.variable(product, loc);
    const address = nodes.address(place, pointerTo(UNSIGNED_LONG), loc);
    isBeyond = keep(
      nodes.builtin("mul-overflow", [magnitude(a), magnitude(b), address], BOOL, loc),
      INT,
    );
    const sign = keep(binary("^", a.high, b.high, LONG), LONG);
    const isSome = nodes.compare("!=", nodes.load(place), integer(0n, UNSIGNED_LONG), loc);
    low = keep(
      binary("-", binary("^", nodes.load(place), sign, UNSIGNED_LONG), sign, UNSIGNED_LONG),
      UNSIGNED_LONG,
    );
    high = keep(binary("&", sign, mask(isSome), LONG), LONG);
  } else {
    const operator = operation === "add" ? "+" : "-";
    low = keep(binary(operator, a.low, b.low, UNSIGNED_LONG), UNSIGNED_LONG);
    const carry =
      operation === "add"
        ? nodes.compare("<", low, a.low, loc)
        : nodes.compare("<", a.low, b.low, loc);
    high = keep(binary(operator, binary(operator, a.high, b.high, LONG), carry, LONG), LONG);
  }
  const cut = nodes.convert(low, type);
  const store: Statement = {
    kind: "expression",
    expression: nodes.assign(nodes.dereference(pointer, type, loc), cut, loc),
    loc,
  };
  const sign = type.signed
    ? binary(">>", nodes.convert(low, LONG), integer(63n, LONG), LONG)
    : integer(0n, LONG);
  const differs = binary(
    "|",
    nodes.compare("!=", high, sign, loc),
    nodes.compare("!=", nodes.convert(cut, UNSIGNED_LONG), low, loc),
    INT,
  );
  return nodes.sequence(
    variables,
    [store],
    nodes.convert(binary("|", isBeyond, differs, INT), BOOL),
    loc,
  );
}
