// #pragma and _Pragma (C11 6.10.6, 6.10.9). Those about macros and files are followed, those about messages change which
// warnings are wanted, those about optimising are ignored, and those that change what a program means are refused, as ignoring them would make a wrong program.

import type { Loc } from "../source/sources.ts";
import { diagnosticPragma } from "./diagnostic-pragma.ts";
import { looseTokens } from "./lexer.ts";
import { packing } from "./pack.ts";
import type { PpToken } from "./pp-token.ts";
import { type State, nextToken } from "./state.ts";

/** GCC's that only tell the optimiser or ask for fewer messages. */
const IGNORED_GCC = new Set(
  "ivdep optimize pop_options push_options reset_options unroll visibility".split(" "),
);

const REFUSED: Readonly<Record<string, string>> = {
  weak: "use __attribute__((weak))",
  redefine_extname: 'use asm("name") behind the declaration',
  scalar_storage_order: "this machine is little-endian",
};

export function pragma(state: State, tokens: readonly PpToken[], loc: Loc): void {
  const first = tokens[0];
  if (first === undefined) return;
  const end = first.loc + first.text.length;
  const { text } = first;
  if (text === "once") {
    if (state.frames.length > 1) state.once.add(state.frame.path);
    else
      state.diagnostics.warning(
        "pragma-once-outside-header",
        first.loc,
        "#pragma once in a file that nobody includes",
        { end },
      );
    state.frame.guard = "none";
  } else if (text === "push_macro" || text === "pop_macro") {
    pushOrPop(state, tokens, text === "push_macro", loc);
  } else if (text === "pack") {
    packing(state, tokens, loc);
  } else if (text === "message") {
    state.diagnostics.warning("#pragma-messages", loc, messageOf(tokens, 1));
  } else if (text === "GCC" || text === "clang") {
    gcc(state, tokens, loc);
  } else if (Object.hasOwn(REFUSED, text)) {
    state.diagnostics.error(first.loc, `#pragma ${text} is not supported; ${REFUSED[text]}`, {
      end,
    });
  } else if (text !== "STDC" && text !== "omp" && text !== "region" && text !== "endregion") {
    state.diagnostics.warning("unknown-pragmas", first.loc, `unknown pragma '${text}' is ignored`, {
      end,
    });
  }
}

function gcc(state: State, tokens: readonly PpToken[], loc: Loc): void {
  const second = tokens[1];
  if (second === undefined) return;
  const end = second.loc + second.text.length;
  switch (second.text) {
    case "poison":
      for (const token of tokens.slice(2)) {
        if (token.kind === "identifier") state.poisoned.add(token.text);
      }
      break;
    case "system_header": {
      const { base, text } = state.frame.file;
      if (state.frames.length > 1) state.diagnostics.regions.addForeign(loc, base + text.length);
      break;
    }
    case "diagnostic":
      diagnosticPragma(state, tokens, loc);
      break;
    case "error":
      state.diagnostics.error(loc, messageOf(tokens, 2));
      break;
    case "warning":
      state.diagnostics.warning("#pragma-messages", loc, messageOf(tokens, 2));
      break;
    default:
      if (!IGNORED_GCC.has(second.text)) {
        state.diagnostics.warning(
          "unknown-pragmas",
          second.loc,
          `unknown pragma '${tokens[0]?.text ?? ""} ${second.text}' is ignored`,
          { end },
        );
      }
  }
}

function messageOf(tokens: readonly PpToken[], from: number): string {
  let text = "";
  for (const token of tokens.slice(from)) {
    if (token.kind === "string") text += token.text.slice(1, -1);
  }
  return text === "" ? "#pragma message" : text;
}

function pushOrPop(state: State, tokens: readonly PpToken[], isPush: boolean, loc: Loc): void {
  const name = tokens[2];
  if (tokens[1]?.text !== "(" || name?.kind !== "string" || tokens[3]?.text !== ")") {
    state.diagnostics.error(loc, `#pragma ${tokens[0]?.text ?? ""} takes ("NAME")`);
    return;
  }
  const key = name.text.slice(1, -1);
  const stack = state.pushedMacros.get(key) ?? [];
  if (isPush) {
    stack.push(state.macros.get(key));
    state.pushedMacros.set(key, stack);
  } else if (stack.length > 0) {
    const macro = stack.pop();
    if (macro === undefined) state.macros.delete(key);
    else state.macros.set(key, macro);
  }
}

/** `_Pragma("...")` behind its name: the string's text is a pragma. */
export function pragmaOperator(state: State, name: PpToken): void {
  const open = nextToken(state);
  const string = open.text === "(" ? nextToken(state) : open;
  const close = string.kind === "string" ? nextToken(state) : string;
  if (close.text !== ")" || string.kind !== "string") {
    state.diagnostics.error(name.loc, '_Pragma takes ("text")', {
      end: name.loc + name.text.length,
    });
    return;
  }
  const from = string.text.indexOf('"') + 1;
  const text = string.text.slice(from, -1).replaceAll(/\\(["\\])/g, "$1");
  pragma(state, looseTokens(text, name.loc), name.loc);
}
