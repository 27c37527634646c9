// Objects that an expression changes twice, or changes and reads, without a sequence point between (C11 6.5p2): `i = i++`,
// `i++ + i++`. Only plain variables are looked at.

import type { Loc } from "../source/sources.ts";
import type { Expression, Variable } from "../tree/ast.ts";
import type { Report } from "./report.ts";
import { eachChild } from "../tree/walk.ts";

/** Variables and where they are read or changed. */
interface Uses {
  readonly reads: Map<Variable, Loc>;
  readonly changes: Map<Variable, Change>;
}

interface Change {
  readonly loc: Loc;
  /** Before the value that it is a part of: it is in the arguments of a call. */
  readonly isBefore: boolean;
}

/** Of a full expression. */
export function warnOfSequence(report: Report, e: Expression): void {
  const said = new Set<Variable>();
  usesOf(e, (variable, loc) => {
    if (said.has(variable)) return;
    said.add(variable);
    report.diagnostics.warning(
      "unsequenced",
      loc,
      `'${variable.name}' is changed here and used elsewhere in the same expression; which comes first is undefined`,
    );
  });
}

type Clash = (variable: Variable, loc: Loc) => void;

function none(): Uses {
  return { reads: new Map(), changes: new Map() };
}

function usesOf(e: Expression, clash: Clash): Uses {
  switch (e.kind) {
    case "load":
      if (e.place.kind !== "variable") return usesOf(e.place, clash);
      return { reads: new Map([[e.place.variable, e.place.loc]]), changes: new Map() };
    case "increment":
      if (e.place.kind !== "variable") return usesOf(e.place, clash);
      return {
        reads: new Map(),
        changes: new Map([[e.place.variable, { loc: e.loc, isBefore: false }]]),
      };
    case "assign":
    case "compound-assign": {
      const value = usesOf(e.value, clash);
      if (e.place.kind !== "variable") return together([usesOf(e.place, clash), value], clash);
      const { variable } = e.place;
      // What the value reads is read before.
      const earlier = value.changes.get(variable);
      if (earlier !== undefined && !earlier.isBefore) clash(variable, earlier.loc);
      value.changes.set(variable, { loc: e.loc, isBefore: false });
      value.reads.delete(variable);
      return value;
    }
    case "comma":
      usesOf(e.left, clash);
      return usesOf(e.right, clash);
    case "logical":
      return inOrder([usesOf(e.left, clash), usesOf(e.right, clash)]);
    case "conditional": {
      const arms = [usesOf(e.else, clash)];
      if (e.then !== undefined) arms.push(usesOf(e.then, clash));
      return inOrder([usesOf(e.condition, clash), ...arms]);
    }
    case "call": {
      // The call itself comes after its arguments.
      const uses = together(
        [e.function, ...e.arguments].map((inner) => usesOf(inner, clash)),
        clash,
      );
      for (const [variable, { loc }] of uses.changes)
        uses.changes.set(variable, { loc, isBefore: true });
      return uses;
    }
    case "statement-expression":
      return none();
    default: {
      const parts: Uses[] = [];
      eachChild(
        e,
        (inner) => parts.push(usesOf(inner, clash)),
        () => {},
      );
      return together(parts, clash);
    }
  }
}

/** Parts of which nobody knows which comes first. */
function together(parts: readonly Uses[], clash: Clash): Uses {
  const all = none();
  for (const part of parts) {
    for (const [variable, { loc }] of part.changes)
      if (all.changes.has(variable) || all.reads.has(variable)) clash(variable, loc);
    for (const variable of part.reads.keys()) {
      const changed = all.changes.get(variable);
      if (changed !== undefined) clash(variable, changed.loc);
    }
    merge(all, part);
  }
  return all;
}

function inOrder(parts: readonly Uses[]): Uses {
  const all = none();
  for (const part of parts) merge(all, part);
  return all;
}

function merge(all: Uses, part: Uses): void {
  for (const [variable, loc] of part.reads) all.reads.set(variable, loc);
  for (const [variable, change] of part.changes) all.changes.set(variable, change);
}
