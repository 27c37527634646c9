// Macros whose value depends on where they stand (C11 6.10.8.1) and the questions about the compiler: __has_include and its
// like, which look like function-like macros and are answered here.

import { hasAttribute, hasBuiltin } from "./features.ts";
import { resolveInclude } from "./include.ts";
import type { DynamicName } from "./macro.ts";
import { type PpToken, makeToken, spelling } from "./pp-token.ts";
import { type State, nextToken } from "./state.ts";

function numberLike(token: PpToken, text: string): PpToken {
  const { loc, startsLine, spaced, from } = token;
  return makeToken("number", text, loc, startsLine, spaced, from, 0);
}

function stringLike(token: PpToken, value: string): PpToken {
  const { loc, startsLine, spaced, from } = token;
  const text = `"${value.replaceAll(/["\\\n]/g, (character) => (character === "\n" ? "\\n" : `\\${character}`))}"`;
  return makeToken("string", text, loc, startsLine, spaced, from, 0);
}

/** What the name stands for here. */
export function dynamicToken(state: State, name: DynamicName, token: PpToken): PpToken {
  const { frame } = state;
  switch (name) {
    case "__LINE__": {
      const line = (state.sources.locate(token.loc)?.line ?? 1) + frame.lineShift;
      return numberLike(token, String(line));
    }
    case "__COUNTER__":
      return numberLike(token, String(state.counter++));
    case "__INCLUDE_LEVEL__":
      return numberLike(token, String(state.frames.length - 1));
    case "__BASE_FILE__":
      return stringLike(token, state.frames[0]?.presumedName ?? "");
    case "__FILE_NAME__":
      return stringLike(token, frame.presumedName.slice(frame.presumedName.lastIndexOf("/") + 1));
    default:
      return stringLike(token, frame.presumedName);
  }
}

/** The answer to `__has_include(...)` and so on; undefined after a message. */
export function featureToken(state: State, name: PpToken): PpToken | undefined {
  const isInclude = name.text === "__has_include" || name.text === "__has_include_next";
  const { lexer } = state.frame;
  if (isInclude && !lexer.inDirective) {
    state.diagnostics.error(name.loc, `'${name.text}' may only stand in #if and #elif`, {
      end: name.loc + name.text.length,
    });
    return undefined;
  }
  const open = nextToken(state);
  if (open.text !== "(") {
    state.diagnostics.error(name.loc, `'(' must follow '${name.text}'`, {
      end: name.loc + name.text.length,
    });
    return undefined;
  }
  // A header name is no token elsewhere, so it is looked for in the file itself.
  const header = isInclude && state.context === undefined ? lexer.headerName() : undefined;
  const tokens: PpToken[] = [];
  if (!readToParenthesis(state, name, tokens)) return undefined;
  if (header !== undefined) {
    const found = resolveInclude(state, header.name, header.angled, name.text.endsWith("next"));
    return numberLike(name, found === undefined ? "0" : "1");
  }
  if (isInclude) return numberLike(name, hasNamedHeader(state, name, tokens) ? "1" : "0");
  const asked = tokens.at(-1)?.text ?? "";
  if (name.text === "__has_builtin") return numberLike(name, hasBuiltin(asked) ? "1" : "0");
  if (name.text === "__has_attribute") return numberLike(name, hasAttribute(asked) ? "1" : "0");
  return numberLike(name, "0");
}

function readToParenthesis(state: State, name: PpToken, tokens: PpToken[]): boolean {
  let depth = 0;
  for (;;) {
    const token = nextToken(state);
    if (token.kind === "end") {
      state.diagnostics.error(name.loc, `')' is missing behind '${name.text}('`, {
        end: name.loc + name.text.length,
      });
      return false;
    }
    if (token.kind === "punctuator") {
      if (token.text === "(") depth++;
      if (token.text === ")" && depth-- === 0) return true;
    }
    tokens.push(token);
  }
}

/** A macro that stands for a header name, without being pushed through the whole expansion: its body names it. */
function hasNamedHeader(state: State, name: PpToken, tokens: readonly PpToken[]): boolean {
  let list = tokens;
  for (let steps = 0; steps < 100; steps++) {
    const only = list[0];
    const macro = only?.kind === "identifier" ? state.macros.get(only.text) : undefined;
    if (macro === undefined || list.length !== 1 || macro.parameters !== undefined) break;
    list = macro.body.map((item) => item.token);
  }
  const named = headerOf(list);
  if (named === undefined) {
    state.diagnostics.error(name.loc, `'${name.text}' takes "file" or <file>`, {
      end: name.loc + name.text.length,
    });
    return false;
  }
  const isNext = name.text.endsWith("next");
  return resolveInclude(state, named.name, named.angled, isNext) !== undefined;
}

/** The header that expanded tokens name (6.10.2p4). */
export function headerOf(
  tokens: readonly PpToken[],
): { name: string; angled: boolean } | undefined {
  const first = tokens[0];
  if (first?.kind === "string" && first.text.startsWith('"')) {
    return { name: first.text.slice(1, -1), angled: false };
  }
  if (first?.text !== "<") return undefined;
  const close = tokens.findLastIndex((token) => token.text === ">");
  if (close < 1) return undefined;
  let name = "";
  for (let i = 1; i < close; i++) {
    const token = tokens[i];
    if (token !== undefined) name += (token.spaced && i > 1 ? " " : "") + spelling(token);
  }
  return { name, angled: true };
}
