// Makes nodes of expressions, and folds those whose operands are constants: a constant expression of integers is one
// "integer" node, however it was written.

import { integerOf, wrap } from "../types/conversions.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import { INT, POISON, unqualified, VOID, LONG } from "../types/make.ts";
import type { Loc } from "../source/sources.ts";
import type { FunctionType, IntegerType, Member, Type } from "../types/type.ts";
import type {
  ArithmeticOperator,
  BuiltinName,
  Comparison,
  Expression,
  Statement,
  Variable,
} from "./ast.ts";
import { foldBinary, foldCompare } from "./fold.ts";

export function integer(value: bigint, type: Type, loc: Loc): Expression {
  return { kind: "integer", value, type, loc };
}

/** Stands for what was wrong and has been reported. */
export function poison(loc: Loc): Expression {
  return { kind: "integer", value: 0n, type: POISON, loc };
}

/** Whether something about it has been reported already. */
export function isPoisoned(e: Expression): boolean {
  return e.type === POISON;
}

export function variable(variable: Variable, loc: Loc): Expression {
  return { kind: "variable", variable, type: variable.type, loc };
}

export function load(place: Expression): Expression {
  return { kind: "load", place, type: unqualified(place.type), loc: place.loc };
}

export function dereference(pointer: Expression, to: Type, loc: Loc): Expression {
  // *&place
  if (pointer.kind === "address" && pointer.of.type === to) return pointer.of;
  return { kind: "dereference", pointer, type: to, loc };
}

/** &place, as a pointer of that type. */
export function address(of: Expression, type: Type, loc: Loc): Expression {
  if (of.kind === "dereference") return convert(of.pointer, type, loc);
  return { kind: "address", of, type, loc };
}

export function member(of: Expression, member: Member, type: Type, loc: Loc): Expression {
  return { kind: "member", of, member, type, loc };
}

/** 6.3: to another integer, pointer or void type; what has the type already stays as it is. */
export function convert(e: Expression, to: Type, loc: Loc = e.loc): Expression {
  const from = e.type;
  if (from === to) return e;
  if (e.kind === "integer") {
    if (to.kind === "pointer") return integer(BigInt.asUintN(64, e.value), unqualified(to), loc);
    const type = integerOf(to);
    if (type !== undefined) return integer(wrap(e.value, type), unqualified(to), loc);
  }
  if (to.kind === "integer" && from.kind === "integer") {
    if (to.name === from.name && to.bits === from.bits) return e;
  }
  if (to.kind === "struct" && from.kind === "struct") return e;
  if (to.kind === "void" && from.kind === "void") return e;
  if (to.kind === "pointer" && from.kind === "pointer" && compatibleUnqualified(to, from)) return e;
  return { kind: "convert", value: e, type: unqualified(to), loc };
}

/** Both sides have the type already (a shift's right side its own). */
export function binary(
  operator: ArithmeticOperator,
  left: Expression,
  right: Expression,
  type: IntegerType,
  loc: Loc,
): Expression {
  if (left.kind === "integer" && right.kind === "integer") {
    const value = foldBinary(operator, left.value, right.value, type);
    if (value !== undefined) return integer(value, type, loc);
  }
  return { kind: "binary", operator, left, right, type, loc };
}

export function compare(
  operator: Comparison,
  left: Expression,
  right: Expression,
  loc: Loc,
): Expression {
  if (left.kind === "integer" && right.kind === "integer") {
    return integer(foldCompare(operator, left.value, right.value) ? 1n : 0n, INT, loc);
  }
  return { kind: "compare", operator, left, right, type: INT, loc };
}

export function logical(
  operator: "&&" | "||",
  left: Expression,
  right: Expression,
  loc: Loc,
): Expression {
  if (left.kind === "integer") {
    const isTrue = left.value !== 0n;
    if (isTrue === (operator === "||")) return integer(isTrue ? 1n : 0n, INT, loc);
    if (right.kind === "integer") return integer(right.value === 0n ? 0n : 1n, INT, loc);
  }
  return { kind: "logical", operator, left, right, type: INT, loc };
}

export function not(value: Expression, loc: Loc): Expression {
  if (value.kind === "integer") return integer(value.value === 0n ? 1n : 0n, INT, loc);
  return { kind: "unary", operator: "!", value, type: INT, loc };
}

export function negate(
  operator: "-" | "~",
  value: Expression,
  type: IntegerType,
  loc: Loc,
): Expression {
  if (value.kind === "integer") {
    return integer(wrap(operator === "-" ? -value.value : ~value.value, type), type, loc);
  }
  return { kind: "unary", operator, value, type, loc };
}

export function pointerAdd(
  pointer: Expression,
  index: Expression,
  element: number,
  negative: boolean,
  loc: Loc,
): Expression {
  const wide = integerOf(index.type)?.size === 8 ? index : convert(index, LONG);
  return {
    kind: "pointer-add",
    pointer,
    index: wide,
    negative,
    element,
    type: pointer.type,
    loc,
  };
}

export function comma(left: Expression, right: Expression, loc: Loc): Expression {
  return { kind: "comma", left, right, type: right.type, loc };
}

export function assign(place: Expression, value: Expression, loc: Loc): Expression {
  return { kind: "assign", place, value, type: unqualified(place.type), loc };
}

export function builtin(
  name: BuiltinName,
  args: readonly Expression[],
  type: Type,
  loc: Loc,
): Expression {
  return { kind: "builtin", name, arguments: args, type, loc };
}

export function call(
  callee: Expression,
  signature: FunctionType,
  args: readonly Expression[],
  loc: Loc,
): Expression {
  return {
    kind: "call",
    function: callee,
    signature,
    arguments: args,
    type: unqualified(signature.returns),
    loc,
  };
}

/** An automatic variable that the program does not name. */
export function temporary(
  name: string,
  type: Type,
  value: Expression | undefined,
  align: number,
  loc: Loc,
): Variable {
  return {
    kind: "variable",
    name,
    type,
    linkage: "none",
    isStatic: false,
    isParameter: false,
    symbol: undefined,
    isDefined: true,
    init:
      value === undefined ? undefined : { entries: [{ offset: 0, bits: undefined, type, value }] },
    align,
    register: undefined,
    threadLocal: false,
    attributes: {},
    loc,
  };
}

/** ({ temporaries; statements; result; }) */
export function sequence(
  temporaries: readonly Variable[],
  statements: readonly Statement[],
  result: Expression | undefined,
  loc: Loc,
): Expression {
  const all: Statement[] = [{ kind: "declaration", variables: temporaries, loc }, ...statements];
  return {
    kind: "statement-expression",
    body: { kind: "compound", statements: all, loc, end: loc },
    result,
    type: result?.type ?? VOID,
    loc,
  };
}

/** 6.3.2.3p3 */
export function isNullConstant(e: Expression): boolean {
  return (
    e.kind === "integer" &&
    e.value === 0n &&
    e.type !== POISON &&
    (e.type.kind !== "pointer" || (e.type.to.kind === "void" && e.type.to.qualifiers === 0))
  );
}

export function isLvalue(e: Expression): boolean {
  switch (e.kind) {
    case "variable":
    case "string":
    case "dereference":
    case "compound-literal":
      return true;
    case "member":
      return isLvalue(e.of);
    default:
      return false;
  }
}

/** The variable that a place lies in; undefined when a pointer leads there. */
export function rootOf(place: Expression): Variable | undefined {
  let at = place;
  while (at.kind === "member") at = at.of;
  return at.kind === "variable" || at.kind === "compound-literal" ? at.variable : undefined;
}
