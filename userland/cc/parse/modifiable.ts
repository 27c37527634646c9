// Which places may be given a value (C11 6.3.2.1p1), and what is said about those that may not.

import { integerOf } from "../types/conversions.ts";
import { isComplete } from "../types/layout.ts";
import { quoted } from "../types/name.ts";
import { CONST } from "../types/type.ts";
import type { Type } from "../types/type.ts";
import type { Expression } from "../tree/ast.ts";
import * as nodes from "../tree/nodes.ts";
import { isPoisoned } from "../tree/nodes.ts";
import type { Parser } from "./state.ts";
import type { Span } from "../source/sources.ts";

/** Whether a place may be given a value; says why not. */
export function isModifiable(p: Parser, place: Expression, span: Span, operator?: string): boolean {
  if (isPoisoned(place)) return false;
  const complain = (message: string) => {
    p.diagnostics.error(span.loc, message, { end: span.end });
    return false;
  };
  const root = nodes.rootOf(place);
  if (!nodes.isLvalue(place) || (root !== undefined && root.name === "")) {
    const isComparison = operator === "=" && (place.kind === "call" || place.kind === "binary");
    return complain(`expression is not assignable${isComparison ? "; '==' compares" : ""}`);
  }
  if (place.type.kind === "array")
    return complain(
      `array type ${quoted(place.type)} is not assignable; ${integerOf(place.type.of)?.size === 1 ? "strcpy of <string.h> copies a text into an array" : "elements are, one by one"}`,
    );
  if (place.type.kind === "function" || place.type.kind === "void") {
    return complain(`non-object type ${quoted(place.type)} is not assignable`);
  }
  if (!isComplete(place.type))
    return complain(`incomplete type ${quoted(place.type)} is not assignable`);
  if (place.type.qualifiers & CONST) {
    const name =
      place.kind === "variable"
        ? `variable '${place.variable.name}'`
        : place.kind === "member" && place.member.name !== undefined
          ? `member '${place.member.name}'`
          : undefined;
    if (place.kind === "variable") {
      p.diagnostics.error(
        span.loc,
        `cannot assign to variable '${place.variable.name}' with const-qualified type ${quoted(place.type)}`,
        {
          end: span.end,
          notes: [
            {
              loc: place.variable.loc,
              message: `variable '${place.variable.name}' declared const here`,
            },
          ],
        },
      );
      return false;
    }
    return complain(
      name === undefined
        ? "read-only variable is not assignable"
        : `cannot assign to ${name} with const-qualified type ${quoted(place.type)}`,
    );
  }
  if (hasConstMember(place.type)) {
    return complain(`cannot assign to ${quoted(place.type)}, which has a const-qualified member`);
  }
  return true;
}

function hasConstMember(type: Type): boolean {
  if (type.kind !== "struct") return false;
  return (type.tag.members ?? []).some((member) => {
    let inner = member.type;
    while (inner.kind === "array") inner = inner.of;
    return (inner.qualifiers & CONST) !== 0;
  });
}
