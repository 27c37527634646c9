// What the preprocessor knows while it works, and where its next token comes from: the macro expansions that are being read,
// innermost first, and below them the files.

import type { Diagnostics } from "../source/diagnostics.ts";
import type { Loc, SourceFile, Sources } from "../source/sources.ts";
import type { Lexer } from "./lexer.ts";
import { INCLUDE_DEPTH, MOST_EXPANSION } from "./limits.ts";
import type { Macro } from "./macro.ts";
import { NO_EXPAND, type PpToken, makeToken } from "./pp-token.ts";

/** Tokens that come before what is below: a macro's expansion, an argument, a token that was put back. */
export interface Context {
  readonly tokens: readonly PpToken[];
  at: number;
  /** Whose expansion it is: its name is not expanded as long as this is being read (6.10.3.4p2). */
  readonly macro: Macro | undefined;
  /** An argument that is expanded by itself: it ends with an "end" token and not with what is below. */
  readonly isFloor: boolean;
  readonly below: Context | undefined;
}

/** An #if that has not met its #endif. */
export interface Conditional {
  readonly loc: Loc;
  /** `#ifdef` and so on, for messages. */
  readonly name: string;
  /** A group of it has been chosen. */
  taken: boolean;
  /** Where its #else is; 0: none yet. */
  elseLoc: Loc;
}

/** How much of a file is seen to be inside one #ifndef (see include.ts). */
export type GuardState = "before" | "inside" | "behind" | "none";

export interface Frame {
  readonly file: SourceFile;
  readonly lexer: Lexer;
  /** Without detours; what #pragma once and guards are remembered by. */
  readonly path: string;
  readonly folder: string;
  /** Where #include_next goes on: an index into all folders. */
  readonly nextFolder: number;
  readonly conditionals: Conditional[];
  guard: GuardState;
  guardName: string;
  /** What #line said: the file's name, and what is to be added to lines. */
  presumedName: string;
  lineShift: number;
}

export interface Host {
  /** A file's text; undefined when there is none. */
  read(path: string): string | undefined;
  /** Why a file that is there has no text: the search for a header ends at it. */
  problem?(path: string): string | undefined;
}

export interface State {
  readonly sources: Sources;
  readonly diagnostics: Diagnostics;
  readonly host: Host;
  /** What is wrong with the header at which the search has ended; undefined: it has not been found. */
  unreadable: string | undefined;
  /** Assembly: quotes may be alone and an unknown directive is a comment. */
  readonly isAssembly: boolean;
  readonly macros: Map<string, Macro>;
  /** What #pragma push_macro has put aside. */
  readonly pushedMacros: Map<string, (Macro | undefined)[]>;
  /** Names that #pragma GCC poison forbids. */
  readonly poisoned: Set<string>;
  /** #pragma pack: the alignment that holds, 0: none, and those that it pushed, with their labels. */
  pack: number;
  readonly packStack: { readonly label: string; readonly pack: number }[];
  readonly quoteFolders: readonly string[];
  readonly folders: readonly string[];
  /** How many behind quoteFolders are not the system's. */
  readonly ownFolders: number;
  /** Names of headers that are missing and will be made (-MG); undefined: a missing one is an error. */
  readonly missing: string[] | undefined;
  readonly files: Map<string, string | undefined>;
  readonly guards: Map<string, string>;
  readonly once: Set<string>;
  readonly frames: Frame[];
  frame: Frame;
  context: Context | undefined;
  /** Looking for the "(" behind a function-like macro's name. */
  isLooking: boolean;
  /** Macro invocations whose arguments are being read. */
  collecting: number;
  /** Arguments within arguments that are being expanded. */
  argumentDepth: number;
  /** An expansion was empty: its white space goes to the next token. */
  carrySpaced: boolean;
  carryStartsLine: boolean;
  /** Tokens and characters that expansions may still make. */
  budget: number;
  counter: number;
  included: number;
  /** Characters that files may still have. */
  textLeft: number;
  /** Reads a directive whose # has been read. */
  readonly directive: (hash: PpToken) => void;
}

const END: PpToken = makeToken("end", "", 0, false, false, undefined, 0);

/** The next token, not expanded. Directives on the way are followed. */
export function nextToken(state: State): PpToken {
  for (;;) {
    const context = state.context;
    if (context === undefined) return nextInFile(state);
    const token = context.tokens[context.at];
    if (token !== undefined) {
      context.at++;
      return token;
    }
    if (context.isFloor) return END;
    if (context.macro !== undefined) context.macro.disabled = false;
    state.context = context.below;
  }
}

function nextInFile(state: State): PpToken {
  for (;;) {
    const { lexer } = state.frame;
    const token = lexer.next();
    if (lexer.inDirective) return token;
    if (token.startsLine && token.text === "#" && token.kind === "punctuator") {
      if (state.isLooking) {
        // No "(" comes before the directive, which is to be followed only after the name has been handed on.
        lexer.unreadHash(token);
        return END;
      }
      state.directive(token);
      continue;
    }
    if (token.kind === "end" && state.collecting === 0 && !state.isLooking) {
      closeFile(state);
      if (leaveFile(state)) continue;
      return token;
    }
    if (state.frame.guard !== "inside") state.frame.guard = "none";
    return token;
  }
}

/** Looks whether everything that a file opened is closed. */
function closeFile(state: State): void {
  const { frame } = state;
  const open = frame.conditionals.at(-1);
  if (open !== undefined) {
    const { loc, name } = open;
    const notes = open.elseLoc === 0 ? [] : [{ loc: open.elseLoc, message: "its #else is here" }];
    state.diagnostics.error(loc, `${name} without #endif`, {
      end: loc + name.length,
      notes: [
        ...notes,
        { loc: frame.file.base + frame.file.text.length, message: "the file ends here" },
      ],
    });
    frame.conditionals.length = 0;
    return;
  }
  if (frame.guard === "behind") state.guards.set(frame.path, frame.guardName);
}

/** Back to the file that included this one; false: none did. */
function leaveFile(state: State): boolean {
  if (state.frames.length <= 1) return false;
  state.frames.pop();
  // There was more than one.
  state.frame = state.frames.at(-1)!;
  return true;
}

export function enterFile(state: State, frame: Frame, loc: Loc): void {
  if (state.frames.length >= INCLUDE_DEPTH) {
    state.diagnostics.fatal(loc, `#include is nested more than ${INCLUDE_DEPTH} files deep`);
  }
  state.frames.push(frame);
  state.frame = frame;
}

export function pushContext(
  state: State,
  tokens: readonly PpToken[],
  macro: Macro | undefined,
  isFloor: boolean,
): void {
  state.context = { tokens, at: 0, macro, isFloor, below: state.context };
}

/** Pays for tokens and text that come out of macros; their number is bounded, as a few lines can ask for any number. */
export function spend(state: State, amount: number, loc: Loc, name: string): void {
  state.budget -= amount;
  if (state.budget >= 0) return;
  const most = MOST_EXPANSION.toLocaleString("en");
  state.diagnostics.fatal(loc, `macros expand to more than ${most} tokens, the last was '${name}'`);
}

/** The token as it is to be from now on when its macro is being expanded around it. */
export function painted(token: PpToken): PpToken {
  return makeToken(
    token.kind,
    token.text,
    token.loc,
    token.startsLine,
    token.spaced,
    token.from,
    token.flags | NO_EXPAND,
  );
}
