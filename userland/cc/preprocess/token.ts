// A preprocessing token (C11 6.4). The preprocessor and the parser use the same objects: after preprocessing only those are
// left that the parser reads.

import type { Loc } from "../source/sources.ts";

export type TokenKind =
  | "identifier" // keywords too: the parser knows which they are
  | "number" // a pp-number, as it is spelled
  | "character" // with prefix and quotes, as it is spelled
  | "string" // with prefix and quotes, as it is spelled
  | "punctuator" // digraphs are spelled as what they stand for
  | "other" // a stray character: an error when the parser meets it
  | "end";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Where it stands; what comes out of a macro's body stands where the macro was used. */
  readonly loc: Loc;
  /** First on its line; white space before it. What -E prints and # sees. */
  readonly startsLine: boolean;
  readonly spaced: boolean;
  /** The macro out of whose body it came, where that is defined; undefined for what stands in a file. */
  readonly from?: { readonly macro: string; readonly loc: Loc } | undefined;
  /** Of `struct` and `union` under a #pragma pack: the most that a member is aligned to, in bytes. */
  readonly pack?: number;
  /** What the preprocessor needs to know, and BROKEN. */
  readonly flags?: number;
}

/** A constant without its closing quote, which has been reported: nothing about it is worth another word. */
export const BROKEN = 4;

export function isBroken(token: Token | undefined): boolean {
  return token?.flags !== undefined && (token.flags & BROKEN) !== 0;
}
