// Calls of __builtin_*: those that are answered here (constants, types, plain library functions) and those that stay in the
// program as "builtin" nodes (ast.ts, BuiltinName). Atomics are in builtin-atomics.ts.

import { compatibleUnqualified } from "../types/compatible.ts";
import { integerOf } from "../types/conversions.ts";
import { isComplete, sizeOf } from "../types/layout.ts";
import { findMember } from "../types/members.ts";
import {
  INT,
  LONG,
  UNSIGNED_LONG,
  UNSIGNED_INT,
  UNSIGNED_LONG_LONG,
  UNSIGNED_SHORT,
  VOID,
  VOID_POINTER,
} from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { IntegerType, Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc, Span } from "../source/sources.ts";
import type { Expression } from "../tree/ast.ts";
import { assignable } from "./assignable.ts";
import { atomicCall } from "./builtin-atomics.ts";
import { checkedCall } from "./builtin-checked.ts";
import { hasArguments, libraryCall } from "./builtin-library.ts";
import { overflowCall } from "./builtin-overflow.ts";
import { evaluate } from "../tree/constant.ts";
import * as nodes from "../tree/nodes.ts";
import { isPoisoned, poison } from "../tree/nodes.ts";
import { objectSize } from "./object-size.ts";
import { binaryOperation } from "./operators.ts";
import {
  advance,
  endOf,
  enter,
  expect,
  expectClosing,
  expectName,
  leave,
  previousEnd,
  syntaxError,
  take,
} from "./state.ts";
import type { Parser } from "./state.ts";
import { spanFrom, valueOf } from "./value.ts";

export function isBuiltinName(name: string): boolean {
  return (
    name.startsWith("__") &&
    (name.startsWith("__builtin_") || name.startsWith("__atomic_") || name.startsWith("__sync_"))
  );
}

/** Behind the builtin's name. */
export function builtinCall(p: Parser, name: Token): Expression {
  if (p.token.text !== "(") {
    return syntaxError(p, name.loc, `builtin '${name.text}' can only be called`, endOf(name));
  }
  const open = advance(p);
  enter(p);
  const result = inner(p, name, open);
  leave(p);
  return result;
}

function inner(p: Parser, name: Token, open: Token): Expression {
  const loc = name.loc;
  const short = name.text.startsWith("__builtin_") ? name.text.slice(10) : "";
  switch (short) {
    case "va_start":
    case "va_end":
    case "va_copy":
      return variableArguments(p, short, name, open);
    case "va_arg": {
      const list = listPlace(p);
      expect(p, ",");
      const at = p.token;
      const type = p.rules.typeName(p);
      expectClosing(p, ")", open);
      return vaArg(p, list, type, at);
    }
    case "offsetof":
      return offsetOf(p, loc, open);
    case "types_compatible_p": {
      const a = p.rules.typeName(p);
      expect(p, ",");
      const b = p.rules.typeName(p);
      expectClosing(p, ")", open);
      return nodes.integer(compatibleUnqualified(a, b) ? 1n : 0n, INT, loc);
    }
    case "choose_expr": {
      const start = p.at;
      const condition = evaluate(valueOf(p, p.rules.assignment(p)));
      if (condition === undefined || condition.symbol !== undefined) {
        const span = spanFrom(p, start);
        p.diagnostics.error(span.loc, "'__builtin_choose_expr' requires a constant expression", {
          end: span.end,
        });
      }
      expect(p, ",");
      const first = p.rules.assignment(p);
      expect(p, ",");
      const second = p.rules.assignment(p);
      expectClosing(p, ")", open);
      return condition?.value === 0n ? second : first;
    }
    case "constant_p":
    case "object_size": {
      p.unevaluated++;
      const args = argumentsOf(p, open);
      p.unevaluated--;
      if (short === "object_size") {
        const kind = args[1]?.kind === "integer" ? args[1].value : 0n;
        const unknownSize = kind < 2n ? (1n << 64n) - 1n : 0n;
        const size = args[0] === undefined ? undefined : objectSize(args[0], (kind & 1n) === 1n);
        return nodes.integer(size ?? unknownSize, UNSIGNED_LONG, loc);
      }
      const value = args[0] === undefined ? undefined : evaluate(args[0]);
      const known =
        value !== undefined &&
        (value.symbol === undefined || ("kind" in value.symbol && value.symbol.kind === "string"));
      return nodes.integer(known ? 1n : 0n, INT, loc);
    }
    default:
      break;
  }
  const args = argumentsOf(p, open);
  if (args.some(isPoisoned)) return poison(loc);
  if (short === "") return atomicCall(p, name, args) ?? unknown(p, name);
  return (
    bits(p, short, args, name) ??
    control(p, short, args, name) ??
    overflowCall(p, short, args, name) ??
    checkedCall(p, short, args, name) ??
    libraryCall(p, short, args, name) ??
    unknown(p, name)
  );
}

