// Directives (C11 6.10), from behind the # to the end of the line.

import type { Loc } from "../source/sources.ts";
import { similarHeader } from "../source/suggest.ts";
import { elif, elseGroup, endif, ifExpression, ifName } from "./conditional.ts";
import { define, undefine } from "./define.ts";
import { extraTokens } from "./extra-tokens.ts";
import { headerOf } from "./dynamic.ts";
import { nextExpanded } from "./expand.ts";
import { openFound, readFile, resolveInclude } from "./include.ts";
import { integerValue } from "./constant-token.ts";
import type { PpToken } from "./pp-token.ts";
import { spelling } from "./pp-token.ts";
import { pragma } from "./pragma.ts";
import { type State, enterFile } from "./state.ts";

/** What a person may have meant by a misspelled one. */
const NAMES = [
  "define",
  "elif",
  "else",
  "endif",
  "error",
  "if",
  "ifdef",
  "ifndef",
  "include",
  "include_next",
  "line",
  "pragma",
  "undef",
  "warning",
];

/** Follows the directive whose # has been read. */
export function followDirective(state: State, hash: PpToken): void {
  const { frame } = state;
  const { lexer } = frame;
  lexer.inDirective = true;
  const name = lexer.next();
  // Anything but an #ifndef around all of it, and the file has no guard.
  if (frame.guard !== "inside" && !(frame.guard === "before" && name.text === "ifndef")) {
    if (name.kind !== "end") frame.guard = "none";
  }
  if (name.kind === "end") {
    lexer.inDirective = false;
    return;
  }
  follow(state, hash, name);
}

/** Drops the rest of the line. */
function finish(state: State): void {
  const { lexer } = state.frame;
  lexer.skipLine();
  lexer.inDirective = false;
}

function follow(state: State, hash: PpToken, name: PpToken): void {
  if (name.kind === "number") {
    lineMarker(state, name);
    return;
  }
  switch (name.kind === "identifier" ? name.text : "") {
    case "define":
      define(state);
      break;
    case "undef":
      undefine(state);
      break;
    case "include":
    case "include_next":
      include(state, name);
      return;
    case "if":
      ifExpression(state, hash.loc);
      return;
    case "ifdef":
    case "ifndef":
      ifName(state, hash.loc, name.text === "ifndef");
      return;
    case "elif":
    case "elifdef":
    case "elifndef":
      elif(state, hash.loc, name.text);
      return;
    case "else":
      elseGroup(state, hash.loc);
      return;
    case "endif":
      endif(state, hash.loc);
      return;
    case "line":
      line(state, name);
      break;
    case "error":
    case "warning":
      say(state, name);
      break;
    case "pragma":
      pragma(state, restOfLine(state), name.loc);
      break;
    case "ident":
    case "sccs":
      break;
    default:
      if (!state.isAssembly) unknown(state, hash, name);
  }
  finish(state);
}

function unknown(state: State, hash: PpToken, name: PpToken): void {
  const meant = name.kind === "identifier" ? nearest(name.text) : undefined;
  const end = name.loc + name.text.length;
  const message = `there is no directive '#${name.text}'`;
  if (meant === undefined) {
    state.diagnostics.error(hash.loc, message, { end });
    return;
  }
  state.diagnostics.error(name.loc, `${message}; did you mean '#${meant}'?`, {
    end,
    fix: { from: name.loc, to: end, text: meant },
  });
}

