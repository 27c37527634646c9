// ?: (C11 6.5.15): the type of both ways together.

import * as nodes from "../tree/nodes.ts";
import type { Loc, Span } from "../source/sources.ts";
import { integerOf, isScalar, usual } from "../types/conversions.ts";
import { VOID, VOID_POINTER } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { Type } from "../types/type.ts";
import { commonPointer } from "./assignable.ts";
import type { Expression } from "../tree/ast.ts";
import { isNullConstant, isPoisoned, poison } from "../tree/nodes.ts";
import type { Parser } from "./state.ts";
import { promotedType } from "../tree/promotion.ts";

/** 6.5.15, the condition being a value already. */
export function conditional(
  p: Parser,
  condition: Expression,
  then: Expression | undefined,
  otherwise: Expression,
  loc: Loc,
  span: Span,
): Expression {
  const first = then ?? condition;
  if (isPoisoned(condition) || isPoisoned(first) || isPoisoned(otherwise)) return poison(loc);
  if (!isScalar(condition.type)) {
    p.diagnostics.error(
      condition.loc,
      `used type ${quoted(condition.type)} where a condition is required`,
    );
    return poison(loc);
  }
  const type = conditionalType(p, first, otherwise, loc, span);
  if (type === undefined) return poison(loc);
  const no = nodes.convert(otherwise, type);
  const yes = then === undefined ? undefined : nodes.convert(then, type);
  if (condition.kind === "integer") {
    const chosen = condition.value === 0n ? no : (yes ?? nodes.convert(condition, type));
    if (chosen.kind === "integer" && (yes ?? no).kind === "integer" && no.kind === "integer") {
      return chosen;
    }
  }
  // oxlint-disable-next-line unicorn/no-thenable -- an expression, which nobody awaits
  return { kind: "conditional", condition, then: yes, else: no, type, loc };
}

function conditionalType(
  p: Parser,
  left: Expression,
  right: Expression,
  loc: Loc,
  span: Span,
): Type | undefined {
  const a = integerOf(promotedType(left));
  const b = integerOf(promotedType(right));
  if (a !== undefined && b !== undefined) return usual(a, b);
  const l = left.type;
  const r = right.type;
  if (l.kind === "void" || r.kind === "void") return VOID;
  if (l.kind === "struct" && r.kind === "struct" && l.tag === r.tag) return l;
  if (l.kind === "pointer" && r.kind === "pointer") {
    if (isNullConstant(left)) return r;
    if (isNullConstant(right)) return l;
    const common = commonPointer(l, r);
    if (common !== undefined) return common;
    p.diagnostics.warning(
      "pointer-type-mismatch",
      loc,
      `pointer type mismatch (${quoted(l)} and ${quoted(r)})`,
      { end: span.end },
    );
    return VOID_POINTER;
  }
  if (l.kind === "pointer" && isNullConstant(right)) return l;
  if (r.kind === "pointer" && isNullConstant(left)) return r;
  if ((l.kind === "pointer" && b !== undefined) || (r.kind === "pointer" && a !== undefined)) {
    p.diagnostics.error(
      loc,
      `pointer/integer type mismatch in conditional expression (${quoted(l)} and ${quoted(r)})`,
      { end: span.end },
    );
    return undefined;
  }
  p.diagnostics.error(loc, `incompatible operand types (${quoted(l)} and ${quoted(r)})`, {
    end: span.end,
  });
  return undefined;
}
