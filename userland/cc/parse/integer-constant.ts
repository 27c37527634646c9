// Constant expressions of integers (C11 6.6p6): lengths of arrays, widths of bit-fields, cases, enumerators.

import { isInteger } from "../types/conversions.ts";
import { quoted } from "../types/name.ts";
import type { Type } from "../types/type.ts";
import { evaluate } from "../tree/constant.ts";
import { conditionalExpression } from "./expression.ts";
import { isPoisoned } from "../tree/nodes.ts";
import type { Parser } from "./state.ts";
import { spanFrom, valueOf } from "./value.ts";

/** constant-expression of integers (6.6p6); undefined after a message. */
export function integerConstant(
  p: Parser,
  what: string,
): { value: bigint; type: Type } | undefined {
  const start = p.at;
  const e = valueOf(p, conditionalExpression(p));
  const span = spanFrom(p, start);
  if (isPoisoned(e)) return undefined;
  if (!isInteger(e.type)) {
    p.diagnostics.error(span.loc, `${what} must have an integer type, not ${quoted(e.type)}`, {
      end: span.end,
    });
    return undefined;
  }
  const value = e.kind === "integer" ? { value: e.value, symbol: undefined } : evaluate(e);
  if (value === undefined || value.symbol !== undefined) {
    p.diagnostics.error(span.loc, `${what} is not an integer constant expression`, {
      end: span.end,
    });
    return undefined;
  }
  return { value: value.value, type: e.type };
}
