// What goes elsewhere (C11 6.8.6): return, break, continue, goto, and GNU's computed goto. Objects with a cleanup are left on the
// way.

import * as nodes from "../tree/nodes.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc } from "../source/sources.ts";
import { VOID } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import { RETURNING, assignable } from "./assignable.ts";
import type { Statement } from "../tree/ast.ts";
import { leaving, leavingFor } from "./cleanup.ts";
import { expressionValue } from "./expression.ts";
import { labelNamed } from "./label.ts";
import { isPoisoned } from "../tree/nodes.ts";
import { advance, endOf, expectName, expectSemicolon, is, take } from "./state.ts";
import type { FunctionContext, Parser } from "./state.ts";
import { warnOfLocalAddress } from "./statement-doubts.ts";
import { spanFrom } from "./value.ts";

/** Before C99 a return could be without a value, or with one that nobody gets. */
function complainOfReturn(p: Parser, token: Token, end: Loc, message: string): void {
  if (p.dialect.implicit) p.diagnostics.warning("return-type", token.loc, message, { end });
  else p.diagnostics.error(token.loc, message, { end });
}

export function returnStatement(p: Parser, context: FunctionContext): Statement {
  const token = advance(p);
  const name = context.symbol.name;
  const returns = context.type.returns;
  if (is(p, ";")) {
    advance(p);
    if (returns.kind !== "void") {
      complainOfReturn(p, token, endOf(token), `non-void function '${name}' should return a value`);
    }
    return leaving(context, undefined, { kind: "return", value: undefined, loc: token.loc });
  }
  const start = p.at;
  const e = expressionValue(p);
  const span = spanFrom(p, start);
  expectSemicolon(p, "return statement");
  if (context.symbol.attributes.noreturn === true) {
    p.diagnostics.warning(
      "invalid-noreturn",
      token.loc,
      `function '${name}' declared 'noreturn' should not return`,
    );
  }
  if (returns.kind === "void") {
    if (e.type.kind !== "void" && !isPoisoned(e)) {
      complainOfReturn(p, token, span.end, `void function '${name}' should not return a value`);
    }
    const value = isPoisoned(e) ? undefined : nodes.convert(e, VOID);
    if (value === undefined || context.cleanups === undefined)
      return leaving(context, undefined, { kind: "return", value, loc: token.loc });
    const first: Statement = { kind: "expression", expression: value, loc: token.loc };
    const jump = leaving(context, undefined, { kind: "return", value: undefined, loc: token.loc });
    return { kind: "compound", statements: [first, jump], loc: token.loc, end: token.loc };
  }
  warnOfLocalAddress(p, e, span.loc, span.end);
  const value = assignable(p, e, returns, RETURNING, span);
  return leaving(context, undefined, { kind: "return", value, loc: token.loc });
}

export function jump(p: Parser, context: FunctionContext, kind: "break" | "continue"): Statement {
  const token = advance(p);
  if (kind === "break" ? context.breakable === 0 : context.continuable === 0) {
    p.diagnostics.error(
      token.loc,
      kind === "break"
        ? "'break' statement not in loop or switch statement"
        : "'continue' statement not in loop statement",
      { end: endOf(token) },
    );
  }
  expectSemicolon(p, `${kind} statement`);
  const until = kind === "break" ? context.breakCleanups : context.continueCleanups;
  return leaving(context, until, { kind, loc: token.loc });
}

export function gotoStatement(p: Parser, context: FunctionContext): Statement {
  const token = advance(p);
  if (take(p, "*")) {
    const target = expressionValue(p);
    if (!isPoisoned(target) && target.type.kind !== "pointer") {
      p.diagnostics.error(target.loc, `computed goto needs a pointer, not ${quoted(target.type)}`);
    }
    expectSemicolon(p, "goto statement");
    return { kind: "computed-goto", target, loc: token.loc };
  }
  const name = expectName(p, "a label's name");
  const use = labelNamed(p, context, name);
  expectSemicolon(p, "goto statement");
  return leavingFor(context, use, { kind: "goto", label: use.label, loc: token.loc });
}
