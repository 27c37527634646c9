// Constants in attributes and alignment specifiers.

import { integerConstant } from "./integer-constant.ts";
import type { Parser } from "./state.ts";

/** A constant expression of integers that is small enough to be a size; undefined after a message. */
export function expressionInteger(p: Parser): number | undefined {
  const loc = p.token.loc;
  const constant = integerConstant(p, "this argument");
  if (constant === undefined) return undefined;
  if (constant.value < -(1n << 31n) || constant.value >= 1n << 32n) {
    p.diagnostics.error(loc, "this argument is too large");
    return undefined;
  }
  return Number(constant.value);
}
