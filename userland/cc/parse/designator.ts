// Designators of array elements (C11 6.7.9, with GNU's ranges), and what stands behind any designator.

import type { ArrayType } from "../types/type.ts";
import type { Expression } from "../tree/ast.ts";
import { evaluate } from "../tree/constant.ts";
import { integerConstant } from "./integer-constant.ts";
import { LARGEST_TYPE } from "./record.ts";
import { advance, expect, expectClosing, is, take } from "./state.ts";
import type { Parser } from "./state.ts";

/** [first] or [first ... last] */
export function indexDesignator(p: Parser, type: ArrayType): { first: number; last: number } {
  const open = advance(p);
  const read = (): number => {
    const start = p.token;
    const constant = integerConstant(p, "an array designator");
    if (constant === undefined) return 0;
    const value = constant.value;
    if (value < 0n) {
      p.diagnostics.error(start.loc, `array designator value '${value}' is negative`);
      return 0;
    }
    if (type.length >= 0 ? value >= BigInt(type.length) : value > BigInt(LARGEST_TYPE)) {
      p.diagnostics.error(
        start.loc,
        `array designator index (${value}) exceeds array bounds (${type.length})`,
      );
      return 0;
    }
    return Number(value);
  };
  const first = read();
  let last = first;
  if (take(p, "...")) {
    last = read();
    if (last < first) {
      p.diagnostics.error(open.loc, `array designator range [${first} ... ${last}] is empty`);
      last = first;
    }
  }
  expectClosing(p, "]", open);
  return { first, last };
}

/** Behind a designator: whether another follows, which goes on inside. Otherwise skips the `=`. */
export function designatorEnd(p: Parser): boolean {
  if (is(p, ".") || is(p, "[")) return true;
  // GNU's older forms have no `=` behind an index, and a colon behind a name.
  const before = p.tokens[p.at - 1]?.text;
  if (!take(p, "=") && before !== "]" && before !== ":") expect(p, "=");
  return false;
}

/** Whether a second evaluation is as good as one. */
export function isRepeatable(value: Expression): boolean {
  switch (value.kind) {
    case "integer":
    case "string":
    case "label-address":
      return true;
    case "load":
      return value.place.kind === "variable";
    case "convert":
      return isRepeatable(value.value);
    default:
      return evaluate(value) !== undefined;
  }
}
