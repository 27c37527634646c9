// Statements (C11 6.8), with GNU's case ranges and computed goto.

import { integerOf, isInteger, wrap } from "../types/conversions.ts";
import { INT, VOID } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { EnumType } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc } from "../source/sources.ts";
import type { CaseStatement, CompoundStatement, Expression, Statement } from "./ast.ts";
import { assignable, RETURNING } from "./assignable.ts";
import { isTruth } from "./doubts.ts";
import { asmStatement } from "./asm-statement.ts";
import { endScope, leaving, leavingFor } from "./cleanup.ts";
import { attributes, noAttributes } from "./attributes.ts";
import { blockDeclaration, staticAssert } from "./declarations.ts";
import { conditionValue, expressionValue, integerConstant } from "./expression.ts";
import { declareLabel, endLabels, labelHere, labelNamed, labelUse } from "./label.ts";
import { bodyOf } from "./nested-function.ts";
import * as nodes from "./nodes.ts";
import { isPoisoned, poison } from "./nodes.ts";
import { columnsAt, isAtMargin, openBrace } from "./layout-of-text.ts";
import { warnOfIndentation } from "./indentation.ts";
import { misspeltElse, misspeltKeyword, reportMisspelt } from "./misspelt.ts";
import { guarded, parenthesised, synchronise } from "./recover.ts";
import { newScope } from "./scope.ts";
import { isUnknownType, startsDeclaration } from "./specifiers.ts";
import { warnOfDanglingElse, warnOfEmptyBody, warnOfLocalAddress } from "./statement-doubts.ts";
import {
  checkCases,
  warnOfBooleanSwitch,
  warnOfMissingCases,
  warnOfUnreachedStart,
} from "./switch-labels.ts";
import {
  advance,
  endOf,
  enter,
  expect,
  expectName,
  expectSemicolon,
  giveUp,
  is,
  keywordOf,
  leave,
  misplaced,
  peek,
  previousEnd,
  syntaxError,
  take,
} from "./state.ts";
import type { FunctionContext, Parser } from "./state.ts";
import { warnOfUnusedValue } from "./unused-value.ts";
import { promote, spanFrom } from "./value.ts";

/** A block with a scope of its own. */
export function compoundStatement(p: Parser): CompoundStatement {
  const outer = p.scope;
  p.scope = newScope(outer);
  const block = functionBody(p);
  endLabels(p, p.scope);
  p.scope = outer;
  return block;
}

/** A block in the scope that is there already. */
export function functionBody(p: Parser): CompoundStatement {
  const context = contextOf(p);
  const before = context.cleanups;
  const first = p.at;
  const isArm = p.armAt === first;
  const isImplied = p.impliedBrace;
  p.impliedBrace = false;
  const open = isImplied ? p.token : expect(p, "{");
  enter(p);
  const statements: Statement[] = [];
  let hasFailed = false;
  while (p.token.text !== "}" && p.token.kind !== "end") {
    // Who forgets the one brace may have forgotten the other.
    if (isImplied && isAtMargin(p.token)) break;
    const at = p.at;
    // Behind a statement that could not be read the `if` may have been a part of it.
    if (hasFailed && keywordOf(p.token) === "else") advance(p);
    else if (keywordOf(p.token) === "else") {
      if (isArm && closesBefore(p, open, statements)) break;
      looseElse(p, statements);
    }
    const statement = guarded(p, () => blockItem(p));
    hasFailed = statement === undefined;
    if (statement === undefined) {
      if (p.isLeaving) giveUp();
      synchronise(p, at);
      // A token that nothing can begin with, and that ends nothing, must not be met for ever.
      if (p.at === at && !is(p, "}")) advance(p);
    } else statements.push(statement);
  }
  leave(p);
  const end = p.token.loc;
  endScope(context, before, statements, end);
  const isClosed = keywordOf(p.token) !== "else" && !(isImplied && !is(p, "}"));
  if (isClosed) closeBlock(p, first, open);
  return { kind: "compound", statements, loc: open.loc, end };
}

/** } or, at the end of the file, which brace has none. */
function closeBlock(p: Parser, first: number, open: Token): void {
  if (is(p, "}")) {
    advance(p);
    return;
  }
  // The block around misses its brace here too, and would say so again.
  const outer = p.function === undefined ? first : bodyOf(p, p.function.symbol.loc, first);
  const suspect = openBrace(p, outer, p.at) ?? open;
  misplaced(p, previousEnd(p), "expected '}'", {
    notes: [{ loc: suspect.loc, message: "to match this '{'" }],
  });
  giveUp();
}

