// if and else (C11 6.8.4.1).

import type { Expression, Statement } from "../tree/ast.ts";
import { conditionValue } from "./condition-value.ts";
import { warnOfIndentation } from "./indentation.ts";
import { misspeltElse, reportMisspelt } from "./misspelt.ts";
import { poison } from "../tree/nodes.ts";
import { parenthesised } from "./recover.ts";
import { lookUp } from "./scope.ts";
import { advance, endOf, is, keywordOf, misplaced } from "./state.ts";
import type { Parser } from "./state.ts";
import { warnOfDanglingElse, warnOfEmptyBody } from "./statement-doubts.ts";

/** A chain of else-ifs is read in a loop: it is long more often than it is deep. */
export function ifStatement(p: Parser): Statement {
  const arms: { condition: Expression; then: Statement; loc: number }[] = [];
  let otherwise: Statement | undefined;
  for (;;) {
    const token = advance(p);
    if (arms.length > MOST_ARMS)
      p.diagnostics.fatal(token.loc, `more than ${MOST_ARMS} 'else if' in a row`);
    const condition = parenthesised(p, " after 'if'", () => conditionValue(p)) ?? poison(token.loc);
    skipThen(p);
    const first = p.token;
    const isNested = keywordOf(p.token) === "if";
    if (is(p, "{")) p.armAt = p.at;
    const then = p.rules.substatement(p);
    if (keywordOf(p.token) !== "else") {
      warnOfEmptyBody(p, token, first);
      warnOfIndentation(p, token, first);
    }
    if (isNested && p.lastElse !== undefined && p.lastElse.loc > token.loc)
      warnOfDanglingElse(p, p.lastElse);
    // oxlint-disable-next-line unicorn/no-thenable -- a statement, which nobody awaits
    arms.push({ condition, then, loc: token.loc });
    if (keywordOf(p.token) !== "else") {
      const meant = misspeltElse(p);
      if (meant === undefined) break;
      reportMisspelt(p, meant);
      // `elif` is read as the `if` behind the else.
      if (meant !== "else") continue;
    }
    p.lastElse = advance(p);
    if (keywordOf(p.token) === "if") continue;
    const guard = p.lastElse;
    const body = p.token;
    otherwise = p.rules.substatement(p);
    warnOfIndentation(p, guard, body);
    break;
  }
  let result: Statement | undefined = otherwise;
  for (const { condition, then, loc } of arms.toReversed()) {
    // oxlint-disable-next-line unicorn/no-thenable -- a statement, which nobody awaits
    result = { kind: "if", condition, then, else: result, loc };
  }
  return result ?? { kind: "empty", loc: p.token.loc };
}

/** `if (a) then {`, as in other languages. */
function skipThen(p: Parser): void {
  const { token } = p;
  if (token.text !== "then" || token.startsLine || lookUp(p.scope, "then") !== undefined) return;
  misplaced(p, token.loc, "C has no 'then': the statement follows the condition", {
    end: endOf(token),
    fix: { from: token.loc, to: endOf(token), text: "" },
  });
  advance(p);
}

const MOST_ARMS = 1000;
