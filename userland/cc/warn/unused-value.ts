// Warnings about expressions whose value nobody takes.

import { VOLATILE } from "../types/type.ts";
import type { Expression } from "../tree/ast.ts";
import { isPoisoned } from "../tree/nodes.ts";
import type { Report } from "./report.ts";
import type { Span } from "../source/sources.ts";

export function warnOfUnusedValue(report: Report, e: Expression, span: Span): void {
  if (isPoisoned(e)) return;
  switch (e.kind) {
    case "compare": {
      const isEquality = e.operator === "==";
      report.diagnostics.warning(
        "unused-comparison",
        e.loc,
        `${isEquality ? "equality" : e.operator === "!=" ? "inequality" : "relational"} comparison result unused`,
        isEquality
          ? {
              notes: [
                {
                  loc: e.loc,
                  message: "use '=' to turn this equality comparison into an assignment",
                },
              ],
              fix: { from: e.loc, to: e.loc + 2, text: "=" },
            }
          : {},
      );
      return;
    }
    case "load":
      if (isVolatile(e.place)) return;
      break;
    case "binary":
    case "unary":
    case "integer":
    case "pointer-add":
    case "pointer-difference":
    case "string":
    case "address":
      break;
    case "convert":
      // (void)x says that it is meant; a conversion of something with effects has them.
      if (e.type.kind === "void" || !isPure(e.value)) return;
      break;
    case "call": {
      const symbol = e.function.kind === "function" ? e.function.function : undefined;
      if (symbol?.attributes.warnUnusedResult !== true) return;
      report.diagnostics.warning(
        "unused-result",
        span.loc,
        `ignoring the value that '${symbol.name}' returns, which is declared with 'warn_unused_result'`,
        { end: span.end, notes: [{ loc: symbol.loc, message: `'${symbol.name}' declared here` }] },
      );
      return;
    }
    case "conditional":
      if (e.type.kind === "void" || !isPure(e.else) || (e.then !== undefined && !isPure(e.then)))
        return;
      break;
    case "comma":
      warnOfUnusedValue(report, e.right, span);
      return;
    default:
      return;
  }
  if (e.kind === "integer" && e.type.kind === "void") return;
  report.diagnostics.warning("unused-value", span.loc, "expression result unused", {
    end: span.end,
  });
}

/** What stands before a comma and has no effect. `(void)x` says that it is meant. */
export function warnOfUnusedOperand(report: Report, e: Expression, span: Span): void {
  if (isPoisoned(e) || e.type.kind === "void" || !isPure(e)) return;
  report.diagnostics.warning("unused-value", span.loc, "left operand of the comma has no effect", {
    end: span.end,
  });
}

function isPure(e: Expression): boolean {
  switch (e.kind) {
    case "load":
      return !isVolatile(e.place);
    case "integer":
    case "string":
    case "address":
    case "binary":
    case "unary":
    case "compare":
      return true;
    case "convert":
      return isPure(e.value);
    default:
      return false;
  }
}

/** Reading it is an effect. */
function isVolatile(place: Expression): boolean {
  return (place.type.qualifiers & VOLATILE) !== 0;
}
