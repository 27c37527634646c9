// Casts (C11 6.5.4).

import { compatibleUnqualified } from "../types/compatible.ts";
import { integerOf, isScalar } from "../types/conversions.ts";
import { alignOf } from "../types/layout.ts";
import { unqualified, VOID } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { Member, StructTag, Type } from "../types/type.ts";
import type { Loc } from "../source/sources.ts";
import type { Expression } from "../tree/ast.ts";
import * as nodes from "../tree/nodes.ts";
import { isPoisoned, poison } from "../tree/nodes.ts";
import type { Parser } from "./state.ts";
import { promotedType } from "../tree/promotion.ts";

/** GNU C: a union's member that a value of this type can be. */
function memberFor({ members = [] }: StructTag, from: Type): Member | undefined {
  return members.find(
    ({ name, type, bits }) =>
      name !== undefined && bits === undefined && compatibleUnqualified(type, from),
  );
}

function inUnion(type: Type, member: Member, value: Expression, loc: Loc): Expression {
  const variable = nodes.temporary("union", unqualified(type), undefined, alignOf(type), loc);
  const entry = { offset: member.offset, bits: undefined, type: unqualified(member.type), value };
  variable.init = { entries: [entry] };
  return nodes.load({ kind: "compound-literal", variable, type: unqualified(type), loc });
}

/** `value` as a value of `type`; [loc, end) is the whole cast, for messages. */
export function castTo(p: Parser, value: Expression, type: Type, loc: Loc, end: Loc): Expression {
  if (isPoisoned(value)) return value;
  const from = value.type;
  if (type.kind === "void") return nodes.convert(value, VOID, loc);
  if (type.kind === "struct" && from.kind === "struct" && type.tag === from.tag) return value;
  const member = type.kind === "struct" && type.tag.isUnion ? memberFor(type.tag, from) : undefined;
  if (member !== undefined) return inUnion(type, member, value, loc);
  if (!isScalar(type)) {
    p.diagnostics.error(loc, `cast to ${quoted(type)}, which is not a scalar type`, { end });
    return poison(loc);
  }
  if (!isScalar(from)) {
    p.diagnostics.error(loc, `operand of type ${quoted(from)} where a scalar type is required`, {
      end,
    });
    return poison(loc);
  }
  const to = unqualified(type);
  const integer = integerOf(to);
  if (
    from.kind === "pointer" &&
    integer !== undefined &&
    integer.size < 8 &&
    integer.name !== "bool"
  ) {
    p.diagnostics.warning(
      "pointer-to-int-cast",
      loc,
      `cast to smaller integer type ${quoted(to)} from ${quoted(from)}`,
      { end },
    );
  } else if (to.kind === "pointer" && value.kind !== "integer") {
    const source = integerOf(from);
    if (source !== undefined && source.size < 8) {
      p.diagnostics.warning(
        "int-to-pointer-cast",
        loc,
        `cast to ${quoted(to)} from smaller integer type ${quoted(from)}`,
        { end },
      );
    }
  }
  const result = nodes.convert(value, to, loc);
  // What was cast is no bit-field any more, whose width would decide its promotion.
  if (result === value && promotedType(value) !== value.type) {
    return { kind: "convert", value, type: to, loc };
  }
  // Types that are alike are still told apart by their names and by what _Generic sees.
  if (result === value && value.type !== to) return { ...value, type: to };
  return result;
}
