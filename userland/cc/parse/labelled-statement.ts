// Labels of goto and what stands behind them (C11 6.8.1).

import type { Statement } from "../tree/ast.ts";
import { attributes, noAttributes } from "./attributes.ts";
import { labelHere, labelUse } from "./label.ts";
import { advance, is, keywordOf } from "./state.ts";
import type { FunctionContext, Parser } from "./state.ts";

export function labelIn(p: Parser, context: FunctionContext, needsStatement: boolean): Statement {
  const name = advance(p);
  advance(p);
  const given = noAttributes();
  if (keywordOf(p.token) === "__attribute__") attributes(p, given);
  const label = labelHere(p, context, name);
  if (given.unused) {
    const use = labelUse(p, context, name.text);
    if (use !== undefined) use.firstUse ??= name.loc;
  }
  const labelled = needsStatement
    ? labelledStatement(p)
    : ({ kind: "empty", loc: name.loc } as const);
  return { kind: "label", label, statement: labelled, loc: name.loc };
}

/** Before a closing brace there is nothing to label (C2x). */
export function labelledStatement(p: Parser): Statement {
  return is(p, "}") ? { kind: "empty", loc: p.token.loc } : p.rules.statement(p);
}
