// Labels of a function (C11 6.8.1, 6.2.3): they may be used before they stand somewhere.

import type { Token } from "../preprocess/token.ts";
import type { Label } from "./ast.ts";
import { endOf } from "./state.ts";
import type { FunctionContext, Parser } from "./state.ts";

/** The label that a goto or && names. */
export function labelNamed(context: FunctionContext, name: Token): Label {
  const use = context.labels.get(name.text);
  if (use !== undefined) {
    use.firstUse ??= name.loc;
    return use.label;
  }
  const label: Label = { name: name.text, loc: undefined, addressTaken: false };
  context.labels.set(name.text, { label, firstUse: name.loc, name });
  return label;
}

/** The label that stands here. */
export function labelHere(p: Parser, context: FunctionContext, name: Token): Label {
  const use = context.labels.get(name.text);
  if (use === undefined) {
    const label: Label = { name: name.text, loc: name.loc, addressTaken: false };
    context.labels.set(name.text, { label, firstUse: undefined, name });
    return label;
  }
  if (use.label.loc !== undefined) {
    p.diagnostics.error(name.loc, `redefinition of label '${name.text}'`, {
      end: endOf(name),
      notes: [{ loc: use.label.loc, message: "previous definition is here" }],
    });
    return { name: name.text, loc: name.loc, addressTaken: false };
  }
  use.label.loc = name.loc;
  return use.label;
}

/** At the function's end: labels that were used and stand nowhere, and labels that nobody uses. */
export function checkLabels(p: Parser, context: FunctionContext): void {
  for (const { label, firstUse, name } of context.labels.values()) {
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
