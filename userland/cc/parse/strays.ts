// Characters that C does not know (C11 5.2.1, 6.4): mostly from a text that was written in a word processor, whose quotes and
// dashes look like C's. They are reported and left out, or taken for what they look like.

import type { Diagnostics } from "../source/diagnostics.ts";
import { BROKEN } from "../preprocess/token.ts";
import type { Token } from "../preprocess/token.ts";

/** What looks like a character of C. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‘": "'",
  "’": "'",
  "´": "'",
  "–": "-",
  "—": "-",
  "−": "-",
  "×": "*",
  "÷": "/",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
  "…": "...",
  "\u00a0": " ",
  "\u200b": "",
  "；": ";",
  "，": ",",
  "（": "(",
  "）": ")",
  "｛": "{",
  "｝": "}",
  "＝": "=",
};

/** The tokens without strays. Nearly always there are none, and these are the same tokens. */
export function withoutStrays(
  tokens: readonly Token[],
  diagnostics: Diagnostics,
): readonly Token[] {
  const first = tokens.findIndex(({ kind }) => kind === "other");
  if (first < 0) return tokens;
  const kept = tokens.slice(0, first);
  let isBehind = false;
  for (let at = first; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind !== "other") {
      // What no longer fits together is an echo.
      kept.push(isBehind ? { ...token, flags: (token.flags ?? 0) | BROKEN } : token);
      isBehind = false;
      continue;
    }
    const like = Object.hasOwn(LOOKS_LIKE, token.text) ? LOOKS_LIKE[token.text] : undefined;
    report(diagnostics, token, like);
    if (like === '"' || like === "'") {
      at = quoted(tokens, at, like);
      const kind = like === '"' ? "string" : "character";
      // What is between them is nothing that the parser could have an opinion about.
      kept.push({ ...token, kind, text: like + like, flags: BROKEN });
    } else if (like !== undefined && like.trim() !== "") {
      kept.push({ ...token, kind: "punctuator", text: like });
    } else isBehind = like === undefined;
  }
  return kept;
}

function report(diagnostics: Diagnostics, { text, loc, from }: Token, like: string | undefined) {
  const end = loc + text.length;
  const isBlank = like !== undefined && like.trim() === "";
  const point = (text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  diagnostics.error(
    loc,
    isBlank
      ? `U+${point} looks like a space and is none; write a plain one`
      : like === undefined
        ? `stray '${text}' in the program`
        : `'${text}' is no character of C; write ${like === "'" ? `"'"` : `'${like}'`}`,
    { end, ...(from === undefined ? { fix: { from: loc, to: end, text: like ?? "" } } : {}) },
  );
}

/** The index of the quote that closes the one at `at`, on the same line; `at` itself if there is none. */
function quoted(tokens: readonly Token[], at: number, like: string): number {
  for (let to = at + 1; to < tokens.length; to++) {
    const token = tokens[to];
    if (token === undefined || token.startsLine || token.kind === "end") break;
    if (token.kind === "other" && LOOKS_LIKE[token.text] === like) return to;
    // A plain quote that was never closed ends with the line.
    if ((token.flags ?? 0) & BROKEN) return to;
  }
  return at;
}
