// Warnings about statements that are right as C and rarely what was meant.

import type { Token } from "../preprocess/token.ts";
import type { Expression, Variable } from "../tree/ast.ts";
import { rootOf } from "../tree/nodes.ts";
import { columnsAt } from "./layout-of-text.ts";
import { endOf, peek } from "./state.ts";
import type { Parser } from "./state.ts";

/** `if (a) if (b) c(); else d();`: the else belongs to the inner one. */
export function warnOfDanglingElse(p: Parser, token: Token): void {
  p.lastElse = undefined;
  if (token.from !== undefined) return;
  p.diagnostics.warning(
    "dangling-else",
    token.loc,
    "this 'else' belongs to the inner 'if'; add braces to say which one is meant",
    { end: endOf(token) },
  );
}

/** if (…); on one line is rarely meant. */
export function warnOfEmptyBody(p: Parser, keyword: Token, semicolon: Token): void {
  if (semicolon.text !== ";" || semicolon.from !== undefined || semicolon.startsLine) return;
  // A loop may do all of its work in its parentheses; a block behind it was meant as its body.
  if (keyword.text !== "if" && !looksLikeBody(p, keyword, peek(p))) return;
  p.diagnostics.warning("empty-body", semicolon.loc, `${keyword.text} statement has empty body`, {
    notes: [
      {
        loc: semicolon.loc,
        message: "put the semicolon on a separate line to silence this warning",
      },
    ],
  });
}

/** Whether what stands behind a loop that has ended was meant to be in it: a block, or what stands further right below. */
function looksLikeBody(p: Parser, keyword: Token, next: Token): boolean {
  if (next.text === "{") return true;
  if (!next.startsLine || next.text === "}" || next.from !== undefined) return false;
  const loop = columnsAt(p, keyword.loc);
  const below = columnsAt(p, next.loc);
  // Of `if (a) for (…);` the loop itself stands far right.
  return loop !== undefined && loop.column === loop.indent && (below?.column ?? 0) > loop.column;
}

export function warnOfLocalAddress(p: Parser, e: Expression, loc: number, end: number): void {
  const variable = e.type.kind === "pointer" ? localOf(e) : undefined;
  if (variable === undefined || variable.isStatic) return;
  const what =
    variable.name === "compound literal"
      ? "a compound literal"
      : `${variable.isParameter ? "parameter" : "local variable"} '${variable.name}'`;
  p.diagnostics.warning(
    "return-stack-address",
    loc,
    `address of stack memory associated with ${what} returned`,
    { end },
  );
}

/** The object of this function that a pointer surely points into. */
function localOf(e: Expression): Variable | undefined {
  switch (e.kind) {
    case "address":
      return rootOf(e.of);
    case "convert":
      return e.value.type.kind === "pointer" ? localOf(e.value) : undefined;
    case "pointer-add":
      return localOf(e.pointer);
    case "conditional":
      return (e.then === undefined ? undefined : localOf(e.then)) ?? localOf(e.else);
    case "comma":
      return localOf(e.right);
    default:
      return undefined;
  }
}
