// switch and its labels (C11 6.8.1, 6.8.4.2), with GNU's ranges of cases.

import { integerOf, isInteger, wrap } from "../types/conversions.ts";
import { INT } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { EnumType } from "../types/type.ts";
import type { CaseStatement, Statement } from "../tree/ast.ts";
import { isTruth } from "./doubts.ts";
import { expressionValue } from "./expression.ts";
import { integerConstant } from "./integer-constant.ts";
import { labelledStatement } from "./labelled-statement.ts";
import { isPoisoned, poison } from "../tree/nodes.ts";
import { parenthesised } from "./recover.ts";
import { advance, endOf, is, keywordOf, previousEnd, take } from "./state.ts";
import type { FunctionContext, Parser } from "./state.ts";
import {
  checkCases,
  warnOfBooleanSwitch,
  warnOfMissingCases,
  warnOfUnreachedStart,
} from "./switch-labels.ts";
import { spanFrom } from "./value.ts";
import { promote } from "../tree/promotion.ts";

export function switchStatement(p: Parser, context: FunctionContext): Statement {
  const token = advance(p);
  let enumeration: EnumType | undefined;
  const value =
    parenthesised(p, " after 'switch'", () => {
      const start = p.at;
      const e = expressionValue(p);
      if (isPoisoned(e)) return e;
      if (!isInteger(e.type)) {
        const span = spanFrom(p, start);
        p.diagnostics.error(
          span.loc,
          `statement requires an expression of integer type (${quoted(e.type)} is none)`,
          {
            end: span.end,
          },
        );
        return poison(e.loc);
      }
      if (e.type.kind === "enum") enumeration = e.type;
      if (isTruth(e)) warnOfBooleanSwitch(p, spanFrom(p, start));
      return promote(e);
    }) ?? poison(token.loc);
  const around = context.switch;
  const cases: CaseStatement[] = [];
  context.switch = { type: value.type, cases, outer: around };
  const { breakCleanups } = context;
  context.breakCleanups = context.cleanups;
  context.breakable++;
  const body = p.rules.substatement(p);
  context.breakable--;
  context.breakCleanups = breakCleanups;
  context.switch = around;
  warnOfUnreachedStart(p, body);
  checkCases(p, cases);
  if (enumeration !== undefined) warnOfMissingCases(p, enumeration, cases, token);
  return { kind: "switch", value, cases, body, loc: token.loc };
}

/** `case a:`, `case a ... b:`, `default:`. In a block the label stands alone, and what it labels comes next. */
export function caseIn(
  p: Parser,
  context: FunctionContext,
  needsStatement: boolean,
  keyword = keywordOf(p.token),
): Statement {
  const token = advance(p);
  const around = context.switch;
  let range: CaseStatement["range"];
  let isKnown = around !== undefined;
  if (around === undefined) {
    p.diagnostics.error(token.loc, `'${token.text}' statement not in switch statement`, {
      end: endOf(token),
    });
  }
  if (keyword === "case") {
    const start = p.token;
    const first = integerConstant(p, "the value of a case");
    let last = first;
    const dots = p.token;
    if (take(p, "...")) {
      if (dots.from === undefined)
        p.diagnostics.warning(
          "gnu-case-range",
          dots.loc,
          "a range of cases is an extension of GNU C",
        );
      last = integerConstant(p, "the end of a case range");
    }
    const type = integerOf(around?.type ?? INT) ?? INT;
    if (first === undefined || last === undefined) isKnown = false;
    else {
      range = { first: wrap(first.value, type), last: wrap(last.value, type) };
      if (range.first !== first.value) {
        p.diagnostics.warning(
          "switch",
          start.loc,
          `overflow converting case value to switch condition type (${first.value} to ${range.first})`,
        );
      }
      if (range.last < range.first) {
        p.diagnostics.warning("case-range", start.loc, "empty case range specified");
        isKnown = false;
      }
    }
  }
  if (is(p, ":")) advance(p);
  else {
    const loc = previousEnd(p);
    p.diagnostics.error(loc, `expected ':' after '${token.text}'`, {
      fix: { from: loc, to: loc, text: ":" },
    });
  }
  const labelled = needsStatement
    ? labelledStatement(p)
    : ({ kind: "empty", loc: token.loc } as const);
  const label: CaseStatement = { kind: "case", range, statement: labelled, loc: token.loc };
  if (!isKnown) return labelled;
  around?.cases.push(label);
  return label;
}