/** `if (a) { b(); else c();`: the brace before `else` is missing, unless an `if` stands just before it. */
function closesBefore(p: Parser, open: Token, statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  const isLoose = last?.kind === "if" || statements.at(-2)?.kind === "if";
  const opening = columnsAt(p, open.loc);
  const here = columnsAt(p, p.token.loc);
  if (isLoose && !(opening !== undefined && here?.column === opening.indent)) return false;
  misplaced(p, previousEnd(p), "expected '}' before 'else'", {
    notes: [{ loc: open.loc, message: "to match this '{'" }],
  });
  return true;
}

/** An else that no if is before. Its statement is read as any other. */
function looseElse(p: Parser, statements: readonly Statement[]): void {
  const token = advance(p);
  const near = [statements.at(-1), statements.at(-2)].find((one) => one?.kind === "if");
  misplaced(p, token.loc, "'else' without an 'if' before it", {
    end: endOf(token),
    notes:
      near === undefined
        ? []
        : [
            {
              loc: near.loc,
              message:
                near.kind === "if" && near.then.kind === "empty"
                  ? "this 'if' ends with the ';' behind its condition"
                  : "this 'if' ends with its first statement; several need braces around them",
            },
          ],
  });
}

function blockItem(p: Parser): Statement {
  const context = contextOf(p);
  const token = p.token;
  if (token.kind === "identifier") {
    const keyword = keywordOf(token);
    if (keyword === undefined) {
      if (peek(p).text === ":") return labelIn(p, context, false);
      if (startsDeclaration(p)) return blockDeclaration(p);
      if (isUnknownDeclaration(p) && misspeltKeyword(p) === undefined) return blockDeclaration(p);
    } else if (keyword === "case" || keyword === "default") return caseIn(p, context, false);
    else if (keyword === "_Static_assert") {
      staticAssert(p);
      return { kind: "empty", loc: token.loc };
    } else if (keyword === "__label__") {
      advance(p);
      do declareLabel(p, expectName(p, "a label's name"));
      while (take(p, ","));
      expectSemicolon(p, "local labels");
      return { kind: "empty", loc: token.loc };
    } else if (startsDeclaration(p)) return attributed(p) ?? blockDeclaration(p);
    else if (keyword === "__extension__" && !startsDeclaration(p)) return statement(p);
  }
  return statement(p);
}

/** __attribute__((fallthrough)); is a statement of its own. */
function attributed(p: Parser): Statement | undefined {
  if (keywordOf(p.token) !== "__attribute__") return undefined;
  let ahead = 1;
  let level = 0;
  do {
    const text = peek(p, ahead).text;
    if (text === "(") level++;
    else if (text === ")") level--;
    ahead++;
  } while (level > 0 && peek(p, ahead).kind !== "end");
  if (peek(p, ahead).text !== ";") return undefined;
  const loc = p.token.loc;
  const given = noAttributes();
  attributes(p, given);
  advance(p);
  return { kind: "empty", loc, fallsThrough: given.fallsThrough };
}

/** `foo x` where nothing is called foo: a declaration with a type that is not known. */
function isUnknownDeclaration(p: Parser): boolean {
  return isUnknownType(p) && !peek(p).startsLine;
}

function contextOf(p: Parser): FunctionContext {
  return p.function ?? syntaxError(p, p.token.loc, "a statement outside a function");
}

/** What a selection or iteration statement consists of is a block, and so is it itself (6.8.4p3, 6.8.5p5). */
function scoped<T>(p: Parser, read: () => T): T {
  const outer = p.scope;
  p.scope = newScope(outer);
  const result = read();
  p.scope = outer;
  return result;
}

function substatement(p: Parser): Statement {
  return is(p, "{") ? statement(p) : scoped(p, () => statement(p));
}

/** A statement where there is exactly one: behind if, while and so on. */
function statement(p: Parser): Statement {
  enter(p);
  p.chain = 0;
  const result = inner(p, contextOf(p));
  leave(p);
  return result;
}

