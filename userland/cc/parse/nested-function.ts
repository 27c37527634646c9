// A function's definition within another function: GNU C has that, C has not (C11 6.9.1). Mostly a closing brace is missing
// before it.

import type { Token } from "../preprocess/token.ts";
import { isAtMargin, openBrace } from "./layout-of-text.ts";
import { endOf, giveUp, misplaced, moveTo, peek, skipToClosing } from "./state.ts";
import type { Parser } from "./state.ts";

/** The current token is the body's brace, the declaration began at `start`. At the margin the outer function ends before it. */
export function nestedFunction(p: Parser, start: number, name: Token): void {
  const outer = p.function?.symbol;
  const first = p.tokens[start];
  const before = p.tokens[start - 1];
  if (outer !== undefined && first !== undefined && before !== undefined && isAtMargin(first)) {
    const open = openBrace(p, bodyOf(p, outer.loc, start), start);
    misplaced(
      p,
      endOf(before),
      `expected '}': '${outer.name}' does not end before '${name.text}'`,
      {
        notes:
          open === undefined
            ? []
            : [{ loc: open.loc, message: "by the indentation it is this '{' that is not closed" }],
      },
    );
    moveTo(p, start);
    p.isLeaving = true;
    return giveUp();
  }
  misplaced(p, p.token.loc, `a function cannot be defined within another: move '${name.text}' out`);
  skipToClosing(p, p.at);
  if (peek(p) !== p.token) moveTo(p, p.at + 1);
  return undefined;
}

/** The index of the first brace behind a place, from `to` backwards. */
export function bodyOf(p: Parser, loc: number, to: number): number {
  let at = to;
  while (at > 0 && (p.tokens[at]?.loc ?? 0) !== loc) at--;
  while (at < to && p.tokens[at]?.text !== "{") at++;
  return at;
}