function unknown(p: Parser, name: Token): Expression {
  p.diagnostics.error(name.loc, `builtin '${name.text}' is not supported`, { end: endOf(name) });
  return poison(name.loc);
}

function argumentsOf(p: Parser, open: Token): Expression[] {
  const args: Expression[] = [];
  if (p.token.text !== ")") {
    do args.push(valueOf(p, p.rules.assignment(p)));
    while (take(p, ","));
  }
  expectClosing(p, ")", open);
  return args;
}

function listPlace(p: Parser): Expression {
  const start = p.at;
  const place = p.rules.assignment(p);
  const span = spanFrom(p, start);
  if (isPoisoned(place)) return place;
  if (!nodes.isLvalue(place) || place.type.kind !== "pointer" || place.type.to.kind !== "void") {
    p.diagnostics.error(span.loc, `this is no object of type 'va_list' but ${quoted(place.type)}`, {
      end: span.end,
    });
    return poison(span.loc);
  }
  return place;
}

function variableArguments(
  p: Parser,
  short: "va_start" | "va_end" | "va_copy",
  name: Token,
  open: Token,
): Expression {
  const list = listPlace(p);
  const loc = name.loc;
  if (short === "va_copy") {
    expect(p, ",");
    const from = listPlace(p);
    expectClosing(p, ")", open);
    if (isPoisoned(list) || isPoisoned(from)) return poison(loc);
    return nodes.builtin("va-copy", [list, from], VOID, loc);
  }
  if (short === "va_start") {
    if (take(p, ",")) {
      p.unevaluated++;
      p.rules.assignment(p);
      p.unevaluated--;
    }
    if (p.function?.type.variadic !== true) {
      p.diagnostics.error(loc, "'va_start' used in a function with fixed arguments", {
        end: endOf(name),
      });
    }
  }
  expectClosing(p, ")", open);
  if (isPoisoned(list)) return poison(loc);
  return nodes.builtin(short === "va_start" ? "va-start" : "va-end", [list], VOID, loc);
}

function vaArg(p: Parser, list: Expression, type: Type, at: Token): Expression {
  if (isPoisoned(list)) return list;
  if (!isComplete(type) || type.kind === "array") {
    p.diagnostics.error(at.loc, `type ${quoted(type)} cannot be fetched by 'va_arg'`);
    return poison(at.loc);
  }
  const integer = integerOf(type);
  if (integer !== undefined && integer.size < 4) {
    p.diagnostics.warning(
      "varargs",
      at.loc,
      `second argument to 'va_arg' is of promotable type ${quoted(type)}; an argument is never that, it has been promoted to 'int'`,
    );
  }
  return { kind: "va-arg", list, type: { ...type, qualifiers: 0, alignas: 0 }, loc: at.loc };
}

/** offsetof(type, a.b[2].c) */
function offsetOf(p: Parser, loc: Loc, open: Token): Expression {
  let type = p.rules.typeName(p);
  expect(p, ",");
  let offset: Expression = nodes.integer(0n, UNSIGNED_LONG, loc);
  let isFirst = true;
  for (;;) {
    if (p.token.text === "[" && !isFirst) {
      const bracket = advance(p);
      const index = valueOf(p, p.rules.expression(p));
      expectClosing(p, "]", bracket);
      if (type.kind !== "array") {
        return syntaxError(p, bracket.loc, `offsetof requires an array here, not ${quoted(type)}`);
      }
      type = type.of;
      const size = nodes.integer(BigInt(sizeOf(type)), UNSIGNED_LONG, loc);
      const star: Token = { ...bracket, text: "*" };
      const plus: Token = { ...bracket, text: "+" };
      const span = { loc: bracket.loc, end: previousEnd(p) };
      offset = binaryOperation(p, plus, offset, binaryOperation(p, star, index, size, span), span);
    } else if (isFirst || take(p, ".")) {
      isFirst = false;
      const name = expectName(p, "a member's name");
      if (type.kind !== "struct" || type.tag.members === undefined) {
        return syntaxError(
          p,
          name.loc,
          `offsetof requires a complete structure or union, not ${quoted(type)}`,
        );
      }
      const path = findMember(type.tag, name.text);
      if (path === undefined) {
        return syntaxError(
          p,
          name.loc,
          `no member named '${name.text}' in ${quoted(type)}`,
          endOf(name),
        );
      }
      for (const member of path) {
        if (member.bits !== undefined) {
          return syntaxError(
            p,
            name.loc,
            `cannot compute the offset of bit-field '${name.text}'`,
            endOf(name),
          );
        }
        type = member.type;
        const bytes = nodes.integer(BigInt(member.offset), UNSIGNED_LONG, loc);
        const plus: Token = { ...name, text: "+" };
        offset = binaryOperation(p, plus, offset, bytes, { loc, end: loc });
      }
    } else break;
  }
  expectClosing(p, ")", open);
  return offset;
}

