// The values that an initialiser gives (C11 6.7.9): expressions and strings for a (sub)object as a whole, and which of them
// remain when later ones replace them.

import { compatibleUnqualified } from "../types/compatible.ts";
import { integerOf } from "../types/conversions.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { arrayOf, unqualified } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { ArrayType, Member, Type } from "../types/type.ts";
import { INITIALIZING, assignable } from "./assignable.ts";
import type { Expression, InitialValue } from "../tree/ast.ts";
import { evaluate } from "../tree/constant.ts";
import type { StringExpression } from "../tree/constant.ts";
import * as nodes from "../tree/nodes.ts";
import { isPoisoned } from "../tree/nodes.ts";
import type { Parser } from "./state.ts";
import { spanFrom, valueOf } from "./value.ts";
import type { Span } from "../source/sources.ts";

export interface Context {
  readonly p: Parser;
  readonly entries: InitialValue[];
  readonly isStatic: boolean;
  /** Behind the last byte that has a value so far: what begins beyond it replaces nothing. */
  high: number;
  /** An expression that has been read to see which (sub)object it initialises. */
  pending: { readonly value: Expression; readonly span: Span } | undefined;
  /** Members that a designator goes through: those of anonymous structures have no name to say. */
  path: readonly Member[];
  /** That inner braces are missing has been said. */
  hasElided: boolean;
  /** Of the designator at hand, the outermost first: its value is for all of them. */
  ranges: readonly Range[];
  /** Indexes of entries that somebody counts from, while others are taken out. */
  readonly marks: Set<{ at: number }>;
}

/** A range designator (GNU C): how many elements there are before its last one, and the size of each. */
export interface Range {
  readonly count: number;
  readonly size: number;
}

export const NO_RANGES: readonly Range[] = [];

/** More entries than this come from a range that somebody did not mean. */
export const MOST_ENTRIES = 1 << 20;

export function push(context: Context, entry: InitialValue): void {
  if (entry.offset < context.high) warnOfOverride(context, entry);
  context.entries.push(entry);
  context.high = Math.max(context.high, entry.offset + sizeOf(entry.type));
}

/** The same place twice: the last value counts (6.7.9p19). */
function warnOfOverride(context: Context, { offset, bits, value }: InitialValue): void {
  if (context.entries.length > MOST_COMPARED) return;
  const earlier = context.entries.find(
    (entry) => entry.offset === offset && entry.bits?.at === bits?.at,
  );
  if (earlier === undefined || earlier.value === value) return;
  context.p.diagnostics.warning(
    "initializer-overrides",
    value.loc,
    "this value replaces an earlier one for the same place",
    { notes: [{ loc: earlier.value.loc, message: "the earlier value is here" }] },
  );
}

/** Longer lists are not compared: they come from programs. */
const MOST_COMPARED = 1000;

/** A list in braces, a string, another member of a union replace all that the object got before (6.7.9p19). */
export function replace(context: Context, offset: number, size: number): void {
  if (offset >= context.high) return;
  replaceWhere(context, (entry) => entry.offset >= offset && entry.offset < offset + size);
}

export function replaceWhere(context: Context, isReplaced: (entry: InitialValue) => boolean): void {
  const dropped = context.entries.filter(isReplaced);
  const kept = context.entries.filter((entry) => !isReplaced(entry));
  for (const mark of context.marks)
    for (let at = mark.at - 1; at >= 0; at--) {
      const entry = context.entries[at];
      if (entry !== undefined && isReplaced(entry)) mark.at--;
    }
  for (const entry of dropped) handOn(entry, kept);
  context.entries.length = 0;
  for (const entry of kept) context.entries.push(entry);
}

/** An entry whose expression is evaluated into a variable, and the entry for others that want the same value. */
export function evaluatedOnce(entry: InitialValue): { once: InitialValue; again: InitialValue } {
  const { value } = entry;
  const { type, loc } = value;
  const variable = nodes.temporary("range", type, value, alignOf(type), loc);
  return {
    once: {
      ...entry,
      value: nodes.load({ kind: "compound-literal", variable, isReadAgain: true, type, loc }),
    },
    again: { ...entry, value: nodes.load({ kind: "variable", variable, type, loc }) },
  };
}

/** The evaluation that others count on stays with the first of them when its own place gets another value. */
function handOn({ value }: InitialValue, kept: InitialValue[]): void {
  if (value.kind !== "load" || value.place.kind !== "compound-literal") return;
  const { variable } = value.place;
  const heir = kept.findIndex(
    ({ value: other }) =>
      other.kind === "load" && other.place.kind === "variable" && other.place.variable === variable,
  );
  const entry = kept[heir];
  if (entry !== undefined) kept[heir] = { ...entry, value };
}

