// A token as the preprocessor passes it about: one shape for all of them, with what only the preprocessor needs to know.

import type { Loc } from "../source/sources.ts";
import type { Token, TokenKind } from "./token.ts";

export type Origin = { readonly macro: string; readonly loc: Loc };

/** A name that was met inside its own expansion: it is never a macro's again (C11 6.10.3.4p2). */
export const NO_EXPAND = 1;
/** Spelled as a digraph, which # must show. */
export const DIGRAPH = 2;

export interface PpToken extends Token {
  readonly from: Origin | undefined;
  readonly flags: number;
}

export function makeToken(
  kind: TokenKind,
  text: string,
  loc: Loc,
  startsLine: boolean,
  spaced: boolean,
  from: Origin | undefined,
  flags: number,
): PpToken {
  return { kind, text, loc, startsLine, spaced, from, flags };
}

/** The token with other white space before it. */
export function withSpace(token: PpToken, startsLine: boolean, spaced: boolean): PpToken {
  if (token.startsLine === startsLine && token.spaced === spaced) return token;
  return makeToken(token.kind, token.text, token.loc, startsLine, spaced, token.from, token.flags);
}

const DIGRAPHS: Readonly<Record<string, string>> = {
  "[": "<:",
  "]": ":>",
  "{": "<%",
  "}": "%>",
  "#": "%:",
  "##": "%:%:",
};

/** As it stood in the file. */
export function spelling(token: PpToken): string {
  return (token.flags & DIGRAPH) === 0 ? token.text : (DIGRAPHS[token.text] ?? token.text);
}
