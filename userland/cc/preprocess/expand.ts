// Macro expansion (C11 6.10.3.1 to 6.10.3.4). An expansion becomes a context that is read before everything else; its macro is
// disabled until it has been read to its end, and a name that is met meanwhile is never expanded again.

import type { Loc } from "../source/sources.ts";
import { dynamicToken, featureToken } from "./dynamic.ts";
import { ARGUMENT_DEPTH } from "./limits.ts";
import type { Macro } from "./macro.ts";
import { NO_EXPAND, type PpToken, makeToken, withSpace } from "./pp-token.ts";
import { type State, nextToken, painted, pushContext, spend } from "./state.ts";
import { type Argument, substitute } from "./substitute.ts";

/** The next token of what the preprocessor makes of the program. */
export function nextExpanded(state: State): PpToken {
  for (;;) {
    let token = nextToken(state);
    if (state.carrySpaced || state.carryStartsLine) token = takeCarried(state, token);
    if (token.kind !== "identifier" || (token.flags & NO_EXPAND) !== 0) return token;
    const macro = state.macros.get(token.text);
    if (macro === undefined) return token;
    if (macro.disabled) return painted(token);
    if (macro.dynamic !== undefined) {
      if (macro.dynamic !== "feature") return dynamicToken(state, macro.dynamic, token);
      const value = featureToken(state, token);
      if (value !== undefined) return value;
      continue;
    }
    if (macro.parameters === undefined) {
      expandObject(state, macro, token);
      continue;
    }
    if (!nextIsParenthesis(state)) return token;
    const tokens = invoke(state, macro, token);
    if (tokens === undefined) {
      // After the message: something that an expression goes on with.
      return makeToken("number", "0", token.loc, token.startsLine, token.spaced, macro.origin, 0);
    }
    begin(state, macro, token, tokens);
  }
}

function takeCarried(state: State, token: PpToken): PpToken {
  const startsLine = token.startsLine || state.carryStartsLine;
  const spaced = token.spaced || state.carrySpaced;
  state.carrySpaced = false;
  state.carryStartsLine = false;
  return token.kind === "end" ? token : withSpace(token, startsLine, spaced);
}

function expandObject(state: State, macro: Macro, name: PpToken): void {
  begin(
    state,
    macro,
    name,
    macro.isPlain
      ? copyBody(macro, name.loc)
      : substitute(state, macro, [], name.loc, expandArgument),
  );
}

function copyBody(macro: Macro, loc: Loc): PpToken[] {
  const tokens: PpToken[] = [];
  for (const { token } of macro.body) {
    const { kind, text, spaced, flags } = token;
    tokens.push(makeToken(kind, text, loc, false, spaced, macro.origin, flags));
  }
  return tokens;
}

/** Reads an expansion next. It takes the white space of the name that it replaces. */
function begin(state: State, macro: Macro, name: PpToken, tokens: PpToken[]): void {
  const first = tokens[0];
  if (first === undefined) {
    state.carrySpaced ||= name.spaced;
    state.carryStartsLine ||= name.startsLine;
    spend(state, 1, name.loc, name.text);
    return;
  }
  tokens[0] = withSpace(first, name.startsLine, name.spaced);
  // What an expansion within this one brings stands at the same place.
  if (name.from === undefined) state.diagnostics.expansions.set(name.loc, macro.origin);
  spend(state, tokens.length, name.loc, name.text);
  macro.disabled = true;
  pushContext(state, tokens, macro, false);
}

/** Whether "(" comes next; it is read if so. */
function nextIsParenthesis(state: State): boolean {
  state.isLooking = true;
  const token = nextToken(state);
  state.isLooking = false;
  if (token.kind === "punctuator" && token.text === "(") return true;
  if (token.kind !== "end") pushContext(state, [token], undefined, false);
  return false;
}

/** Reads the arguments behind the "(" and makes the expansion; undefined after a message. */
function invoke(state: State, macro: Macro, name: PpToken): PpToken[] | undefined {
  const args = readArguments(state, macro, name);
  if (args === undefined || !countFits(state, macro, name, args)) return undefined;
  return substitute(state, macro, args, name.loc, expandArgument);
}