/** Reads an expression whose place is found afterwards. */
export function read(context: Context): NonNullable<Context["pending"]> {
  if (context.pending !== undefined) return context.pending;
  const { p } = context;
  const start = p.at;
  const raw = p.rules.assignment(p);
  // A string may be an array's value, and in GNU C a compound literal too, so it does not become a pointer yet.
  const isArray = raw.kind === "compound-literal" && raw.type.kind === "array";
  const value = raw.kind === "string" || isArray ? raw : valueOf(p, raw);
  context.pending = { value, span: spanFrom(p, start) };
  return context.pending;
}

/** Uses the pending expression for the whole (sub)object; undefined: it is meant for a part of it. */
export function fromExpression(
  context: Context,
  type: Type,
  offset: number,
  bits: Member["bits"],
): Type | undefined {
  const pending = read(context);
  const { value } = pending;
  if (type.kind === "array") {
    if (value.kind === "compound-literal") return fromArray(context, type, offset, value);
    if (value.kind !== "string" || !takesString(type, value)) return undefined;
    context.pending = undefined;
    return fromString(context, type, offset, value, pending.span);
  }
  if (type.kind === "struct") {
    if (value.type.kind !== "struct" || value.type.tag !== type.tag) return undefined;
    context.pending = undefined;
    const literal =
      value.kind === "load" && value.place.kind === "compound-literal"
        ? value.place.variable
        : undefined;
    if (context.isStatic && literal?.init !== undefined) {
      // GNU C: a constant compound literal initialises a static object.
      for (const entry of literal.init.entries) {
        push(context, { ...entry, offset: entry.offset + offset });
      }
      return type;
    }
    put(context, type, offset, bits, value, pending.span);
    return type;
  }
  context.pending = undefined;
  const { p } = context;
  const converted = assignable(p, valueOf(p, value), type, INITIALIZING, pending.span);
  put(context, type, offset, bits, converted, pending.span);
  return type;
}

/** GNU C: an array of the same type gives a static one its elements. */
function fromArray(
  context: Context,
  type: ArrayType,
  offset: number,
  { variable }: Extract<Expression, { kind: "compound-literal" }>,
): Type | undefined {
  const own = variable.type;
  if (!context.isStatic) return undefined;
  if (own.kind !== "array" || !compatibleUnqualified(unqualified(type.of), unqualified(own.of)))
    return undefined;
  if (type.length >= 0 && type.length !== own.length) return undefined;
  context.pending = undefined;
  replace(context, offset, sizeOf(own));
  for (const entry of variable.init?.entries ?? [])
    push(context, { ...entry, offset: entry.offset + offset });
  return { ...type, length: own.length };
}

export function takesString(type: ArrayType, value: StringExpression): boolean {
  const element = integerOf(type.of);
  const own = value.type.kind === "array" ? integerOf(value.type.of) : undefined;
  if (element === undefined || own === undefined || element.name === "bool") return false;
  return own.size === 1
    ? element.size === 1
    : element.name === own.name ||
        (element.size === own.size && compatibleUnqualified(unqualified(type.of), own));
}

export function fromString(
  context: Context,
  type: ArrayType,
  offset: number,
  value: StringExpression,
  span: Span,
): Type {
  const size = sizeOf(type.of);
  const units = value.bytes.length / size;
  const whole: ArrayType = type.length < 0 ? { ...type, length: units } : type;
  let text: Expression = value;
  if (units > whole.length) {
    // The terminating zero may be left out, nothing else.
    if (units - 1 > whole.length) {
      context.p.diagnostics.warning(
        "excess-initializers",
        span.loc,
        `initializer-string for ${quoted(whole)} is too long`,
        { end: span.end },
      );
    }
    const bytes = value.bytes.slice(0, whole.length * size);
    text = { ...value, bytes, type: arrayOf(type.of, whole.length) };
  }
  if (whole.length > 0) {
    replace(context, offset, sizeOf(whole));
    push(context, { offset, bits: undefined, type: whole, value: text });
  }
  return whole;
}

function put(
  context: Context,
  type: Type,
  offset: number,
  bits: Member["bits"],
  value: Expression,
  span: Span,
): void {
  const { p } = context;
  if (context.isStatic && !isPoisoned(value) && value.kind !== "integer") {
    const known = evaluate(value);
    if (known === undefined || (known.symbol !== undefined && bits !== undefined)) {
      p.diagnostics.error(span.loc, "initializer element is not a compile-time constant", {
        end: span.end,
      });
      return;
    }
  }
  if (context.entries.length >= MOST_ENTRIES)
    p.diagnostics.fatal(span.loc, "initializer is too large");
  push(context, { offset, bits, type: unqualified(type), value });
}
