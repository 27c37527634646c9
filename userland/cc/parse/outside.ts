// Statements outside functions: what remains when a brace is missing or one too many, or when a semicolon stands between a
// function's declarator and its body. One message says so, and the remains are skipped.

import { isAtMargin } from "./layout-of-text.ts";
import { lookUp } from "./scope.ts";
import {
  advance,
  endOf,
  giveUp,
  is,
  isName,
  keywordOf,
  misplaced,
  peek,
  previousEnd,
} from "./state.ts";
import type { Parser } from "./state.ts";

const STATEMENTS: ReadonlySet<string> = new Set(
  "if else for while do switch case default return break continue goto".split(" "),
);

/** Whether a statement begins here, and no declaration: at file scope, or where a function's body should. */
export function beginsStatement(p: Parser): boolean {
  const { token } = p;
  if (token.text === "++" || token.text === "--") return true;
  const keyword = keywordOf(token);
  if (keyword !== undefined) return STATEMENTS.has(keyword);
  if (!isName(token)) return false;
  const entity = lookUp(p.scope, token.text);
  if (entity?.kind === "typedef") return false;
  const next = peek(p);
  if (/^(?:[-+*/%&|^]?=|<<=|>>=|\+\+|--|\.|->|\[)$/.test(next.text)) return true;
  if (next.text !== "(") return false;
  const third = peek(p, 2);
  // `name(void)`, `name(a, b) {` lack a type; a call has values.
  if (third.kind === "string" || third.kind === "number" || third.kind === "character") return true;
  if (third.text === "&" || third.text === "!") return true;
  return entity?.kind === "function" && third.text !== "void" && token.startsLine;
}

/** Reports the first of several statements and skips them. */
export function strayStatement(p: Parser): never {
  const { token } = p;
  const before = p.tokens[p.at - 1];
  if (!p.isAdrift) {
    misplaced(p, token.loc, "a statement has to stand in a function", {
      end: endOf(token),
      notes:
        before?.text === "}"
          ? [{ loc: before.loc, message: "the function before it ends with this '}'" }]
          : [],
    });
  }
  p.isAdrift = true;
  return giveUp();
}

/** A block at file scope: skipped as a whole. */
export function strayBlock(p: Parser): void {
  const open = p.token;
  const semicolon = p.tokens[p.at - 1];
  const isBody = semicolon?.text === ";" && p.tokens[p.at - 2]?.text === ")";
  if (isBody) {
    misplaced(p, semicolon.loc, "this ';' keeps the function from its body", {
      notes: [{ loc: open.loc, message: "the body begins here" }],
      ...(semicolon.from === undefined
        ? { fix: { from: semicolon.loc, to: semicolon.loc + 1, text: "" } }
        : {}),
    });
  } else misplaced(p, open.loc, "a block has to stand in a function");
  const start = p.at;
  advance(p);
  for (let level = 1; level > 0 && p.token.kind !== "end";) {
    const { text } = p.token;
    if (p.at > start + 1 && isAtMargin(p.token) && text !== "}") return;
    if (text === "{") level++;
    else if (text === "}") level--;
    advance(p);
  }
}

/** A function whose body has no opening brace, which is then taken to be there. */
export function reportBareBody(p: Parser, name: string): void {
  const loc = previousEnd(p);
  misplaced(p, loc, `expected '{' where the body of '${name}' begins`, {
    fix: { from: loc, to: loc, text: " {" },
  });
}

/** } with nothing to close. */
export function extraBrace(p: Parser): void {
  const { token } = p;
  p.diagnostics.error(token.loc, "extraneous closing brace ('}')", {
    end: endOf(token),
    ...(token.from === undefined ? { fix: { from: token.loc, to: endOf(token), text: "" } } : {}),
  });
}

/** Whether the body of a function with this declarator begins here without its brace. */
export function beginsBareBody(p: Parser): boolean {
  if (!p.token.startsLine || is(p, "{")) return false;
  return beginsStatement(p) || (!isAtMargin(p.token) && p.rules.startsType(p));
}
