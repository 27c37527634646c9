// The conditions of if, while, for and do (C11 6.8.4.1, 6.8.5), and what is said of those that look like a slip.

import { isScalar } from "../types/conversions.ts";
import { quoted } from "../types/name.ts";
import type { Expression } from "../tree/ast.ts";
import { warnOfCertainAddress, warnOfShiftedTruth } from "./doubts.ts";
import { expressionValue } from "./expression.ts";
import { isPoisoned, poison } from "../tree/nodes.ts";
import type { Parser } from "./state.ts";
import { spanFrom } from "./value.ts";

/** A value that is compared with zero: of if, while, for and do. */
export function conditionValue(p: Parser): Expression {
  const start = p.at;
  const e = expressionValue(p);
  const span = spanFrom(p, start);
  if (isPoisoned(e)) return e;
  if (!isScalar(e.type)) {
    p.diagnostics.error(
      span.loc,
      `statement requires an expression of scalar type (${quoted(e.type)} is none)`,
      { end: span.end },
    );
    return poison(e.loc);
  }
  warnOfCertainAddress(p, e, span);
  warnOfShiftedTruth(p, e);
  if (e.kind === "assign" && e !== p.parenthesised) {
    p.diagnostics.warning(
      "parentheses",
      e.loc,
      "using the result of an assignment as a condition without parentheses",
      {
        notes: [
          { loc: e.loc, message: "use '==' to turn this assignment into an equality comparison" },
          {
            loc: e.loc,
            message: "place parentheses around the assignment to silence this warning",
          },
        ],
        fix: { from: e.loc, to: e.loc + 1, text: "==" },
      },
    );
  }
  return e;
}
