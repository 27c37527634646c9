// Operators that other languages have or that are easily turned round: `=>`, `=<`, `===`, `<>`, `and`. The parser reads them
// as what was meant.

import type { Token } from "../preprocess/token.ts";
import { lookUp } from "./scope.ts";
import { advance, endOf, misplaced } from "./state.ts";
import type { Parser } from "./state.ts";

const MEANT: Readonly<Record<string, string>> = {
  "=>": ">=",
  "=<": "<=",
  "<>": "!=",
  "><": "!=",
  "===": "==",
  "!==": "!=",
  "|||": "||",
};

/** The current token is behind the operator `token`. Whether both are one, which is then said and skipped. */
export function isForeignOperator(p: Parser, token: Token): boolean {
  const next = p.token;
  if (next.kind !== "punctuator" || next.loc !== token.loc + token.text.length) return false;
  const spelled = token.text + next.text;
  if (!Object.hasOwn(MEANT, spelled)) return false;
  const meant = MEANT[spelled] ?? "";
  const end = endOf(next);
  misplaced(p, token.loc, `there is no operator '${spelled}'; did you mean '${meant}'?`, {
    end,
    ...(token.from === undefined ? { fix: { from: token.loc, to: end, text: meant } } : {}),
  });
  advance(p);
  return true;
}

/** `a and b`: whether the current token is such a word, which is then said and skipped. */
export function isWordOperator(p: Parser): boolean {
  const { token } = p;
  if (token.text !== "and" && token.text !== "or") return false;
  if (token.startsLine || lookUp(p.scope, token.text) !== undefined) return false;
  const meant = token.text === "and" ? "&&" : "||";
  const end = endOf(token);
  misplaced(p, token.loc, `there is no operator '${token.text}'; did you mean '${meant}'?`, {
    end,
    notes: [{ loc: token.loc, message: "with '#include <iso646.h>' there is one" }],
    fix: { from: token.loc, to: end, text: meant },
  });
  advance(p);
  return true;
}
