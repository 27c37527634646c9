// while, do and for (C11 6.8.5).

import type { Token } from "../preprocess/token.ts";
import type { Expression, Statement } from "../tree/ast.ts";
import { endScope } from "./cleanup.ts";
import { blockDeclaration } from "./declarations.ts";
import { conditionValue } from "./condition-value.ts";
import { expressionValue } from "./expression.ts";
import { warnOfIndentation } from "./indentation.ts";
import { poison } from "../tree/nodes.ts";
import { parenthesised } from "./recover.ts";
import { newScope } from "./scope.ts";
import { isUnknownDeclaration, startsDeclaration } from "./specifiers.ts";
import { advance, expectSemicolon, is, keywordOf, previousEnd, syntaxError } from "./state.ts";
import type { FunctionContext, Parser } from "./state.ts";
import { warnOfEmptyBody } from "./statement-doubts.ts";
import { warnOfUnusedValue } from "../warn/unused-value.ts";
import { spanFrom } from "./value.ts";

function loopBody(p: Parser, context: FunctionContext, keyword: Token): Statement {
  const { breakCleanups, continueCleanups } = context;
  context.breakCleanups = context.continueCleanups = context.cleanups;
  context.breakable++;
  context.continuable++;
  const first = p.token;
  const body = p.rules.substatement(p);
  context.breakable--;
  context.continuable--;
  context.breakCleanups = breakCleanups;
  context.continueCleanups = continueCleanups;
  if (keyword.text !== "do") warnOfIndentation(p, keyword, first);
  return body;
}

export function whileStatement(p: Parser, context: FunctionContext): Statement {
  const token = advance(p);
  const condition =
    parenthesised(p, " after 'while'", () => conditionValue(p)) ?? poison(token.loc);
  warnOfEmptyBody(p, token, p.token);
  const body = loopBody(p, context, token);
  return { kind: "while", condition, body, loc: token.loc };
}

export function doStatement(p: Parser, context: FunctionContext): Statement {
  const token = advance(p);
  const body = loopBody(p, context, token);
  if (keywordOf(p.token) !== "while") {
    return syntaxError(
      p,
      p.token.startsLine ? previousEnd(p) : p.token.loc,
      "expected 'while' in do/while loop",
    );
  }
  advance(p);
  const condition =
    parenthesised(p, " after 'while'", () => conditionValue(p)) ?? poison(token.loc);
  expectSemicolon(p, "do/while statement");
  return { kind: "do", condition, body, loc: token.loc };
}

export function forStatement(p: Parser, context: FunctionContext): Statement {
  const token = advance(p);
  const outer = p.scope;
  p.scope = newScope(outer);
  const before = context.cleanups;
  let init: Statement | undefined;
  let condition: Expression | undefined;
  let step: Expression | undefined;
  parenthesised(p, " after 'for'", () => {
    const first = p.token;
    if (is(p, ";")) advance(p);
    else if (startsDeclaration(p) || isUnknownDeclaration(p)) init = blockDeclaration(p, true);
    else {
      const start = p.at;
      const e = expressionValue(p);
      warnOfUnusedValue(p, e, spanFrom(p, start));
      init = { kind: "expression", expression: e, loc: first.loc };
      expectSemicolon(p, "the first part of 'for'");
    }
    if (!is(p, ";")) condition = conditionValue(p);
    expectSemicolon(p, "the condition of 'for'");
    if (!is(p, ")")) {
      const start = p.at;
      step = expressionValue(p);
      warnOfUnusedValue(p, step, spanFrom(p, start));
    }
  });
  warnOfEmptyBody(p, token, p.token);
  const body = loopBody(p, context, token);
  p.scope = outer;
  const loop: Statement = { kind: "for", init, condition, step, body, loc: token.loc };
  if (context.cleanups === before) return loop;
  const statements: Statement[] = [loop];
  endScope(context, before, statements, token.loc);
  return { kind: "compound", statements, loc: token.loc, end: token.loc };
}
