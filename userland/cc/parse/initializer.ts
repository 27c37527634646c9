// Initialisers (C11 6.7.9) with GNU's range designators: braces, designators and elided braces become a flat list of which
// value goes to which place of the object.

import { mostSimilar } from "../source/suggest.ts";
import { isScalar } from "../types/conversions.ts";
import { isComplete, sizeOf } from "../types/layout.ts";
import { POISON, arrayOf } from "../types/make.ts";
import { findMember, memberNames } from "../types/members.ts";
import { quoted } from "../types/name.ts";
import type { ArrayType, Member, StructType, Type } from "../types/type.ts";
import type { Initializer } from "../tree/ast.ts";
import { designatorEnd, indexDesignator } from "./designator.ts";
import {
  NO_RANGES,
  fromExpression,
  fromString,
  read,
  replace,
  takesString,
} from "./initial-values.ts";
import type { Context } from "./initial-values.ts";
import { isPoisoned } from "../tree/nodes.ts";
import { LARGEST_TYPE } from "./record.ts";
import { guarded } from "./recover.ts";
import { repeat } from "./repeated-values.ts";
import {
  advance,
  endOf,
  enter,
  expectClosing,
  expectName,
  giveUp,
  is,
  leave,
  missesComma,
  moveTo,
  peek,
  syntaxError,
  take,
} from "./state.ts";
import type { Parser } from "./state.ts";
import { spanFrom } from "./value.ts";

/** The initialiser of an object, from behind `=` on. The type gets its length from it if it has none. */
export function initializer(
  p: Parser,
  type: Type,
  isStatic: boolean,
): { type: Type; init: Initializer } {
  const context: Context = {
    p,
    entries: [],
    isStatic,
    high: 0,
    pending: undefined,
    path: [],
    hasElided: false,
    ranges: NO_RANGES,
    marks: new Set(),
  };
  let whole = type;
  if (is(p, "{")) whole = braced(context, type, 0, undefined);
  else {
    if (is(p, "[") && type.kind === "array")
      syntaxError(p, p.token.loc, "expected '{': a list of values stands in braces");
    read(context);
    whole = fromExpression(context, type, 0, undefined) ?? refuseUnbraced(context, type);
  }
  return { type: whole, init: { entries: context.entries } };
}

function refuseUnbraced(context: Context, type: Type): Type {
  const { p, pending } = context;
  context.pending = undefined;
  if (pending !== undefined && !isPoisoned(pending.value)) {
    p.diagnostics.error(
      pending.span.loc,
      type.kind === "array"
        ? "an array must be initialised with a list in braces or with a string"
        : `initializing ${quoted(type)} with an expression of incompatible type ${quoted(pending.value.type)}`,
      { end: pending.span.end },
    );
    // `int a[] = 1, 2, 3;` is a list all the same.
    if (type.kind === "array" && is(p, ",") && peek(p).kind !== "identifier") giveUp();
  }
  return type.kind === "array" && type.length < 0 ? { ...type, length: 1 } : type;
}

/**
 * An initialiser for a (sub)object: in braces, or an expression for it, or as many as its parts take. What the designator before
 * it names more than one place for goes to all of them; of values without braces that is the first.
 */
function element(context: Context, type: Type, offset: number, bits: Member["bits"]): Type {
  const { p, ranges, high, entries } = context;
  const { loc } = p.token;
  const mark = { at: entries.length };
  if (ranges.length > 0) context.marks.add(mark);
  context.ranges = NO_RANGES;
  const whole =
    context.pending === undefined && is(p, "{")
      ? braced(context, type, offset, bits)
      : fromExpression(context, type, offset, bits);
  context.marks.delete(mark);
  if (whole !== undefined) {
    const size = bits === undefined && isComplete(whole) ? sizeOf(whole) : 0;
    if (ranges.length > 0) repeat(context, ranges, { from: mark.at, high, loc, offset, size });
    return whole;
  }
  if (type.kind === "struct" && type.tag.members?.length === 0) {
    return refuseUnbraced(context, type);
  }
  warnOfMissingBraces(context);
  context.ranges = ranges;
  return parts(context, type, offset, false);
}

