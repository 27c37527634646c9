// Arrays and structures of a function that are read and never get a value anywhere in it (C11 6.2.4p6: their value is
// indeterminate). Who takes an object's address may give it values, so nothing is said of it then.

import { VOLATILE } from "../types/type.ts";
import type { Loc } from "../source/sources.ts";
import type { CompoundStatement, Expression, Statement, Variable } from "../tree/ast.ts";
import type { Report } from "./report.ts";
import { eachChild, eachPart } from "../tree/walk.ts";

export function warnOfBlankObjects(
  report: Report,
  locals: readonly Variable[],
  body: CompoundStatement,
): void {
  const candidates = new Set<Variable>();
  for (const variable of locals) {
    const { type } = variable;
    if (variable.isParameter || variable.isStatic || variable.init !== undefined) continue;
    if (type.kind !== "array" && (type.kind !== "struct" || type.tag.size === 0)) continue;
    if ((type.qualifiers & VOLATILE) === 0 && variable.linkage === "none") candidates.add(variable);
  }
  if (candidates.size === 0) return;
  const reads = new Map<Variable, Loc>();
  const inExpression = (e: Expression): void => {
    if (e.kind === "load") {
      const owner = ownPart(e.place, inExpression);
      if (owner === undefined) inExpression(e.place);
      else if (!reads.has(owner)) reads.set(owner, e.loc);
    } else if (e.kind === "variable") candidates.delete(e.variable);
    else eachChild(e, inExpression, inStatement);
  };
  const inStatement = (one: Statement): void => eachPart(one, inStatement, inExpression);
  inStatement(body);
  for (const [variable, loc] of reads) {
    if (!candidates.has(variable)) continue;
    report.diagnostics.warning(
      "uninitialized",
      loc,
      `variable '${variable.name}' is uninitialized when used here`,
      {
        notes: [
          { loc: variable.loc, message: `'${variable.name}' is declared here without a value` },
        ],
      },
    );
  }
}

/** The variable of which a place is a member or an element; subscripts are looked at. */
function ownPart(place: Expression, subscript: (e: Expression) => void): Variable | undefined {
  switch (place.kind) {
    case "variable":
      return place.variable;
    case "member":
      return ownPart(place.of, subscript);
    case "dereference": {
      const { pointer } = place;
      const base = pointer.kind === "pointer-add" ? pointer.pointer : pointer;
      if (base.kind !== "address") return undefined;
      const owner = ownPart(base.of, subscript);
      if (owner !== undefined && pointer.kind === "pointer-add") subscript(pointer.index);
      return owner;
    }
    default:
      return undefined;
  }
}
