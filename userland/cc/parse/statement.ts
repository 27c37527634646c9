// Statements (C11 6.8): which one begins, and blocks of them.

import { asmStatement } from "./asm-statement.ts";
import type { CompoundStatement, Statement } from "../tree/ast.ts";
import { attributes, noAttributes } from "./attributes.ts";
import { block } from "./block.ts";
import { blockDeclaration, staticAssert } from "./declarations.ts";
import { expressionValue } from "./expression.ts";
import { ifStatement } from "./if-statement.ts";
import { gotoStatement, jump, returnStatement } from "./jump-statement.ts";
import { declareLabel, endLabels } from "./label.ts";
import { labelIn } from "./labelled-statement.ts";
import { doStatement, forStatement, whileStatement } from "./loop-statement.ts";
import { misspeltKeyword, reportMisspelt } from "./misspelt.ts";
import { newScope, scoped } from "./scope.ts";
import { isUnknownDeclaration, startsDeclaration } from "./specifiers.ts";
import {
  advance,
  contextOf,
  endOf,
  enter,
  expectName,
  expectSemicolon,
  is,
  keywordOf,
  leave,
  peek,
  syntaxError,
  take,
} from "./state.ts";
import type { FunctionContext, Parser } from "./state.ts";
import { caseIn, switchStatement } from "./switch-statement.ts";
import { warnOfUnusedValue } from "../warn/unused-value.ts";
import { spanFrom } from "./value.ts";

/** A block in the scope that is there already. */
export function functionBody(p: Parser): CompoundStatement {
  return block(p, blockItem);
}

/** A block with a scope of its own. */
export function compoundStatement(p: Parser): CompoundStatement {
  const outer = p.scope;
  p.scope = newScope(outer);
  const block = functionBody(p);
  endLabels(p, p.scope);
  p.scope = outer;
  return block;
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

/** What is behind if, while and so on is a block (6.8.4p3, 6.8.5p5). */
export function substatement(p: Parser): Statement {
  return is(p, "{") ? statement(p) : scoped(p, () => statement(p));
}

/** A statement where there is exactly one: behind if, while and so on. */
export function statement(p: Parser): Statement {
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
