// The opening brace of a structure, union or enumeration that is missing: what stands below the name can only be inside, and the
// closing brace is there. Whether it was forgotten is asked only where the text is wrong anyway.

import type { Token } from "../preprocess/token.ts";
import { isName, keywordOf, misplaced, peek, previousEnd } from "./state.ts";
import type { Parser } from "./state.ts";

/** The closing brace is looked for so far: a structure of some thirty members. */
const MOST_TOKENS = 200;

const BEGINS_MEMBER: ReadonlySet<string> = new Set(
  "void char short int long float double signed unsigned _Bool struct union enum const volatile".split(
    " ",
  ),
);

const NOT_INSIDE: ReadonlySet<string> = new Set(
  "if else for while do switch case default return break continue goto typedef static extern".split(
    " ",
  ),
);

/** Whether the members begin here without a brace, which is said then. `keyword` is struct or union. */
export function missesBraceOfMembers(p: Parser, keyword: Token): boolean {
  const { token } = p;
  const word = keywordOf(token) ?? "";
  const next = peek(p);
  const isMember =
    BEGINS_MEMBER.has(word) ||
    (isName(token) && p.rules.startsType(p) && (isName(next) || next.text === "*"));
  return isMember && token.startsLine && closes(p, ";") && report(p, keyword);
}

/** The same of an enumeration, whose constants begin here. */
export function missesBraceOfConstants(p: Parser, keyword: Token): boolean {
  if (!isName(p.token)) return false;
  const next = peek(p).text;
  const isConstant = next === "," || next === "=" || next === "}";
  return isConstant && p.token.startsLine && closes(p, ",") && report(p, keyword);
}

/** Whether a closing brace that nothing here has opened stands where a member or constant may end. */
function closes(p: Parser, separator: ";" | ","): boolean {
  let level = 0;
  for (let at = p.at; at < p.at + MOST_TOKENS; at++) {
    const token = p.tokens[at];
    if (token === undefined || token.kind === "end") return false;
    const { text } = token;
    if (text === "(" || text === "[" || text === "{") level++;
    else if (text === ")" || text === "]" || (text === "}" && level > 0)) level--;
    else if (text === "}") {
      const before = p.tokens[at - 1]?.text;
      const after = p.tokens[at + 1];
      const ends = separator === "," || before === ";";
      return (
        ends &&
        (after?.text === ";" || after?.text === "*" || (after !== undefined && isName(after)))
      );
    } else if (level === 0 && separator === "," && text === ";") return false;
    else if (separator === ";" && (text === "=" || NOT_INSIDE.has(keywordOf(token) ?? "")))
      return false;
  }
  return false;
}

function report(p: Parser, keyword: Token): boolean {
  const loc = previousEnd(p);
  misplaced(p, loc, `expected '{' where this ${keyword.text} begins`, {
    fix: { from: loc, to: loc, text: " {" },
  });
  return true;
}
