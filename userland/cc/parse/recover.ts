// Going on after what could not be read: everything that the parser remembers of the constructs around is put back to what
// it was where the recovery takes place, and tokens are skipped up to where a statement or declaration may begin again.

import type { Token } from "../preprocess/token.ts";
import { isAtMargin } from "./layout-of-text.ts";
import {
  advance,
  atGap,
  enter,
  giveUp,
  isName,
  keywordOf,
  leave,
  misplaced,
  moveTo,
  peek,
  previousEnd,
  SyntaxProblem,
} from "./state.ts";
import type { Parser } from "./state.ts";

/** Runs the function; after a syntax problem in it the parser's state, but for the place, is as before. Undefined then. */
export function guarded<Result>(p: Parser, run: () => Result): Result | undefined {
  const { depth, chain, unevaluated, unreached, scope, inParameters } = p;
  const context = p.function;
  const breakable = context?.breakable ?? 0;
  const continuable = context?.continuable ?? 0;
  const around = context?.switch;
  try {
    return run();
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem;
    p.depth = depth;
    p.chain = chain;
    p.unevaluated = unevaluated;
    p.unreached = unreached;
    p.scope = scope;
    p.inParameters = inParameters;
    if (context !== undefined && context === p.function) {
      context.breakable = breakable;
      context.continuable = continuable;
      context.switch = around;
    }
    return undefined;
  }
}

/**
 * ( … ) of an if, while, for or switch. A parenthesis that is missing is taken to be there; when the inside cannot be read,
 * the parser goes on behind the closing one, or at the body.
 */
export function parenthesised<Result>(
  p: Parser,
  where: string,
  run: () => Result,
): Result | undefined {
  const open = p.at;
  const token = p.token;
  const isOpen = token.text === "(";
  if (isOpen) advance(p);
  else misplaced(p, ...atGap(p, `expected '('${where}`));
  // `for i in range(n):` is of another language.
  if (!isOpen && isName(p.token) && isName(peek(p)) && !peek(p).startsLine) {
    if (!p.rules.startsType(p)) {
      if (!skipToBody(p, open)) giveUp();
      if (p.token.text === ":") advance(p);
      return undefined;
    }
  }
  enter(p);
  const result = guarded(p, () => {
    const value = run();
    if (isOpen) closing(p, token);
    else if (p.token.text === ")") advance(p);
    return { value };
  });
  leave(p);
  if (result !== undefined) return result.value;
  if (p.isLeaving || !skipToBody(p, open)) giveUp();
  return undefined;
}

/** Where the body begins the parenthesis was only forgotten. */
function closing(p: Parser, open: Token): void {
  if (p.token.text === ")") {
    advance(p);
    return;
  }
  const isBody = p.token.startsLine || p.token.text === "{";
  misplaced(p, isBody ? previousEnd(p) : p.token.loc, "expected ')'", {
    notes: [{ loc: open.loc, message: "to match this '('" }],
  });
  if (!isBody) giveUp();
}

/** From inside a parenthesis to behind its end, or to the brace of a body; whether there is one before the statement ends. */
function skipToBody(p: Parser, open: number): boolean {
  const from = p.at;
  let level = 0;
  for (let at = open; ; at++) {
    const token = p.tokens[at];
    if (token === undefined || token.kind === "end") return false;
    const { text } = token;
    if (text === "(" || text === "[") level++;
    else if (text === ")" || text === "]") {
      if (--level <= 0 && at >= from) {
        moveTo(p, at + 1);
        return true;
      }
    } else if (at < from) continue;
    else if (text === "{") {
      moveTo(p, at);
      return true;
    } else if (text === "}" || (token.startsLine && BEGINS_STATEMENT.has(keywordOf(token) ?? "")))
      return false;
  }
}

const BEGINS_STATEMENT: ReadonlySet<string> = new Set(
  "if for while do switch return break continue goto case default".split(" "),
);

const BEGINS_DECLARATION: ReadonlySet<string> = new Set(
  (
    "void char short int long float double signed unsigned _Bool struct union enum typedef extern static const volatile " +
    "register inline"
  ).split(" "),
);

/**
 * Skips to behind the next `;` or before the next `}` that belong to this block, or to a line that can only be another
 * statement. What began at `from` could not be read.
 */
export function synchronise(p: Parser, from: number): void {
  let braces = 0;
  while (p.token.kind !== "end") {
    const { text } = p.token;
    if (braces === 0 && p.at > from && p.token.startsLine && beginsAnew(p)) return;
    if (text === "{") braces++;
    else if (text === "}") {
      if (braces === 0) return;
      advance(p);
      if (--braces === 0) return;
      continue;
    } else if (text === ";" && braces === 0) {
      advance(p);
      // `a[SIZE];` where SIZE has a semicolon: the rest is of the same piece.
      if (p.token.startsLine || (p.token.text !== ")" && p.token.text !== "]")) return;
      continue;
    }
    advance(p);
  }
}

/** A keyword that begins statements, or one that begins a declaration which has its own end. */
function beginsAnew(p: Parser): boolean {
  const keyword = keywordOf(p.token);
  if (keyword === undefined) return false;
  if (BEGINS_STATEMENT.has(keyword)) return true;
  if (!BEGINS_DECLARATION.has(keyword)) return false;
  let level = 0;
  for (let at = p.at; ; at++) {
    const text = p.tokens[at]?.text ?? "";
    if (text === "(") level++;
    else if (text === ")" && --level < 0) return false;
    else if (text === ";" || text === "{" || text === "}" || text === "") return true;
  }
}

/** The same outside functions: a piece ends with `;` or a block, unless what stands below is indented and belongs to it. */
export function synchroniseFile(p: Parser, from: number): void {
  let braces = 0;
  while (p.token.kind !== "end") {
    const { text } = p.token;
    if (p.at > from && isAtMargin(p.token) && BEGINS_DECLARATION.has(keywordOf(p.token) ?? ""))
      return;
    advance(p);
    if (text === "{") braces++;
    else if (text === "}") {
      // One too many is the end of a function whose beginning could not be read.
      if (--braces > 0) continue;
      if (p.token.text === ";") advance(p);
      return;
    } else if (text === ";" && braces === 0) {
      if (p.token.startsLine ? isAtMargin(p.token) && p.token.text !== "}" : isSame(p)) return;
    }
  }
}

/** On the line of a semicolon another declaration may follow, but not the rest of a bracket. */
function isSame(p: Parser): boolean {
  return p.token.text !== ")" && p.token.text !== "]";
}
