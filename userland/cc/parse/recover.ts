// Going on after what could not be read: everything that the parser remembers of the constructs around is put back to what
// it was where the recovery takes place.

import {
  advance,
  enter,
  expect,
  leave,
  moveTo,
  previousEnd,
  skipToClosing,
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

/** ( … ) of an if, while, for or switch. When its inside cannot be read, the parser goes on behind the closing parenthesis. */
export function parenthesised<Result>(
  p: Parser,
  where: string,
  run: () => Result,
): Result | undefined {
  const open = p.at;
  const token = expect(p, "(", where);
  enter(p);
  const result = guarded(p, () => {
    const value = run();
    if (p.token.text !== ")") {
      const loc = p.token.startsLine || p.token.text === "{" ? previousEnd(p) : p.token.loc;
      p.diagnostics.error(loc, "expected ')'", {
        notes: [{ loc: token.loc, message: "to match this '('" }],
      });
      // Where the body begins the parenthesis was only forgotten.
      if (p.token.text === "{") return { value };
      throw new SyntaxProblem("parenthesis");
    }
    advance(p);
    return { value };
  });
  leave(p);
  if (result !== undefined) return result.value;
  const at = p.at;
  if (!skipToClosing(p, open) || p.at < at) {
    moveTo(p, at);
    throw new SyntaxProblem("parenthesis");
  }
  moveTo(p, p.at + 1);
  return undefined;
}
