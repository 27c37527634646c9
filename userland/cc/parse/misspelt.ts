// A statement that begins with a name which nothing has, and that only makes sense if a keyword was meant: `whlie (x) {`,
// `retrun 0;`, `esle`. It is reported and read as if the keyword stood there, so that what follows is understood.

import type { Token } from "../preprocess/token.ts";
import { lookUp } from "./scope.ts";
import { endOf, isName, misplaced, peek } from "./state.ts";
import type { Parser } from "./state.ts";
import { mostSimilar } from "../source/suggest.ts";

/** The keyword that the current token was meant to be. */
export function misspeltKeyword(p: Parser): string | undefined {
  const { token } = p;
  if (!isName(token) || token.from !== undefined) return undefined;
  const candidates = possibleBefore(p, peek(p));
  if (candidates.length === 0 || lookUp(p.scope, token.text) !== undefined) return undefined;
  return mostSimilar(token.text.toLowerCase(), candidates) ?? sameButCase(token, candidates);
}

function sameButCase(token: Token, candidates: readonly string[]): string | undefined {
  return candidates.find((word) => word === token.text.toLowerCase());
}

function possibleBefore(p: Parser, next: Token): readonly string[] {
  switch (next.kind) {
    case "number":
    case "character":
      return next.startsLine ? [] : ["return", "case"];
    case "string":
      return next.startsLine ? [] : ["return"];
    case "identifier":
      // `name name`: most of all a type that is not known, unless that would be all of it.
      return next.startsLine ? [] : isEnd(peek(p, 2)) ? ["return", "goto"] : [];
    case "punctuator":
      if (next.text === ";") return ["break", "continue", "return"];
      if (next.text === "{") return ["do"];
      if (next.text === "(") return beforeParenthesis(p);
      return next.text === "-" && !next.startsLine ? ["return"] : [];
    default:
      return [];
  }
}

function isEnd(token: Token): boolean {
  return token.text === ";";
}

/** `name (…)` is a call unless a body follows, or there are semicolons within. */
function beforeParenthesis(p: Parser): readonly string[] {
  let level = 0;
  let semicolons = 0;
  for (let ahead = 1; ahead < 400; ahead++) {
    const token = peek(p, ahead);
    if (token.kind === "end") return [];
    if (token.text === "(") level++;
    else if (token.text === ";" && ++semicolons > 2) return [];
    else if (token.text === ")" && --level === 0) {
      if (semicolons > 0) return ["for"];
      return peek(p, ahead + 1).text === "{" ? ["while", "if", "switch", "for"] : [];
    } else if (token.text === "{" || token.text === "}") return [];
  }
  return [];
}

/** Says so; the parser goes on as if it were the keyword. */
export function reportMisspelt(p: Parser, meant: string): void {
  const { token } = p;
  const end = endOf(token);
  misplaced(p, token.loc, `there is no statement '${token.text}'; did you mean '${meant}'?`, {
    end,
    fix: { from: token.loc, to: end, text: meant },
  });
}

/** Other languages' words, and slips, where only `else` makes sense. */
export function misspeltElse(p: Parser): string | undefined {
  const { token } = p;
  if (!isName(token) || token.from !== undefined || token.text.length > 6) return undefined;
  if (!/^[eEls]/.test(token.text)) return undefined;
  const word = token.text.toLowerCase();
  const isElseIf = /^(?:elif|elsif|elseif)$/.test(word);
  const meant = isElseIf
    ? "else if"
    : (mostSimilar(word, ["else"]) ?? (word === "else" ? word : ""));
  if (meant === "" || lookUp(p.scope, token.text) !== undefined) return undefined;
  const next = peek(p);
  if (isElseIf) return next.text === "(" ? meant : undefined;
  return next.text === "{" || (isName(next) && next.text !== "=") || next.text === "if"
    ? meant
    : undefined;
}
