// __attribute__((…)) (GCC manual 6.33 to 6.38): those of daily use are honoured, those that only help an optimiser or a
// warning are ignored in silence, unknown ones with a warning, and those that change what a program means are refused.

import type { Token } from "../preprocess/token.ts";
import { sizeOf } from "../types/layout.ts";
import type { Attributes } from "../tree/ast.ts";
import { expressionInteger } from "./attribute-arguments.ts";
import { stringLiteral } from "./literals.ts";
import { checkMode } from "./mode.ts";
import { stringTokens } from "./primary.ts";
import {
  advance,
  endOf,
  enter,
  expect,
  expectClosing,
  keywordOf,
  leave,
  skipToClosing,
  syntaxError,
  take,
} from "./state.ts";
import type { Parser } from "./state.ts";

/** What attributes said, wherever in a declaration they stood. */
export interface Given {
  readonly symbol: Attributes;
  packed: boolean;
  /** Bytes; 0: nothing said. */
  aligned: number;
  unused: boolean;
  gnuInline: boolean;
  fallsThrough: boolean;
  /** The function's name. */
  cleanup: Token | undefined;
  /** Without its underscores. */
  mode: string | undefined;
}

export function noAttributes(): Given {
  return {
    symbol: {},
    packed: false,
    aligned: 0,
    unused: false,
    gnuInline: false,
    fallsThrough: false,
    cleanup: undefined,
    mode: undefined,
  };
}

/** What means nothing for correctness here. */
const IGNORED: ReadonlySet<string> = new Set(
  (
    "nonnull pure const malloc cold hot leaf nothrow returns_nonnull sentinel " +
    "alloc_size alloc_align artificial flatten no_instrument_function optimize may_alias access no_reorder " +
    "externally_visible nocommon noclone noipa no_stack_protector assume_aligned designated_init noplt " +
    "no_sanitize no_sanitize_address no_sanitize_undefined no_icf copy nonstring no_split_stack tls_model stack_protect common " +
    "format_arg null_terminated_string_arg tainted_args no_profile_instrument_function unused_result"
  ).split(" "),
);

/** Any number of attribute specifiers that stand here. */
export function attributes(p: Parser, into: Given): void {
  while (keywordOf(p.token) === "__attribute__") {
    advance(p);
    const outer = expect(p, "(");
    expect(p, "(");
    while (p.token.text !== ")" && p.token.kind !== "end") {
      if (take(p, ",")) continue;
      attribute(p, into);
    }
    expect(p, ")");
    expectClosing(p, ")", outer);
  }
}

function attribute(p: Parser, into: Given): void {
  const token = advance(p);
  if (token.kind !== "identifier") {
    syntaxError(p, token.loc, "expected an attribute's name", endOf(token));
  }
  const name = plainName(token.text);
  const symbol = into.symbol;
  switch (name) {
    case "packed":
      into.packed = true;
      break;
    case "aligned":
      into.aligned = Math.max(into.aligned, alignment(p, token));
      return;
    case "unused":
    case "maybe_unused":
      into.unused = true;
      break;
    case "used":
      symbol.used = true;
      break;
    case "weak":
      symbol.weak = true;
      break;
    case "section":
      symbol.section = stringArgument(p, token);
      return;
    case "alias":
      symbol.alias = stringArgument(p, token);
      return;
    case "visibility": {
      const visibility = stringArgument(p, token);
      symbol.hidden = visibility === "hidden" || visibility === "internal";
      return;
    }
    case "warn_unused_result":
    case "nodiscard":
      symbol.warnUnusedResult = true;
      break;
    case "deprecated":
    case "unavailable":
      symbol.deprecated = p.token.text === "(" ? stringArgument(p, token) : "";
      return;
    case "noreturn":
      symbol.noreturn = true;
      break;
    case "fallthrough":
      into.fallsThrough = true;
      break;
    case "noinline":
      symbol.noinline = true;
      break;
    case "always_inline":
      symbol.alwaysInline = true;
      break;
    case "returns_twice":
      symbol.returnsTwice = true;
      break;
    case "gnu_inline":
      into.gnuInline = true;
      break;
    case "constructor":
    case "destructor":
      startup(p, symbol, name);
      return;
    case "retain":
      symbol.used = symbol.retain = true;
      break;
    case "naked":
      symbol.naked = symbol.noinline = true;
      break;
    case "error":
    case "warning":
      symbol.complaint = { isError: name === "error", message: stringArgument(p, token) };
      symbol.noinline = true;
      return;
    case "cleanup":
      into.cleanup = nameArgument(p, token);
      return;
    case "mode": {
      const argument = nameArgument(p, token);
      const mode = plainName(argument.text);
      if (checkMode(p, mode, argument)) into.mode = mode;
      return;
    }
    case "format":
      format(p, symbol);
      return;
    case "vector_size":
    case "transparent_union":
    case "interrupt":
    case "weakref":
    case "ifunc":
    case "scalar_storage_order":
    case "ms_struct":
      p.diagnostics.error(token.loc, `attribute '${name}' is not supported`, { end: endOf(token) });
      break;
    default:
      if (!IGNORED.has(name)) {
        p.diagnostics.warning("attributes", token.loc, `unknown attribute '${name}' ignored`, {
          end: endOf(token),
        });
      }
  }
  skipArguments(p);
}

