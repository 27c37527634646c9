// Translation phase 2 (C11 5.1.1.2): a backslash at the end of a line joins it to the next. Most files have few of them, so
// the joined text is made first and the lexer never sees one; a list of where they were leads back to places in the file.

import type { Diagnostics } from "../source/diagnostics.ts";
import type { Loc } from "../source/sources.ts";

export interface Joined {
  readonly text: string;
  /** Offsets in the joined text at which something was taken out before. Ascending. */
  readonly at: readonly number[];
  /** How many characters had been taken out by then in all. */
  readonly removed: readonly number[];
}

const NONE: readonly number[] = [];

/** Where the line's end behind white space is; −1: something else follows. */
function lineEndBehind(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) return at;
    if (code !== 32 && code !== 9 && code !== 13 && code !== 11 && code !== 12) return -1;
  }
  return -1;
}

export function joinLines(text: string, base: Loc, diagnostics: Diagnostics | undefined): Joined {
  const pieces: string[] = [];
  const places: number[] = [];
  const removed: number[] = [];
  let from = 0;
  let gone = 0;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next > 32) continue;
    const end = lineEndBehind(text, at + 1);
    if (end < 0) continue;
    if (next === 32 || next === 9) {
      diagnostics?.warning(
        "backslash-newline-escape",
        base + at,
        "backslash and end of line are separated by white space",
      );
    }
    pieces.push(text.slice(from, at));
    from = end + 1;
    gone += from - at;
    places.push(from - gone);
    removed.push(gone);
    at = end;
  }
  if (pieces.length === 0) return { text, at: NONE, removed: NONE };
  pieces.push(text.slice(from));
  return { text: pieces.join(""), at: places, removed };
}
