// A macro's body with its arguments put in: #, ##, __VA_OPT__ and GNU's `, ## __VA_ARGS__` (C11 6.10.3.1 to 6.10.3.3).

import type { Loc } from "../source/sources.ts";
import { IN_IDENTIFIER } from "./characters.ts";
import { singleToken } from "./lexer.ts";
import type { BodyItem, Macro } from "./macro.ts";
import { type PpToken, makeToken, spelling, withSpace } from "./pp-token.ts";
import { type State, spend } from "./state.ts";

export interface Argument {
  readonly tokens: readonly PpToken[];
  /** Made when first wanted: macro-replaced, stringified. */
  expanded: readonly PpToken[] | undefined;
  text: string | undefined;
}

type Expand = (state: State, argument: Argument, loc: Loc) => readonly PpToken[];

interface Job {
  readonly state: State;
  readonly macro: Macro;
  readonly args: readonly Argument[];
  /** Where the macro is used. */
  readonly loc: Loc;
  readonly expand: Expand;
}

const NOTHING: readonly PpToken[] = [];

export function substitute(
  state: State,
  macro: Macro,
  args: readonly Argument[],
  loc: Loc,
  expand: Expand,
): PpToken[] {
  return replaceItems({ state, macro, args, loc, expand }, macro.body);
}

function replaceItems(job: Job, items: readonly BodyItem[]): PpToken[] {
  const out: PpToken[] = [];
  // Of a pasting: what is on its left is nothing (a placemarker, 6.10.3.3p2).
  let leftIsEmpty = false;
  // White space before an argument that is empty: the next token has it.
  let gap = false;
  for (let i = 0; i < items.length; i++) {
    // i < length
    const item = items[i]!;
    if (item.kind === "token" && !item.pastesLeft) {
      const token = copy(job, item);
      out.push(gap ? withSpace(token, false, true) : token);
      gap = false;
      leftIsEmpty = false;
      continue;
    }
    if (item.pastesLeft && isVariable(job.macro, item) && isComma(items[i - 1])) {
      leftIsEmpty = false;
      behindComma(job, item, out);
      continue;
    }
    const piece = pieceOf(job, item);
    spend(job.state, piece.length, job.loc, job.macro.name);
    const first = piece[0];
    if (first === undefined) {
      if (item.pastesLeft) continue;
      leftIsEmpty = true;
      gap ||= item.token.spaced;
      continue;
    }
    let from = 0;
    if (item.pastesLeft && !leftIsEmpty) {
      const left = out.pop();
      if (left !== undefined) {
        const both = paste(job, left, first);
        if (both === undefined) out.push(left);
        else {
          out.push(both);
          from = 1;
        }
      }
    }
    for (; from < piece.length; from++) {
      // from < length
      const token = piece[from]!;
      const isFirst = from === 0;
      const spaced = isFirst ? gap || (item.token.spaced && !item.pastesLeft) : token.spaced;
      if (isFirst) gap = false;
      out.push(withSpace(token, false, spaced));
    }
    gap = false;
    leftIsEmpty = false;
  }
  return out;
}

function copy(job: Job, { token }: BodyItem): PpToken {
  const { kind, text, spaced, flags } = token;
  return makeToken(kind, text, job.loc, false, spaced, job.macro.origin, flags);
}

function isVariable(macro: Macro, item: BodyItem): boolean {
  return (
    macro.isVariadic &&
    item.kind === "argument" &&
    item.parameter === (macro.parameters?.length ?? 0) - 1
  );
}

function isComma(item: BodyItem | undefined): boolean {
  return item?.kind === "token" && item.token.text === "," && !item.pastesLeft;
}

/**
 * GNU's `, ## arguments`: the comma goes when there are no variable arguments at all, and nothing is pasted otherwise. A macro
 * that has no other parameters cannot tell none from one that is empty, and takes it as none.
 */