/** The directive whose name differs in the fewest letters, if they are few. */
function nearest(text: string): string | undefined {
  if (text.length > 14) return undefined;
  let best: string | undefined;
  let least = text.length < 4 ? 2 : 3;
  for (const name of NAMES) {
    const distance = editDistance(text, name);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The tokens up to the end of the line, whatever is wrong with them. */
function restOfLine(state: State): PpToken[] {
  const { lexer } = state.frame;
  const tokens: PpToken[] = [];
  lexer.quiet = true;
  for (;;) {
    const token = lexer.next();
    if (token.kind === "end") break;
    tokens.push(token);
  }
  lexer.quiet = false;
  return tokens;
}

function say(state: State, name: PpToken): void {
  const tokens = restOfLine(state);
  const pieces: string[] = [];
  for (const token of tokens) pieces.push(token.spaced ? " " : "", spelling(token));
  const message = pieces.join("").trim() || `#${name.text}`;
  const last = tokens.at(-1) ?? name;
  const more = { end: last.loc + last.text.length };
  if (name.text === "error") state.diagnostics.error(name.loc, message, more);
  else state.diagnostics.warning("#warnings", name.loc, message, more);
}

function include(state: State, name: PpToken): void {
  const { lexer } = state.frame;
  const isNext = name.text === "include_next";
  const spelled = lexer.headerName();
  let header: { name: string; angled: boolean } | undefined = spelled;
  let loc: Loc = name.loc;
  let end: Loc = name.loc + name.text.length;
  if (spelled === undefined) {
    const tokens: PpToken[] = [];
    for (let token = nextExpanded(state); token.kind !== "end"; token = nextExpanded(state)) {
      tokens.push(token);
    }
    header = headerOf(tokens);
    const first = tokens[0];
    if (first !== undefined) {
      loc = first.loc;
      end = loc + (first.from === undefined ? first.text.length : 0);
    }
  } else {
    ({ loc, end } = spelled);
    extraTokens(state, `#${name.text}`);
  }
  finish(state);
  if (header === undefined || header.name === "") {
    state.diagnostics.error(loc, `#${name.text} takes "file" or <file>`, { end });
    return;
  }
  if (state.collecting > 0) {
    state.diagnostics.error(name.loc, `#${name.text} cannot stand in a macro's arguments`, {
      end: name.loc + name.text.length,
    });
    return;
  }
  const found = resolveInclude(state, header.name, header.angled, isNext);
  if (found === undefined && state.missing !== undefined && state.unreadable === undefined) {
    state.missing.push(header.name);
    return;
  }
  if (found === undefined) {
    notFound(state, header, loc, end);
  }
  const frame = openFound(state, found, loc);
  if (frame !== undefined) enterFile(state, frame, loc);
}

function notFound(
  state: State,
  header: { name: string; angled: boolean },
  loc: Loc,
  end: Loc,
): never {
  const { name } = header;
  if (state.unreadable !== undefined) {
    state.diagnostics.fatal(loc, `'${name}' cannot be read: ${state.unreadable}`, { end });
  }
  const canBe = header.angled && !name.includes("\0");
  const beside = canBe && readFile(state, state.frame.folder + name) !== undefined;
  if (beside) {
    state.diagnostics.fatal(loc, `'${name}' is no system header; there is one beside this file`, {
      end,
      fix: { from: loc, to: end, text: `"${name}"` },
    });
  }
  const similar = header.angled ? similarHeader(name) : undefined;
  // Only what there is here too is worth a try.
  if (similar !== undefined && resolveInclude(state, similar, true, false) !== undefined) {
    state.diagnostics.fatal(loc, `'${name}' file not found; did you mean <${similar}>?`, {
      end,
      fix: { from: loc, to: end, text: `<${similar}>` },
    });
  }
  state.diagnostics.fatal(loc, `'${name}' file not found`, { end });
}

/** #line (6.10.4) changes what __LINE__ and __FILE__ say; messages go on to speak of the file that was read. */
function line(state: State, name: PpToken): void {
  const number = nextExpanded(state);
  const value = number.kind === "number" ? integerValue(number.text) : undefined;
  if (value === undefined || value === "floating" || !/^[0-9]+$/.test(number.text)) {
    const bad = number.kind === "end" ? name : number;
    state.diagnostics.error(bad.loc, "#line takes a line number", {
      end: bad.loc + bad.text.length,
    });
    return;
  }
  const file = nextExpanded(state);
  if (file.kind !== "end" && (file.kind !== "string" || !file.text.startsWith('"'))) {
    state.diagnostics.error(file.loc, "a file's name in quotes may follow the line number", {
      end: file.loc + file.text.length,
    });
    return;
  }
  presume(state, name.loc, Number(number.text), file);
}

/** `# 12 "file"`, as preprocessed files have it. */
function lineMarker(state: State, number: PpToken): void {
  const file = state.frame.lexer.next();
  if (/^[0-9]+$/.test(number.text)) presume(state, number.loc, Number(number.text), file);
  finish(state);
}

function presume(state: State, loc: Loc, given: number, file: PpToken): void {
  const { frame } = state;
  const here = state.sources.locate(loc)?.line ?? 1;
  frame.lineShift = given - here - 1;
  if (file.kind === "string") {
    frame.presumedName = file.text.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
  }
}
