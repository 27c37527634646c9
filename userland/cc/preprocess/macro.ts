// What a macro is, and how #define reads one (C11 6.10.3): parameters are found in the body, and # and ## are taken for what
// they are, once, so that expansion only copies.

import type { Diagnostics } from "../source/diagnostics.ts";
import type { Loc } from "../source/sources.ts";
import { type Origin, type PpToken, spelling } from "./pp-token.ts";

/** What an item of a macro's body becomes. */
export type ItemKind = "token" | "argument" | "stringify" | "optional" | "stringify-optional";

export interface BodyItem {
  readonly kind: ItemKind;
  /** The token that is copied; of the others the first, for its place and white space. */
  readonly token: PpToken;
  /** Which parameter; −1: none. */
  readonly parameter: number;
  /** What stands between the parentheses of __VA_OPT__. */
  readonly inner: readonly BodyItem[];
  /** ## stands behind it, in front of it. */
  pastesRight: boolean;
  pastesLeft: boolean;
}

/** Macros whose value depends on where they stand. */
export type DynamicName =
  | "__LINE__"
  | "__FILE__"
  | "__FILE_NAME__"
  | "__BASE_FILE__"
  | "__COUNTER__"
  | "__INCLUDE_LEVEL__"
  | "feature";

export interface Macro {
  readonly name: string;
  readonly loc: Loc;
  /** Undefined: object-like. The last one is the variadic one, if it is variadic. */
  readonly parameters: readonly string[] | undefined;
  readonly isVariadic: boolean;
  readonly body: readonly BodyItem[];
  /** The body has only tokens, and nothing is pasted. */
  readonly isPlain: boolean;
  readonly dynamic: DynamicName | undefined;
  readonly origin: Origin;
  /** Its expansion is being read: its name stands for itself there. */
  disabled: boolean;
}

const NO_ITEMS: readonly BodyItem[] = [];

export function makeMacro(
  name: string,
  loc: Loc,
  parameters: readonly string[] | undefined,
  isVariadic: boolean,
  body: readonly BodyItem[],
  dynamic: DynamicName | undefined,
): Macro {
  const isPlain = body.every((item) => item.kind === "token" && !item.pastesRight);
  return {
    name,
    loc,
    parameters,
    isVariadic,
    body,
    isPlain,
    dynamic,
    origin: { macro: name, loc },
    disabled: false,
  };
}

/** 6.10.3p2: parameters and body are spelled alike, and white space is at the same places. */
export function sameMacro(a: Macro, b: Macro): boolean {
  if (a.dynamic !== b.dynamic || a.isVariadic !== b.isVariadic) return false;
  if (a.parameters?.join() !== b.parameters?.join()) return false;
  return sameItems(a.body, b.body);
}

function sameItems(a: readonly BodyItem[], b: readonly BodyItem[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const left = a[i];
    const right = b[i];
    if (left === undefined || right === undefined) return false;
    if (left.kind !== right.kind || spelling(left.token) !== spelling(right.token)) return false;
    if (i > 0 && left.token.spaced !== right.token.spaced) return false;
    if (left.parameter !== right.parameter || left.pastesRight !== right.pastesRight) return false;
    if (!sameItems(left.inner, right.inner)) return false;
  }
  return true;
}

/** Reads "(a, b, ...)" behind the "("; undefined after a message. */
export function readParameters(
  next: () => PpToken,
  diagnostics: Diagnostics,
): { names: string[]; isVariadic: boolean } | undefined {
  const names: string[] = [];
  const seen = new Set<string>();
  let token = next();
  if (token.text === ")" && token.kind === "punctuator") return { names, isVariadic: false };
  for (;;) {
    if (token.kind === "punctuator" && token.text === "...") {
      names.push("__VA_ARGS__");
      token = next();
      if (token.text === ")") return { names, isVariadic: true };
      diagnostics.error(token.loc, "')' must follow '...' in a macro's parameters");
      return undefined;
    }
    if (token.kind !== "identifier") {
      const found = token.kind === "end" ? "the end of the line" : `'${token.text}'`;
      diagnostics.error(token.loc, `expected a macro parameter's name, found ${found}`);
      return undefined;
    }
    if (token.text === "__VA_ARGS__" || token.text === "__VA_OPT__") {
      diagnostics.error(token.loc, `'${token.text}' cannot be a parameter's name`);
      return undefined;
    }
    if (seen.has(token.text)) {
      const end = token.loc + token.text.length;
      diagnostics.error(token.loc, `macro parameter '${token.text}' is named twice`, { end });
    }
    seen.add(token.text);
    names.push(token.text);
    token = next();
    if (token.text === "..." && token.kind === "punctuator") {
      // GNU's named variable arguments
      token = next();
      if (token.text === ")") return { names, isVariadic: true };
      diagnostics.error(token.loc, "')' must follow '...' in a macro's parameters");
      return undefined;
    }
    if (token.text === ")" && token.kind === "punctuator") return { names, isVariadic: false };
    if (token.text !== "," || token.kind !== "punctuator") {
      const where = token.kind === "end" ? "the end of the line" : `'${token.text}'`;
      diagnostics.error(token.loc, `expected ',' or ')' in a macro's parameters, found ${where}`);
      return undefined;
    }
    token = next();
  }
}