/** Once for an object; { 0 } needs no more braces than that. */
function warnOfMissingBraces(context: Context): void {
  const { p, pending } = context;
  if (pending === undefined || context.hasElided || isPoisoned(pending.value)) return;
  const last = p.tokens[p.at - 1];
  if (last?.text === "0" && is(p, "}")) return;
  if (p.diagnostics.expansions.has(pending.span.loc)) return;
  context.hasElided = true;
  p.diagnostics.warning(
    "missing-braces",
    pending.span.loc,
    "the values of an inner array or structure begin here; put braces around them",
    { end: pending.span.end },
  );
}

/** A list in braces. When its inside cannot be read, what is around it goes on behind its end. */
function braced(context: Context, type: Type, offset: number, bits: Member["bits"]): Type {
  const { p } = context;
  const open = p.at;
  const whole = guarded(p, () => readBraced(context, type, offset, bits));
  if (whole !== undefined) return whole;
  context.pending = undefined;
  context.ranges = NO_RANGES;
  if (p.isLeaving || !skipList(p, open)) giveUp();
  return type.kind === "array" && type.length < 0 ? { ...type, length: 1 } : type;
}

/** To behind the brace that closes the one at `open`; not beyond the end of the declaration. */
function skipList(p: Parser, open: number): boolean {
  const from = p.at;
  let level = 0;
  for (let at = open; ; at++) {
    const text = p.tokens[at]?.text ?? "";
    if (text === "{") level++;
    else if (text === "}" && --level === 0) {
      if (at < from) return false;
      moveTo(p, at + 1);
      return true;
    } else if (text === ";" || text === "") return false;
  }
}

function readBraced(context: Context, type: Type, offset: number, bits: Member["bits"]): Type {
  const { p } = context;
  const open = advance(p);
  enter(p);
  let whole = type;
  const text = p.token;
  replace(context, offset, sizeOf(type));
  if (is(p, "}") && open.from === undefined)
    p.diagnostics.warning(
      "gnu-empty-initializer",
      open.loc,
      "an empty list is an extension of GNU C",
    );
  if (type.kind === "array" && text.kind === "string") {
    // { "text" }: a string for the whole array, or for its first element.
    const pending = read(context);
    if (pending.value.kind === "string" && takesString(type, pending.value)) {
      context.pending = undefined;
      whole = fromString(context, type, offset, pending.value, pending.span);
    } else whole = parts(context, type, offset, true);
  } else if ((type.kind === "array" || type.kind === "struct") && isInitializable(type)) {
    whole = parts(context, type, offset, true);
  } else if (isScalar(type)) {
    if (!is(p, "}")) {
      if (is(p, "{")) {
        p.diagnostics.warning(
          "many-braces-around-scalar-init",
          p.token.loc,
          "too many braces around scalar initializer",
        );
      }
      element(context, type, offset, bits);
    }
  } else {
    p.diagnostics.error(open.loc, `${quoted(type)} cannot be initialised`);
    parts(context, POISON, offset, true);
  }
  if (take(p, ",")) excess(context, type);
  leave(p);
  expectClosing(p, "}", open);
  return whole;
}

function isInitializable(type: Type): boolean {
  return isComplete(type) || (type.kind === "array" && isComplete(type.of));
}