const WIDTHS: Readonly<Record<string, IntegerType>> = {
  "": UNSIGNED_INT,
  l: UNSIGNED_LONG,
  ll: UNSIGNED_LONG_LONG,
};

/** Counting and swapping of bits and bytes. */
function bits(
  p: Parser,
  short: string,
  args: readonly Expression[],
  name: Token,
): Expression | undefined {
  const swap = { bswap16: UNSIGNED_SHORT, bswap32: UNSIGNED_INT, bswap64: UNSIGNED_LONG }[short];
  const match =
    swap === undefined ? /^(clz|ctz|popcount|ffs|parity|clrsb)(l{0,2})$/.exec(short) : null;
  if (swap === undefined && match === null) return undefined;
  const loc = name.loc;
  const [value] = args;
  if (!hasArguments(p, name, args, 1) || value === undefined) return poison(loc);
  const type = swap ?? WIDTHS[match?.[2] ?? ""] ?? UNSIGNED_INT;
  const operand = assignable(p, value, type, { kind: "passing" }, { loc, end: endOf(name) });
  if (isPoisoned(operand)) return operand;
  const operation = swap === undefined ? (match?.[1] ?? "") : "bswap";
  if (operand.kind === "integer") {
    const known = foldBits(operation, operand.value, type.size * 8);
    if (known !== undefined) return nodes.integer(known, swap ?? INT, loc);
  }
  switch (operation) {
    case "bswap":
      return nodes.builtin("bswap", [operand], type, loc);
    case "clz":
    case "ctz":
    case "popcount":
    case "ffs":
      return nodes.builtin(operation, [operand], INT, loc);
    case "clrsb":
      return signBits(operand, type, loc);
    default:
      return nodes.binary(
        "&",
        nodes.builtin("popcount", [operand], INT, loc),
        nodes.integer(1n, INT, loc),
        INT,
        loc,
      );
  }
}

/** How many bits below the highest are the same: leading zeros of what differs from its neighbour, with one at the end. */
function signBits(operand: Expression, type: IntegerType, loc: Loc): Expression {
  const place = nodes.temporary("of", type, operand, type.size, loc);
  const of = nodes.load(nodes.variable(place, loc));
  const one = nodes.integer(1n, type, loc);
  const twice = nodes.binary("<<", of, one, type, loc);
  const differing = nodes.binary("^", of, twice, type, loc);
  const bits = nodes.binary("|", differing, one, type, loc);
  return nodes.sequence([place], [], nodes.builtin("clz", [bits], INT, loc), loc);
}

function foldBits(operation: string, value: bigint, width: number): bigint | undefined {
  const digits = value.toString(2).padStart(width, "0");
  switch (operation) {
    case "clz":
      return value === 0n ? undefined : BigInt(digits.indexOf("1"));
    case "ctz":
      return value === 0n ? undefined : BigInt(width - 1 - digits.lastIndexOf("1"));
    case "ffs":
      return value === 0n ? 0n : BigInt(width - digits.lastIndexOf("1"));
    case "popcount":
      return BigInt(digits.split("1").length - 1);
    case "clrsb":
      return BigInt((/^(?:0+|1+)/.exec(digits)?.[0].length ?? 1) - 1);
    case "parity":
      return BigInt((digits.split("1").length - 1) & 1);
    case "bswap": {
      const hex = value.toString(16).padStart(width / 4, "0");
      return BigInt("0x" + (hex.match(/../g) ?? ["0"]).toReversed().join(""));
    }
    default:
      return undefined;
  }
}

