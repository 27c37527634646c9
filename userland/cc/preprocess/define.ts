// #define and #undef (C11 6.10.3, 6.10.3.5).

import { extraTokens } from "./extra-tokens.ts";
import { type BodyItem, makeMacro, readBody, readParameters, sameMacro } from "./macro.ts";
import type { PpToken } from "./pp-token.ts";
import type { State } from "./state.ts";

function readName(state: State, directive: string): PpToken | undefined {
  const token = state.frame.lexer.next();
  const end = token.loc + token.text.length;
  if (token.kind === "end") {
    state.diagnostics.error(token.loc, `${directive} takes a macro's name`);
  } else if (token.kind !== "identifier") {
    state.diagnostics.error(token.loc, `'${token.text}' cannot be a macro's name`, { end });
  } else if (
    token.text === "defined" ||
    token.text === "__VA_ARGS__" ||
    token.text === "__VA_OPT__"
  ) {
    state.diagnostics.error(token.loc, `'${token.text}' cannot be a macro's name`, { end });
  } else if (state.poisoned.has(token.text)) {
    state.diagnostics.error(token.loc, `'${token.text}' is poisoned`, { end });
  } else {
    return token;
  }
  return undefined;
}

export function define(state: State): void {
  const { lexer } = state.frame;
  const { diagnostics } = state;
  const name = readName(state, "#define");
  if (name === undefined) return;
  const next = (): PpToken => lexer.next();
  let parameters: string[] | undefined;
  let isVariadic = false;
  if (lexer.atParenthesis()) {
    next();
    const read = readParameters(next, diagnostics);
    if (read === undefined) return;
    parameters = read.names;
    isVariadic = read.isVariadic;
  }
  const tokens: PpToken[] = [];
  for (let token = next(); token.kind !== "end"; token = next()) tokens.push(token);
  const first = tokens[0];
  if (parameters === undefined && first !== undefined && !first.spaced) {
    diagnostics.warning(
      "c99-extensions",
      first.loc,
      `white space belongs between the macro's name and '${first.text}'`,
      { fix: { from: first.loc, to: first.loc, text: " " } },
    );
  }
  const body = readBody(tokens, parameters, isVariadic, diagnostics);
  if (body !== undefined) record(state, name, parameters, isVariadic, body);
}

function record(
  state: State,
  name: PpToken,
  parameters: readonly string[] | undefined,
  isVariadic: boolean,
  body: readonly BodyItem[],
): void {
  const macro = makeMacro(name.text, name.loc, parameters, isVariadic, body, undefined);
  const old = state.macros.get(name.text);
  if (old !== undefined && !sameMacro(old, macro)) {
    const end = name.loc + name.text.length;
    if (old.loc === 0) {
      state.diagnostics.warning(
        "builtin-macro-redefined",
        name.loc,
        `'${name.text}' is the compiler's own macro and is redefined`,
        { end },
      );
    } else {
      state.diagnostics.warning("macro-redefined", name.loc, `macro '${name.text}' redefined`, {
        end,
        notes: [{ loc: old.loc, message: "previous definition is here" }],
      });
    }
  }
  state.macros.set(name.text, macro);
}

export function undefine(state: State): void {
  const name = readName(state, "#undef");
  if (name === undefined) return;
  extraTokens(state, "#undef");
  if (state.macros.get(name.text)?.loc === 0) {
    state.diagnostics.warning(
      "builtin-macro-redefined",
      name.loc,
      `'${name.text}' is the compiler's own macro and is undefined`,
      { end: name.loc + name.text.length },
    );
  }
  state.macros.delete(name.text);
}