/** Without the underscores that keep it apart from the program's macros. */
function plainName(text: string): string {
  const isGuarded = text.startsWith("__") && text.endsWith("__") && text.length > 4;
  return isGuarded ? text.slice(2, -2) : text;
}

function nameArgument(p: Parser, token: Token): Token {
  const open = expect(p, "(");
  if (p.token.kind !== "identifier")
    syntaxError(p, p.token.loc, `attribute '${token.text}' takes a name`, endOf(p.token));
  const argument = advance(p);
  expectClosing(p, ")", open);
  return argument;
}

function skipArguments(p: Parser): void {
  if (p.token.text === "(" && skipToClosing(p, p.at)) advance(p);
}

/** constructor or destructor, perhaps with a priority. */
function startup(p: Parser, symbol: Attributes, name: "constructor" | "destructor"): void {
  if (name === "constructor") symbol.isConstructor = true;
  else symbol.isDestructor = true;
  if (p.token.text !== "(") return;
  const open = advance(p);
  const at = p.token;
  const priority = expressionInteger(p);
  expectClosing(p, ")", open);
  if (priority === undefined) return;
  if (priority < 0 || priority > LAST_PRIORITY) {
    p.diagnostics.error(at.loc, `a priority is 0 to ${LAST_PRIORITY}, not ${priority}`);
  } else if (priority !== LAST_PRIORITY) {
    if (name === "constructor") symbol.constructorPriority = priority;
    else symbol.destructorPriority = priority;
  }
}

/** As good as none. */
const LAST_PRIORITY = 65535;

function alignment(p: Parser, token: Token): number {
  // Without an argument: as much as the target ever needs.
  if (p.token.text !== "(") return 16;
  const open = advance(p);
  enter(p);
  let value: number | undefined;
  if (p.rules.startsType(p)) value = sizeOf(p.rules.typeName(p));
  else value = expressionInteger(p);
  leave(p);
  expectClosing(p, ")", open);
  return checkedAlignment(p, token, value);
}

const LARGEST_ALIGNMENT = 1 << 28;

/** 0 when it is none; then it has been said. */
export function checkedAlignment(p: Parser, token: Token, value: number | undefined): number {
  if (value === undefined) return 0;
  if (value < 1 || value > LARGEST_ALIGNMENT || (value & (value - 1)) !== 0) {
    p.diagnostics.error(token.loc, `requested alignment ${value} is not a power of 2`, {
      end: endOf(token),
    });
    return 0;
  }
  return value;
}

function stringArgument(p: Parser, token: Token): string {
  const open = expect(p, "(");
  if (p.token.kind !== "string") {
    syntaxError(p, p.token.loc, `attribute '${token.text}' takes a string`, endOf(p.token));
  }
  const { bytes } = stringLiteral(p, stringTokens(p));
  expectClosing(p, ")", open);
  return textOf(bytes);
}

/** The text of a string literal that names a symbol, a section, a register or is assembly. */
export function textOf(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length - 1; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

function format(p: Parser, symbol: Attributes): void {
  const open = expect(p, "(");
  const like = advance(p).text.replace(/^_*(gnu_)?|_*$/g, "");
  expect(p, ",");
  const text = expressionInteger(p);
  expect(p, ",");
  const first = expressionInteger(p);
  expectClosing(p, ")", open);
  if ((like === "printf" || like === "scanf") && text !== undefined && first !== undefined) {
    symbol.format = { like, text, first };
  }
}
