// Labels of a function (C11 6.8.1, 6.2.3): they may be used before they stand somewhere. GNU's __label__ declares one for a
// block alone.

import type { Token } from "../preprocess/token.ts";
import type { Label } from "../tree/ast.ts";
import type { Scope } from "./scope.ts";
import { endOf } from "./state.ts";
import type { FunctionContext, LabelUse, Parser } from "./state.ts";

function newUse(name: Token): LabelUse {
  const label: Label = { name: name.text, loc: undefined, addressTaken: false };
  return { label, cleanups: undefined, firstUse: undefined, name };
}

/** The label of that name that can be seen here: a block's own, or the function's. */
export function labelUse(p: Parser, context: FunctionContext, name: string): LabelUse | undefined {
  for (let at: Scope | undefined = p.scope; at !== undefined; at = at.outer) {
    const use = at.labels?.get(name);
    if (use !== undefined) return use;
  }
  return context.labels.get(name);
}

function knownUse(p: Parser, context: FunctionContext, name: Token): LabelUse {
  let use = labelUse(p, context, name.text);
  if (use === undefined) {
    use = newUse(name);
    context.labels.set(name.text, use);
  }
  return use;
}

/** __label__ name */
export function declareLabel(p: Parser, name: Token): void {
  const labels = (p.scope.labels ??= new Map());
  const previous = labels.get(name.text);
  if (previous !== undefined) {
    p.diagnostics.error(name.loc, `redefinition of label '${name.text}'`, {
      end: endOf(name),
      notes: [{ loc: previous.name.loc, message: "previous declaration is here" }],
    });
    return;
  }
  labels.set(name.text, newUse(name));
}

/** The label that a goto or && names. */
export function labelNamed(p: Parser, context: FunctionContext, name: Token): LabelUse {
  const use = knownUse(p, context, name);
  use.firstUse ??= name.loc;
  return use;
}

/** The label that stands here. */
export function labelHere(p: Parser, context: FunctionContext, name: Token): Label {
  const use = knownUse(p, context, name);
  if (use.label.loc !== undefined) {
    p.diagnostics.error(name.loc, `redefinition of label '${name.text}'`, {
      end: endOf(name),
      notes: [{ loc: use.label.loc, message: "previous definition is here" }],
    });
    return { name: name.text, loc: name.loc, addressTaken: false };
  }
  use.label.loc = name.loc;
  use.cleanups = context.cleanups;
  return use.label;
}

/** At the end of a block: its own labels. */
export function endLabels(p: Parser, scope: Scope): void {
  if (scope.labels !== undefined) checkLabels(p, scope.labels);
}

/** Labels that were used and stand nowhere, and labels that nobody uses. */
export function checkLabels(p: Parser, labels: ReadonlyMap<string, LabelUse>): void {
  for (const { label, firstUse, name } of labels.values()) {
    if (label.loc === undefined) {
      p.diagnostics.error(name.loc, `use of undeclared label '${label.name}'`, {
        end: endOf(name),
      });
    } else if (firstUse === undefined) {
      p.diagnostics.warning("unused-label", label.loc, `unused label '${label.name}'`, {
        end: endOf(name),
      });
    }
  }
}
