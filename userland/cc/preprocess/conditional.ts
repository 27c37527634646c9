// #if, #ifdef, #ifndef, #elif, #else, #endif (C11 6.10.1): which groups are read. What is skipped is not lexed: only lines that
// begin with # are looked at, and of them the name.

import type { Loc } from "../source/sources.ts";
import { evaluateCondition } from "./condition.ts";
import { extraTokens } from "./extra-tokens.ts";
import type { PpToken } from "./pp-token.ts";
import type { Conditional, State } from "./state.ts";

function finish(state: State): void {
  const { lexer } = state.frame;
  lexer.skipLine();
  lexer.inDirective = false;
}

function open(state: State, loc: Loc, name: string, holds: boolean): void {
  state.frame.conditionals.push({ loc, name, taken: holds, elseLoc: 0 });
  finish(state);
  if (!holds) skipGroups(state);
}

export function ifExpression(state: State, loc: Loc): void {
  open(state, loc, "#if", evaluateCondition(state, loc, "#if"));
}

export function ifName(state: State, loc: Loc, negated: boolean): void {
  const name = negated ? "#ifndef" : "#ifdef";
  const { frame } = state;
  const token = macroName(state, loc, name);
  if (frame.guard === "before") {
    frame.guard = negated && token !== undefined ? "inside" : "none";
    frame.guardName = token?.text ?? "";
  }
  if (token !== undefined) extraTokens(state, name);
  open(state, loc, name, token !== undefined && state.macros.has(token.text) !== negated);
}

/** The name that a directive is about; undefined after a message. */
function macroName(state: State, loc: Loc, name: string): PpToken | undefined {
  const token = state.frame.lexer.next();
  if (token.kind === "identifier") return token;
  const isMissing = token.kind === "end";
  const bad = isMissing ? loc : token.loc;
  const end = bad + (isMissing ? name.length : token.text.length);
  state.diagnostics.error(bad, `${name} takes a macro's name`, { end });
  return undefined;
}

function current(state: State, loc: Loc, name: string): Conditional | undefined {
  const conditional = state.frame.conditionals.at(-1);
  if (conditional === undefined) {
    state.diagnostics.error(loc, `${name} without #if`, { end: loc + name.length });
  }
  return conditional;
}

/** Whether there may be another group; a second #else is an error. */
function mayFollow(state: State, conditional: Conditional, loc: Loc, name: string): boolean {
  if (conditional.elseLoc === 0) return true;
  state.diagnostics.error(loc, `${name} behind #else`, {
    end: loc + name.length,
    notes: [
      { loc: conditional.elseLoc, message: "the #else is here" },
      { loc: conditional.loc, message: `the ${conditional.name} is here` },
    ],
  });
  return false;
}

function leaveGuard(state: State): void {
  const { frame } = state;
  if (frame.conditionals.length === 1) frame.guard = "none";
}

/** #elif behind a group that was read: all others are skipped. */
export function elif(state: State, loc: Loc, directive: string): void {
  const name = `#${directive}`;
  const conditional = current(state, loc, name);
  leaveGuard(state);
  finish(state);
  if (conditional === undefined) return;
  mayFollow(state, conditional, loc, name);
  conditional.taken = true;
  skipGroups(state);
}

/** #else behind a group that was read. */
export function elseGroup(state: State, loc: Loc): void {
  const conditional = current(state, loc, "#else");
  leaveGuard(state);
  extraTokens(state, "#else");
  finish(state);
  if (conditional === undefined) return;
  if (mayFollow(state, conditional, loc, "#else")) conditional.elseLoc = loc;
  skipGroups(state);
}

export function endif(state: State, loc: Loc): void {
  if (current(state, loc, "#endif") !== undefined) close(state);
  finish(state);
}

function close(state: State): void {
  const { frame } = state;
  frame.conditionals.pop();
  extraTokens(state, "#endif");
  if (frame.guard === "inside" && frame.conditionals.length === 0) frame.guard = "behind";
}

/** Skips to the group that is to be read, or behind the #endif. */
function skipGroups(state: State): void {
  const { lexer, conditionals } = state.frame;
  const depth = conditionals.length;
  for (;;) {
    const loc = lexer.skipToHash();
    if (loc === undefined) return;
    lexer.inDirective = true;
    lexer.quiet = true;
    const name = lexer.next();
    lexer.quiet = false;
    const reads = skippedDirective(state, loc, name.text, depth);
    finish(state);
    if (reads || conditionals.length < depth) return;
  }
}

/** A directive in skipped text; true: what follows is to be read. */
function skippedDirective(state: State, loc: Loc, directive: string, depth: number): boolean {
  const { conditionals } = state.frame;
  const name = `#${directive}`;
  // At least the conditional whose groups are being skipped is open.
  const conditional = conditionals.at(-1)!;
  const isOurs = conditionals.length === depth;
  switch (directive) {
    case "if":
    case "ifdef":
    case "ifndef":
      conditionals.push({ loc, name, taken: true, elseLoc: 0 });
      return false;
    case "endif":
      if (isOurs) close(state);
      else conditionals.pop();
      return false;
    case "else":
      if (isOurs) {
        leaveGuard(state);
        extraTokens(state, name);
      }
      if (mayFollow(state, conditional, loc, name)) conditional.elseLoc = loc;
      break;
    case "elif":
    case "elifdef":
    case "elifndef":
      if (isOurs) leaveGuard(state);
      if (!mayFollow(state, conditional, loc, name)) return false;
      if (!isOurs || conditional.taken || !elifHolds(state, loc, directive)) return false;
      break;
    default:
      return false;
  }
  if (!isOurs || conditional.taken) return false;
  conditional.taken = true;
  return true;
}

function elifHolds(state: State, loc: Loc, directive: string): boolean {
  const name = `#${directive}`;
  if (directive === "elif") return evaluateCondition(state, loc, name);
  const token = macroName(state, loc, name);
  if (token === undefined) return false;
  extraTokens(state, name);
  return state.macros.has(token.text) === (directive === "elifdef");
}
