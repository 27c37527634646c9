// What the layout of a text tells that its tokens do not: which brace was left open. It is asked only when something is wrong
// anyway.

import type { Token } from "../preprocess/token.ts";
import { NOWHERE } from "../source/sources.ts";
import type { Loc } from "../source/sources.ts";
import type { Parser } from "./state.ts";

const TAB = 8;

/** How far a place stands from its line's beginning, and how far the line's first character does; undefined without the text. */
export function columnsAt(
  p: Parser,
  loc: Loc,
): { readonly line: number; readonly column: number; readonly indent: number } | undefined {
  const place = loc === NOWHERE ? undefined : p.sources.locate(loc);
  if (place === undefined) return undefined;
  const { text, line } = place;
  let width = 0;
  let indent = -1;
  const end = Math.min(place.column - 1, text.length);
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if (indent < 0 && code !== 32 && code !== 9) indent = width;
    width = code === 9 ? width + TAB - (width % TAB) : width + 1;
  }
  return { line, column: width, indent: indent < 0 ? width : indent };
}

/** Whether the token stands at the very beginning of its line, as functions and other external declarations mostly do. */
export function isAtMargin(token: Token): boolean {
  return token.startsLine && !token.spaced;
}

/**
 * The opening brace that seems to have no partner, among those from `from` to before `to`: the first whose closing brace
 * stands further left than the line of the opening one, else the innermost that is still open.
 */
export function openBrace(p: Parser, from: number, to: number): Token | undefined {
  const open: Token[] = [];
  for (let at = from; at < to; at++) {
    const token = p.tokens[at];
    if (token === undefined || token.kind !== "punctuator") continue;
    if (token.text === "{") open.push(token);
    else if (token.text === "}") {
      const partner = open.pop();
      if (partner === undefined) return undefined;
      if (!token.startsLine || token.from !== undefined || partner.from !== undefined) continue;
      const closing = columnsAt(p, token.loc);
      const opening = columnsAt(p, partner.loc);
      if (closing === undefined || opening === undefined) continue;
      if (closing.column < opening.indent) return partner;
    }
  }
  return open.at(-1);
}