/** Reads what has no place. */
function excess(context: Context, type: Type): void {
  const { p } = context;
  let isFirst = true;
  while (!is(p, "}") && p.token.kind !== "end") {
    const start = p.at;
    const inner: Context = {
      p,
      entries: [],
      isStatic: false,
      high: 0,
      pending: context.pending,
      path: [],
      hasElided: false,
      ranges: NO_RANGES,
      marks: new Set(),
    };
    context.pending = undefined;
    if (is(p, "{")) braced(inner, arrayOf(POISON, -1), 0, undefined);
    else read(inner);
    const span = spanFrom(p, start);
    if (isFirst && type !== POISON) {
      p.diagnostics.warning(
        "excess-initializers",
        span.loc,
        `excess elements in ${type.kind === "struct" ? "struct" : type.kind === "array" ? "array" : "scalar"} initializer`,
        { end: span.end },
      );
    }
    isFirst = false;
    if (!take(p, ",")) break;
  }
}

/** The parts of an array or structure, one after the other or as designators say. Without braces it ends where its last part is filled. */
function parts(context: Context, type: Type, offset: number, isBraced: boolean): Type {
  enter(context.p);
  const whole =
    type.kind === "array"
      ? arrayParts(context, type, offset, isBraced)
      : type.kind === "struct"
        ? structParts(context, type, offset, isBraced)
        : type;
  leave(context.p);
  return whole;
}

/** Whether there is a further initialiser for this list; skips the comma before it. */
function hasMore(context: Context, isBraced: boolean, isFull: boolean): boolean {
  const { p } = context;
  if (!is(p, ",")) return isBraced && !isFull && missesComma(p);
  const next = peek(p).text;
  if (next === "}") return false;
  const designates =
    next === "." || next === "[" || (peek(p).kind === "identifier" && peek(p, 2).text === ":");
  // A designator belongs to the nearest braces.
  if (isBraced ? isFull && !designates : isFull || designates) return false;
  advance(p);
  return true;
}

function isDesignator(context: Context): boolean {
  const { p } = context;
  if (context.pending !== undefined) return false;
  return is(p, ".") || is(p, "[") || (p.token.kind === "identifier" && peek(p).text === ":");
}

function arrayParts(context: Context, type: ArrayType, offset: number, isBraced: boolean): Type {
  const { p } = context;
  const size = sizeOf(type.of);
  let index = 0;
  let length = 0;
  if (isBraced && context.pending === undefined && is(p, "}"))
    return type.length < 0 ? { ...type, length: 0 } : type;
  do {
    let last = index;
    let isNested = false;
    const start = p.token;
    if (isDesignator(context) && (isBraced || length === 0)) {
      if (!is(p, "[")) {
        syntaxError(
          p,
          p.token.loc,
          `field designator cannot initialise the array type ${quoted(type)}`,
        );
      }
      const range = indexDesignator(p, type);
      index = range.first;
      last = range.last;
      isNested = designatorEnd(p);
    }
    if (type.length >= 0 && index >= type.length) {
      // Only a list that is empty anyway begins so; everywhere else hasMore has looked.
      return type;
    }
    if ((last + 1) * size > LARGEST_TYPE) p.diagnostics.fatal(start.loc, "array is too large");
    // The range's last element is the one behind which the list goes on.
    const at = offset + last * size;
    if (last > index) context.ranges = [...context.ranges, { count: last - index, size }];
    if (isNested) parts(context, type.of, at, false);
    else element(context, type.of, at, undefined);
    context.ranges = NO_RANGES;
    index = last + 1;
    length = Math.max(length, index);
  } while (hasMore(context, isBraced, type.length >= 0 && index >= type.length));
  return type.length < 0 ? { ...type, length } : type;
}