function readArguments(state: State, macro: Macro, name: PpToken): Argument[] | undefined {
  // Only called for function-like macros.
  const most = macro.parameters?.length ?? 0;
  const args: Argument[] = [];
  let tokens: PpToken[] = [];
  let depth = 0;
  state.collecting++;
  for (;;) {
    let token = nextToken(state);
    if (token.kind === "end") {
      state.collecting--;
      const end = name.loc + name.text.length;
      state.diagnostics.error(name.loc, `the arguments of macro '${macro.name}' never end`, {
        end,
        notes: definedHere(macro),
      });
      return undefined;
    }
    if (token.kind === "punctuator") {
      const { text } = token;
      if (text === "(") depth++;
      else if (text === ")") {
        if (depth-- === 0) break;
      } else if (text === "," && depth === 0 && !(macro.isVariadic && args.length === most - 1)) {
        args.push({ tokens, expanded: undefined, text: undefined });
        tokens = [];
        continue;
      }
    } else if (token.kind === "identifier" && state.macros.get(token.text)?.disabled === true) {
      token = painted(token);
    }
    if (token.startsLine) token = withSpace(token, false, true);
    spend(state, 1, name.loc, name.text);
    tokens.push(token);
  }
  state.collecting--;
  args.push({ tokens, expanded: undefined, text: undefined });
  return args;
}

/** Whether there are as many arguments as parameters (6.10.3p4); completes what may be left out. */
function countFits(state: State, macro: Macro, name: PpToken, args: Argument[]): boolean {
  const wanted = macro.parameters?.length ?? 0;
  const only = args[0];
  if (wanted === 0 && args.length === 1 && only?.tokens.length === 0) {
    args.length = 0;
    return true;
  }
  if (args.length === wanted) return true;
  // The variable arguments may be left out with their comma.
  if (macro.isVariadic && args.length === wanted - 1) return true;
  const given = wanted > 1 && args.length === 1 && only?.tokens.length === 0 ? 0 : args.length;
  const takes = macro.isVariadic
    ? `at least ${plural(wanted - 1)}`
    : wanted === 0
      ? "no arguments"
      : plural(wanted);
  const got = given === 0 ? "none is given" : given === 1 ? "1 is given" : `${given} are given`;
  state.diagnostics.error(name.loc, `macro '${macro.name}' takes ${takes}, but ${got}`, {
    end: name.loc + name.text.length,
    notes: definedHere(macro),
  });
  return false;
}

function plural(count: number): string {
  return count === 1 ? "1 argument" : `${count} arguments`;
}

function definedHere(macro: Macro): { loc: Loc; message: string }[] {
  return [{ loc: macro.loc, message: `macro '${macro.name}' is defined here` }];
}

/** An argument, completely macro-replaced as if nothing followed it (6.10.3.1). */
function expandArgument(state: State, argument: Argument, loc: Loc): readonly PpToken[] {
  if (argument.expanded !== undefined) return argument.expanded;
  if (!mayExpand(state, argument.tokens)) {
    argument.expanded = argument.tokens;
    return argument.tokens;
  }
  if (++state.argumentDepth > ARGUMENT_DEPTH) {
    state.diagnostics.fatal(loc, `macro arguments are nested more than ${ARGUMENT_DEPTH} deep`);
  }
  pushContext(state, argument.tokens, undefined, true);
  const tokens: PpToken[] = [];
  for (;;) {
    const token = nextExpanded(state);
    if (token.kind === "end") break;
    spend(state, 1, loc, token.text);
    tokens.push(token);
  }
  state.context = state.context?.below;
  state.argumentDepth--;
  argument.expanded = tokens;
  return tokens;
}

function mayExpand(state: State, tokens: readonly PpToken[]): boolean {
  for (const token of tokens) {
    if (token.kind === "identifier" && state.macros.has(token.text)) return true;
  }
  return false;
}
