// Warnings about sizeof (C11 6.5.3.4) of what is a pointer where an array was meant: parameters that look like arrays, the
// number of elements, the bytes that memset and its kin get.

import { sizeOf, isComplete } from "../types/layout.ts";
import { quoted } from "../types/name.ts";
import type { Type } from "../types/type.ts";
import type { Loc, Span } from "../source/sources.ts";
import type { Expression, Variable } from "../tree/ast.ts";
import type { Sides } from "./doubts.ts";
import type { Parser } from "./state.ts";

/** A sizeof that has been read: what it was of, and the index of the token behind it. */
export interface SizeOperand {
  readonly type: Type;
  readonly variable: Variable | undefined;
  readonly end: number;
}

/** Of sizeof's operand, which the parser has just read; `at` is the index of the keyword. */
export function noteSizeof(
  p: Parser,
  at: number,
  type: Type,
  variable: Variable | undefined,
  loc: Loc,
  end: Loc,
): void {
  p.sizes.set(at, { type, variable, end: p.at });
  if (variable === undefined || !p.arrayParameters.has(variable)) return;
  p.diagnostics.warning(
    "sizeof-array-argument",
    loc,
    `'sizeof' of the array parameter '${variable.name}' is the size of a pointer (${quoted(type)})`,
    {
      end,
      notes: [{ loc: variable.loc, message: "its length has to be passed by another parameter" }],
    },
  );
}

/** sizeof a / sizeof b */
export function warnOfElementCount(p: Parser, loc: Loc, { start, operator, end }: Sides): void {
  const whole = p.sizes.get(start);
  const part = p.sizes.get(operator + 1);
  if (whole?.end !== operator || part?.end !== end) return;
  const { type } = whole;
  if (!isComplete(part.type)) return;
  const size = sizeOf(part.type);
  if (type.kind === "pointer") {
    if (whole.variable !== undefined && p.arrayParameters.has(whole.variable)) return;
    if (!isComplete(type.to) || sizeOf(type.to) !== size || part.type.kind === "pointer") return;
    p.diagnostics.warning(
      "sizeof-pointer-div",
      loc,
      `this is the size of a pointer (${quoted(type)}) divided, not the number of an array's elements`,
    );
  } else if (type.kind === "array") {
    if (size === 1) return;
    for (let of: Type = type.of; ; of = of.of) {
      if (sizeOf(of) === size) return;
      if (of.kind !== "array") break;
    }
    p.diagnostics.warning(
      "sizeof-array-div",
      loc,
      `this is not the number of the array's elements: they are ${quoted(type.of)}, not ${quoted(part.type)}`,
    );
  }
}

/** The last argument of memset and its kin: a sizeof of a pointer that is one of the others. */
export function warnOfPointerBytes(
  p: Parser,
  name: string,
  args: readonly Expression[],
  starts: readonly number[],
  spans: readonly Span[],
): void {
  const last = args.length - 1;
  const operand = p.sizes.get(starts[last] ?? -1);
  const span = spans[last];
  if (operand?.variable === undefined || span === undefined) return;
  if (operand.type.kind !== "pointer" || operand.end !== (starts[last + 1] ?? 0) - 1) return;
  const { variable } = operand;
  const isSame = args
    .slice(0, last)
    .some((e) => unconverted(e).kind === "load" && variableRead(unconverted(e)) === variable);
  if (!isSame || p.arrayParameters.has(variable)) return;
  p.diagnostics.warning(
    "sizeof-pointer-memaccess",
    span.loc,
    `'${name}' gets the size of the pointer '${variable.name}', not of what it points to`,
    { end: span.end },
  );
}

function unconverted(e: Expression): Expression {
  return e.kind === "convert" ? unconverted(e.value) : e;
}

function variableRead(e: Expression): Variable | undefined {
  return e.kind === "load" && e.place.kind === "variable" ? e.place.variable : undefined;
}
