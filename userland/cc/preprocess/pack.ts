// #pragma pack, which bounds the alignment of the members of structures. The preprocessor keeps what holds and tells it with the
// token `struct` or `union`, so that the parser needs no state of its own for it:
// pack(N), pack(), pack(push), pack(push, N), pack(push, label, N), pack(pop), pack(pop, label).

import type { Loc } from "../source/sources.ts";
import { integerValue } from "./constant-token.ts";
import type { PpToken } from "./pp-token.ts";
import type { State } from "./state.ts";

const MOST_PUSHED = 1000;

export function packing(state: State, tokens: readonly PpToken[], loc: Loc): void {
  const words = wordsOf(tokens);
  if (words === undefined) {
    state.diagnostics.error(loc, "#pragma pack takes (N), (push, N) or (pop)");
    return;
  }
  let [action, ...rest] = words;
  if (action?.text === "push") {
    const label = rest[0]?.kind === "identifier" ? (rest.shift()?.text ?? "") : "";
    if (state.packStack.length >= MOST_PUSHED) {
      state.diagnostics.error(loc, `#pragma pack(push) more than ${MOST_PUSHED} times`);
      return;
    }
    state.packStack.push({ label, pack: state.pack });
    [action, ...rest] = rest;
    if (action === undefined) return;
  } else if (action?.text === "pop") {
    const label = rest[0]?.kind === "identifier" ? (rest.shift()?.text ?? "") : "";
    pop(state, label, loc);
    [action, ...rest] = rest;
    if (action === undefined) return;
  }
  set(state, action, loc);
}

/** What stands between the commas; undefined: that is not how it looks. */
function wordsOf(tokens: readonly PpToken[]): PpToken[] | undefined {
  if (tokens[1]?.text !== "(" || tokens[tokens.length - 1]?.text !== ")") return undefined;
  const words: PpToken[] = [];
  for (let i = 2; i < tokens.length - 1; i++) {
    const token = tokens[i];
    if (token === undefined) continue;
    if (i % 2 === 0) words.push(token);
    else if (token.text !== ",") return undefined;
  }
  return words;
}

function pop(state: State, label: string, loc: Loc): void {
  const at =
    label === ""
      ? state.packStack.length - 1
      : state.packStack.findLastIndex((entry) => entry.label === label);
  const entry = state.packStack[at];
  if (entry === undefined) {
    state.diagnostics.warning("ignored-pragmas", loc, "#pragma pack(pop) without a push");
    return;
  }
  state.pack = entry.pack;
  state.packStack.length = at;
}

function set(state: State, word: PpToken | undefined, loc: Loc): void {
  if (word === undefined) {
    state.pack = 0;
    return;
  }
  const parsed = word.kind === "number" ? integerValue(word.text) : undefined;
  const value = parsed === undefined || parsed === "floating" ? -1 : Number(parsed.value);
  if (value !== 0 && value !== 1 && value !== 2 && value !== 4 && value !== 8 && value !== 16) {
    const bad = word.loc === 0 ? loc : word.loc;
    state.diagnostics.error(bad, `#pragma pack aligns to 1, 2, 4, 8 or 16, not to '${word.text}'`, {
      end: bad + word.text.length,
    });
    return;
  }
  state.pack = value;
}
