// #pragma GCC diagnostic and #pragma clang diagnostic (gcc's manual, "Diagnostic Pragmas"): which warnings are wanted from here
// on. push and pop put that aside and bring it back.

import type { Loc } from "../source/sources.ts";
import { knownWarning } from "../source/warnings.ts";
import type { PpToken } from "./pp-token.ts";
import type { State } from "./state.ts";

/** From `GCC` on. */
export function diagnosticPragma(state: State, tokens: readonly PpToken[], loc: Loc): void {
  const { diagnostics } = state;
  const { regions } = diagnostics;
  const prefix = `#pragma ${tokens[0]?.text ?? ""} diagnostic`;
  const action = tokens[2];
  const at = action?.loc ?? loc;
  const end = action === undefined ? loc : at + action.text.length;
  switch (action?.text) {
    case "push":
      if (!regions.push()) diagnostics.error(at, `${prefix} push too many times`, { end });
      return;
    case "pop":
      if (!regions.pop()) {
        const message = `${prefix} pop without a push; the command line's warnings are wanted from here on`;
        diagnostics.warning("ignored-pragmas", at, message, { end });
      }
      return;
    case "ignored":
    case "warning":
    case "error":
    case "fatal":
      change(state, action.text === "fatal" ? "error" : action.text, tokens.slice(3), action);
      return;
    default:
      diagnostics.warning(
        "unknown-pragmas",
        at,
        `${prefix} takes push, pop, ignored "-WNAME", warning "-WNAME" or error "-WNAME"`,
        { end },
      );
  }
}

function change(
  state: State,
  kind: "ignored" | "warning" | "error",
  words: readonly PpToken[],
  action: PpToken,
): void {
  const { diagnostics, sources } = state;
  const { regions } = diagnostics;
  const first = words[0] ?? action;
  const end = first.loc + first.text.length;
  let option = "";
  for (const word of words) {
    if (word.kind !== "string") option += "?";
    else option += word.text.slice(1, -1);
  }
  if (!/^-W[^?]+$/.test(option)) {
    const message = `'${action.text}' takes a warning's name as it stands on a command line: "-WNAME"`;
    diagnostics.warning("ignored-pragmas", first.loc, message, { end });
    return;
  }
  const name = option.slice(2);
  const { isKnown, similar } = knownWarning(name);
  if (!isKnown || name.startsWith("no-")) {
    const hint = similar === undefined ? "" : `; did you mean '-W${similar}'?`;
    const message = `there is no warning '${option}'${hint}`;
    diagnostics.warning("unknown-warning-option", first.loc, message, { end });
    return;
  }
  const switches = regions.now.copy();
  switches.setKind(name, kind);
  regions.change(switches, sources);
}