interface BodyReader {
  readonly tokens: readonly PpToken[];
  at: number;
  readonly parameters: ReadonlyMap<string, number> | undefined;
  /** `__VA_OPT__` means something. */
  readonly isVariadic: boolean;
  readonly diagnostics: Diagnostics;
}

/** Makes a body of its tokens; undefined after a message. */
export function readBody(
  tokens: readonly PpToken[],
  parameters: readonly string[] | undefined,
  isVariadic: boolean,
  diagnostics: Diagnostics,
): BodyItem[] | undefined {
  const map =
    parameters === undefined
      ? undefined
      : new Map(parameters.map((name, index) => [name, index] as const));
  return readItems({ tokens, at: 0, parameters: map, isVariadic, diagnostics }, false);
}

function readItems(reader: BodyReader, inOptional: boolean): BodyItem[] | undefined {
  const { tokens, diagnostics } = reader;
  const items: BodyItem[] = [];
  let pastes = false;
  let depth = 0;
  while (reader.at < tokens.length) {
    // at < length
    const token = tokens[reader.at++]!;
    if (token.kind === "punctuator" && token.text === "##") {
      const last = items.at(-1);
      if (last === undefined) {
        diagnostics.error(token.loc, "'##' has nothing to paste on its left", {
          end: token.loc + 2,
        });
        return undefined;
      }
      last.pastesRight = true;
      pastes = true;
      continue;
    }
    if (inOptional && token.kind === "punctuator") {
      if (token.text === "(") depth++;
      if (token.text === ")" && depth-- === 0) {
        reader.at--;
        break;
      }
    }
    const item = readItem(reader, token, inOptional);
    if (item === undefined) return undefined;
    item.pastesLeft = pastes;
    pastes = false;
    items.push(item);
  }
  if (pastes) {
    // The body ends with the token before, so there is one.
    const loc = tokens[reader.at - 1]?.loc ?? 0;
    diagnostics.error(loc, "'##' has nothing to paste on its right");
    return undefined;
  }
  return items;
}

function readItem(reader: BodyReader, token: PpToken, inOptional: boolean): BodyItem | undefined {
  const { tokens, parameters, diagnostics } = reader;
  if (token.kind === "punctuator" && token.text === "#" && parameters !== undefined) {
    const operand = tokens[reader.at];
    if (operand?.kind === "identifier") {
      const parameter = parameters.get(operand.text);
      if (parameter !== undefined) {
        reader.at++;
        return makeItem("stringify", token, parameter, NO_ITEMS);
      }
      if (operand.text === "__VA_OPT__" && reader.isVariadic && !inOptional) {
        reader.at++;
        return readOptional(reader, token, operand, "stringify-optional");
      }
    }
    diagnostics.error(token.loc, "'#' is not followed by a macro parameter", {
      end: token.loc + 1,
    });
    return undefined;
  }
  if (token.kind === "identifier") {
    const parameter = parameters?.get(token.text);
    if (parameter !== undefined) return makeItem("argument", token, parameter, NO_ITEMS);
    if (token.text === "__VA_OPT__" && reader.isVariadic) {
      if (!inOptional) return readOptional(reader, token, token, "optional");
      diagnostics.error(token.loc, "'__VA_OPT__' cannot stand in '__VA_OPT__'");
      return undefined;
    }
    if (token.text === "__VA_ARGS__") {
      diagnostics.warning(
        "variadic-macros",
        token.loc,
        "'__VA_ARGS__' means something only in the body of a macro with '...'",
        { end: token.loc + token.text.length },
      );
    }
  }
  return makeItem("token", token, -1, NO_ITEMS);
}

function readOptional(
  reader: BodyReader,
  first: PpToken,
  name: PpToken,
  kind: ItemKind,
): BodyItem | undefined {
  const open = reader.tokens[reader.at++];
  if (open?.text !== "(") {
    reader.diagnostics.error(name.loc, "'(' must follow '__VA_OPT__'");
    return undefined;
  }
  const inner = readItems(reader, true);
  if (inner === undefined) return undefined;
  if (reader.tokens[reader.at++]?.text !== ")") {
    reader.diagnostics.error(open.loc, "'__VA_OPT__(' is never closed");
    return undefined;
  }
  return makeItem(kind, first, -1, inner);
}

function makeItem(
  kind: ItemKind,
  token: PpToken,
  parameter: number,
  inner: readonly BodyItem[],
): BodyItem {
  return { kind, token, parameter, inner, pastesRight: false, pastesLeft: false };
}
