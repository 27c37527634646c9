// The warning about what stands behind a directive that is complete.

import type { State } from "./state.ts";

export function extraTokens(state: State, name: string): void {
  const { lexer } = state.frame;
  lexer.quiet = true;
  const token = lexer.next();
  lexer.quiet = false;
  if (token.kind === "end" || state.isAssembly) return;
  state.diagnostics.warning("extra-tokens", token.loc, `extra tokens at the end of ${name}`, {
    end: token.loc + token.text.length,
    fix: { from: token.loc, to: token.loc, text: "// " },
  });
}