function behindComma(job: Job, item: BodyItem, out: PpToken[]): void {
  const argument = job.args[item.parameter];
  const none = argument === undefined || (item.parameter === 0 && argument.tokens.length === 0);
  if (none) {
    out.pop();
    return;
  }
  spend(job.state, argument.tokens.length, job.loc, job.macro.name);
  // As an operand of ## it is not expanded by itself, only with the rest.
  const { tokens } = argument;
  for (let i = 0; i < tokens.length; i++) {
    // i < length
    const token = tokens[i]!;
    out.push(withSpace(token, false, token.spaced));
  }
}

function pieceOf(job: Job, item: BodyItem): readonly PpToken[] {
  switch (item.kind) {
    case "token":
      return [copy(job, item)];
    case "argument": {
      const argument = job.args[item.parameter];
      if (argument === undefined) return NOTHING;
      if (item.pastesLeft || item.pastesRight) return argument.tokens;
      return job.expand(job.state, argument, job.loc);
    }
    case "stringify":
      return [stringToken(job, item, argumentText(job, job.args[item.parameter]))];
    case "optional":
      return hasVariable(job) ? replaceItems(job, item.inner) : NOTHING;
    case "stringify-optional":
      return [
        stringToken(job, item, hasVariable(job) ? quote(job, replaceItems(job, item.inner)) : '""'),
      ];
  }
}

/** Whether the variable arguments are more than nothing once they are expanded. */
function hasVariable(job: Job): boolean {
  const argument = job.args[(job.macro.parameters?.length ?? 0) - 1];
  return argument !== undefined && job.expand(job.state, argument, job.loc).length > 0;
}

function stringToken(job: Job, item: BodyItem, text: string): PpToken {
  spend(job.state, text.length >> 3, job.loc, job.macro.name);
  return makeToken("string", text, job.loc, false, item.token.spaced, job.macro.origin, 0);
}

function argumentText(job: Job, argument: Argument | undefined): string {
  if (argument === undefined) return '""';
  argument.text ??= quote(job, argument.tokens);
  return argument.text;
}

/** # (6.10.3.2): the spelling of the tokens as a string. */
function quote(job: Job, tokens: readonly PpToken[]): string {
  let text = "";
  for (let i = 0; i < tokens.length; i++) {
    // i < length
    const token = tokens[i]!;
    if (i > 0 && (token.spaced || token.startsLine)) text += " ";
    text +=
      token.kind === "string" || token.kind === "character"
        ? token.text.replaceAll(/["\\]/g, "\\$&")
        : spelling(token);
  }
  let backslashes = 0;
  while (text.endsWith("\\", text.length - backslashes)) backslashes++;
  if (backslashes % 2 === 1) {
    job.state.diagnostics.warning(
      "invalid-stringification",
      job.loc,
      "the string would end in a backslash, which is left out",
    );
    text = text.slice(0, -1);
  }
  // A quote that stands alone would end the string.
  if (tokens.some((token) => token.kind === "other" && token.text === '"')) {
    text = text.replaceAll(/(?<!\\)"/g, '\\"');
  }
  return `"${text}"`;
}

/** ##; undefined after a message: both stand as they are. */
function paste(job: Job, left: PpToken, right: PpToken): PpToken | undefined {
  const text = left.text + right.text;
  spend(job.state, text.length >> 3, job.loc, job.macro.name);
  const { startsLine, spaced } = left;
  const origin = job.macro.origin;
  if (
    left.kind === "identifier" &&
    (right.kind === "identifier" || (right.kind === "number" && isWord(right.text)))
  ) {
    return makeToken("identifier", text, job.loc, startsLine, spaced, origin, 0);
  }
  const single = singleToken(text);
  if (single !== undefined) {
    return makeToken(single.kind, single.text, job.loc, startsLine, spaced, origin, single.flags);
  }
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  if (!job.state.isAssembly) {
    job.state.diagnostics.error(job.loc, `'##' makes '${shown}', which is no token`, {
      end: job.loc + job.macro.name.length,
      notes: [{ loc: job.macro.loc, message: `in macro '${job.macro.name}', defined here` }],
    });
  }
  return undefined;
}

function isWord(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128 && IN_IDENTIFIER[code] !== 1) return false;
  }
  return true;
}