function structParts(context: Context, type: StructType, offset: number, isBraced: boolean): Type {
  const { p } = context;
  const tag = type.tag;
  // Unnamed bit-fields get no initialiser (6.7.9p9).
  const members = (tag.members ?? []).filter(
    (member) => member.name !== undefined || member.bits === undefined,
  );
  let index = 0;
  let isFirst = true;
  if (isBraced && context.pending === undefined && is(p, "}")) return type;
  const startAt = p.at;
  let isDesignated = false;
  do {
    let isNested = false;
    if (isDesignator(context)) isDesignated = true;
    if (context.path.length > 0 || (isDesignator(context) && (isBraced || isFirst))) {
      const path = context.path.length > 0 ? context.path : memberDesignator(context, type);
      const [member] = path;
      if (member === undefined) return type;
      index = Math.max(members.indexOf(member), 0);
      context.path = path.slice(1);
      isNested = context.path.length > 0 || designatorEnd(p);
    }
    if (tag.isUnion && !isFirst && !isNested) replace(context, offset, tag.size);
    isFirst = false;
    const member = members[index];
    if (member === undefined) return type;
    if (member.type.kind === "array" && member.type.length < 0) {
      flexible(context, member, offset, isNested);
    } else if (isNested) parts(context, member.type, offset + member.offset, false);
    else element(context, member.type, offset + member.offset, member.bits);
    context.ranges = NO_RANGES;
    index = tag.isUnion ? members.length : index + 1;
  } while (hasMore(context, isBraced, index >= members.length));
  const next = members[index];
  if (isBraced && !isDesignated && next !== undefined && !isLoneZero(p, startAt)) {
    p.diagnostics.warning(
      "missing-field-initializers",
      p.token.loc,
      `missing initialiser for member '${next.name ?? ""}' of ${quoted(type)}; it is zero`,
    );
  }
  return type;
}

/** { 0 } is how a program makes all of an object zero. */
function isLoneZero(p: Parser, start: number): boolean {
  return p.tokens[start]?.text === "0" && p.tokens[start + 1] === p.token;
}

/** A flexible array member makes a static object larger than its type (GNU C). */
function flexible(context: Context, member: Member, offset: number, isNested: boolean): void {
  const { p } = context;
  if (!context.isStatic) {
    p.diagnostics.error(
      p.token.loc,
      "initialization of a flexible array member of an automatic object",
    );
  }
  const at = offset + member.offset;
  if (isNested) parts(context, member.type, at, false);
  else element(context, member.type, at, undefined);
}

/** .name or GNU's older `name:`; the members to go through. The `:` stands for the `=`. */
function memberDesignator(context: Context, type: StructType): readonly Member[] {
  const { p } = context;
  if (is(p, "[")) {
    return syntaxError(
      p,
      p.token.loc,
      `array designator cannot initialise the non-array type ${quoted(type)}`,
    );
  }
  const isOld = !take(p, ".");
  const name = expectName(p, "a member's name");
  const path = findMember(type.tag, name.text);
  if (path === undefined) {
    const similar = mostSimilar(name.text, memberNames(type.tag));
    const hint = similar === undefined ? "" : `; did you mean '${similar}'?`;
    p.diagnostics.error(
      name.loc,
      `field designator '${name.text}' does not refer to any field in type ${quoted(type)}${hint}`,
      {
        end: endOf(name),
        ...(similar === undefined || name.from !== undefined
          ? {}
          : { fix: { from: name.loc, to: endOf(name), text: similar } }),
      },
    );
    // What it would have got is read as if it had a place.
    if (isOld) advance(p);
    else {
      while (is(p, ".") || is(p, "[")) {
        if (take(p, ".")) expectName(p);
        else indexDesignator(p, arrayOf(POISON, -1));
      }
      take(p, "=");
    }
    const inner: Context = {
      p,
      entries: [],
      isStatic: false,
      high: 0,
      pending: undefined,
      path: [],
      hasElided: false,
      ranges: NO_RANGES,
      marks: new Set(),
    };
    if (is(p, "{")) braced(inner, arrayOf(POISON, -1), 0, undefined);
    else read(inner);
    while (take(p, ",")) {
      if (is(p, "}")) break;
      if (is(p, ".")) return memberDesignator(context, type);
      if (is(p, "{")) braced(inner, arrayOf(POISON, -1), 0, undefined);
      else {
        inner.pending = undefined;
        read(inner);
      }
    }
    return [];
  }
  if (isOld) {
    advance(p);
  }
  return path;
}
