// Blocks (C11 6.8.2): statement after statement to the closing brace, and what is said of braces and an `else` that have no
// partner.

import type { Token } from "../preprocess/token.ts";
import type { CompoundStatement, Statement } from "../tree/ast.ts";
import { endScope } from "./cleanup.ts";
import { columnsAt, isAtMargin, openBrace } from "./layout-of-text.ts";
import { bodyOf } from "./nested-function.ts";
import { guarded, synchronise } from "./recover.ts";
import {
  advance,
  contextOf,
  endOf,
  enter,
  expect,
  giveUp,
  is,
  keywordOf,
  leave,
  misplaced,
  previousEnd,
} from "./state.ts";
import type { Parser } from "./state.ts";

/** A block in the scope that is there already; `item` reads a declaration or statement of it. */
export function block(p: Parser, item: (p: Parser) => Statement): CompoundStatement {
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
    const statement = guarded(p, () => item(p));
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