/** The first argument's value; the others are evaluated like any argument, though nothing is done with them. */
function expected(p: Parser, args: readonly Expression[], span: Span): Expression {
  const [first, ...others] = args;
  if (first === undefined) return poison(span.loc);
  const value = assignable(p, first, LONG, { kind: "passing" }, span);
  if (isPoisoned(value) || others.every((other) => other.kind === "integer")) return value;
  const place = nodes.temporary("expected", LONG, value, 8, span.loc);
  return nodes.sequence(
    [place],
    others.map((expression) => ({ kind: "expression", expression, loc: span.loc })),
    nodes.load(nodes.variable(place, span.loc)),
    span.loc,
  );
}

function pointerArgument(p: Parser, e: Expression, name: Token): Expression {
  return assignable(p, e, VOID_POINTER, { kind: "passing" }, { loc: name.loc, end: endOf(name) });
}

/** gcc's numbers for kinds of types (typeclass.h), of a value that has been promoted. */
function classOf(type: Type): bigint {
  switch (type.kind) {
    case "void":
      return 0n;
    case "integer":
    case "enum":
      return 1n;
    case "pointer":
    case "array":
      return 5n;
    case "function":
      return 10n;
    case "struct":
      return type.tag.isUnion ? 13n : 12n;
  }
}

/** What tells the compiler something, and what reaches into the frame. */
function control(
  p: Parser,
  short: string,
  args: readonly Expression[],
  name: Token,
): Expression | undefined {
  const loc = name.loc;
  const [first] = args;
  switch (short) {
    case "expect":
    case "expect_with_probability":
      if (!hasArguments(p, name, args, short === "expect" ? 2 : 3) || first === undefined) {
        return poison(loc);
      }
      return expected(p, args, { loc, end: endOf(name) });
    case "unreachable":
    case "trap":
      return hasArguments(p, name, args, 0) ? nodes.builtin(short, [], VOID, loc) : poison(loc);
    case "alloca":
      if (!hasArguments(p, name, args, 1) || first === undefined) return poison(loc);
      return nodes.builtin(
        "alloca",
        [assignable(p, first, UNSIGNED_LONG, { kind: "passing" }, { loc, end: endOf(name) })],
        VOID_POINTER,
        loc,
      );
    case "frame_address":
    case "return_address":
      if (!hasArguments(p, name, args, 1) || first === undefined) return poison(loc);
      if (first.kind !== "integer" || first.value !== 0n) {
        if (first.kind !== "integer") {
          p.diagnostics.error(loc, `'${name.text}' takes a constant`, { end: endOf(name) });
          return poison(loc);
        }
        // As gcc answers it on this machine.
        p.diagnostics.warning(
          "frame-address",
          loc,
          "of outer frames nothing is known; this is null",
          {
            end: endOf(name),
          },
        );
        return nodes.convert(nodes.integer(0n, INT, loc), VOID_POINTER);
      }
      return nodes.builtin(
        short === "frame_address" ? "frame-address" : "return-address",
        [],
        VOID_POINTER,
        loc,
      );
    case "classify_type":
      if (!hasArguments(p, name, args, 1) || first === undefined) return poison(loc);
      return nodes.integer(classOf(first.type), INT, loc);
    case "setjmp":
      if (!hasArguments(p, name, args, 1) || first === undefined) return poison(loc);
      return nodes.builtin(short, [pointerArgument(p, first, name)], INT, loc);
    case "longjmp":
      if (!hasArguments(p, name, args, 2) || first === undefined) return poison(loc);
      if (args[1]?.kind !== "integer" || args[1].value !== 1n)
        p.diagnostics.error(loc, "the second argument of '__builtin_longjmp' must be 1");
      return nodes.builtin(short, [pointerArgument(p, first, name)], VOID, loc);
    case "thread_pointer":
      return hasArguments(p, name, args, 0)
        ? nodes.builtin("thread-pointer", [], VOID_POINTER, loc)
        : poison(loc);
    case "extract_return_addr":
      return first;
    case "assume_aligned":
      return first === undefined ? poison(loc) : nodes.convert(first, VOID_POINTER);
    case "prefetch":
      return first === undefined ? poison(loc) : nodes.convert(first, VOID);
    default:
      return undefined;
  }
}