function inner(p: Parser, context: FunctionContext): Statement {
  const token = p.token;
  const loc = token.loc;
  if (token.kind === "punctuator") {
    if (token.text === "{") return compoundStatement(p);
    if (token.text === ";") {
      advance(p);
      return { kind: "empty", loc };
    }
  } else if (token.kind === "identifier") {
    const keyword = keywordOf(token);
    if (keyword === undefined && peek(p).text === ":") return labelIn(p, context, true);
    const meant = keyword === undefined ? misspeltKeyword(p) : undefined;
    if (meant !== undefined) reportMisspelt(p, meant);
    switch (keyword ?? meant) {
      case undefined:
        break;
      case "if":
        return scoped(p, () => ifStatement(p));
      case "while":
        return scoped(p, () => whileStatement(p, context));
      case "do":
        return scoped(p, () => doStatement(p, context));
      case "for":
        return forStatement(p, context);
      case "switch":
        return scoped(p, () => switchStatement(p, context));
      case "case":
      case "default":
        return caseIn(p, context, true, keyword ?? meant);
      case "return":
        return returnStatement(p, context);
      case "break":
      case "continue":
        return jump(p, context, (keyword ?? meant) === "break" ? "break" : "continue");
      case "goto":
        return gotoStatement(p, context);
      case "asm":
        return asmStatement(p);
      case "else":
        return syntaxError(p, loc, "'else' without an 'if' before it", endOf(token));
      default:
        if (startsDeclaration(p) && keywordOf(token) !== "__extension__") {
          const lone = attributed(p);
          if (lone !== undefined) return lone;
          return syntaxError(
            p,
            loc,
            "expected a statement: a declaration needs a block around it",
            endOf(token),
          );
        }
    }
  }
  return expressionStatement(p);
}

function expressionStatement(p: Parser): Statement {
  const loc = p.token.loc;
  const start = p.at;
  const isMacro = p.token.from !== undefined;
  const e = expressionValue(p);
  // The value of the last statement in ({ … }) is used.
  const isLast = is(p, ";") && peek(p).text === "}" && peek(p, 2).text === ")";
  if (!isMacro && !isLast) warnOfUnusedValue(p, e, spanFrom(p, start));
  expectSemicolon(p, "expression");
  return { kind: "expression", expression: e, loc };
}

/** A chain of else-ifs is read in a loop: it is long more often than it is deep. */
function ifStatement(p: Parser): Statement {
  const arms: { condition: Expression; then: Statement; loc: number }[] = [];
  let otherwise: Statement | undefined;
  for (;;) {
    const token = advance(p);
    if (arms.length > MOST_ARMS)
      p.diagnostics.fatal(token.loc, `more than ${MOST_ARMS} 'else if' in a row`);
    const condition = parenthesised(p, " after 'if'", () => conditionValue(p)) ?? poison(token.loc);
    const first = p.token;
    const isNested = keywordOf(p.token) === "if";
    if (is(p, "{")) p.armAt = p.at;
    const then = substatement(p);
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
    otherwise = substatement(p);
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

const MOST_ARMS = 1000;

function loopBody(p: Parser, context: FunctionContext, keyword: Token): Statement {
  const { breakCleanups, continueCleanups } = context;
  context.breakCleanups = context.continueCleanups = context.cleanups;
  context.breakable++;
  context.continuable++;
  const first = p.token;
  const body = substatement(p);
  context.breakable--;
  context.continuable--;
  context.breakCleanups = breakCleanups;
  context.continueCleanups = continueCleanups;
  if (keyword.text !== "do") warnOfIndentation(p, keyword, first);
  return body;
}

function whileStatement(p: Parser, context: FunctionContext): Statement {
  const token = advance(p);
  const condition =
    parenthesised(p, " after 'while'", () => conditionValue(p)) ?? poison(token.loc);
  warnOfEmptyBody(p, token, p.token);
  const body = loopBody(p, context, token);
  return { kind: "while", condition, body, loc: token.loc };
}

function doStatement(p: Parser, context: FunctionContext): Statement {
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

function forStatement(p: Parser, context: FunctionContext): Statement {
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

function switchStatement(p: Parser, context: FunctionContext): Statement {
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
  const body = substatement(p);
  context.breakable--;
  context.breakCleanups = breakCleanups;
  context.switch = around;
  warnOfUnreachedStart(p, body);
  checkCases(p, cases);
  if (enumeration !== undefined) warnOfMissingCases(p, enumeration, cases, token);
  return { kind: "switch", value, cases, body, loc: token.loc };
}

/** `case a:`, `case a ... b:`, `default:`. In a block the label stands alone, and what it labels comes next. */
function caseIn(
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

function labelIn(p: Parser, context: FunctionContext, needsStatement: boolean): Statement {
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
function labelledStatement(p: Parser): Statement {
  return is(p, "}") ? { kind: "empty", loc: p.token.loc } : statement(p);
}

/** Before C99 a return could be without a value, or with one that nobody gets. */
function complainOfReturn(p: Parser, token: Token, end: Loc, message: string): void {
  if (p.dialect.implicit) p.diagnostics.warning("return-type", token.loc, message, { end });
  else p.diagnostics.error(token.loc, message, { end });
}

function returnStatement(p: Parser, context: FunctionContext): Statement {
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

function jump(p: Parser, context: FunctionContext, kind: "break" | "continue"): Statement {
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

function gotoStatement(p: Parser, context: FunctionContext): Statement {
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
