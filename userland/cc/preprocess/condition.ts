// The expression of #if and #elif (C11 6.10.1): intmax_t and uintmax_t, that is 64 bits; names that are no macros are 0.

import type { Loc } from "../source/sources.ts";
import { characterValue, integerValue } from "./constant-token.ts";
import { nextExpanded } from "./expand.ts";
import { CONDITION_DEPTH } from "./limits.ts";
import { type PpToken, makeToken } from "./pp-token.ts";
import { type State, nextToken } from "./state.ts";

interface Value {
  readonly value: bigint;
  readonly unsigned: boolean;
}

const ZERO: Value = { value: 0n, unsigned: false };
const ONE: Value = { value: 1n, unsigned: false };

interface Reader {
  readonly state: State;
  token: PpToken;
  /** Not evaluated: the other side of &&, || or ?:, where a division by zero is none. */
  unevaluated: number;
  depth: number;
  /** A message has been given; there is no second one about the same line. */
  failed: boolean;
  /** Where the directive is, and its name. */
  readonly loc: Loc;
  readonly name: string;
}

const PRECEDENCE: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "|": 3,
  "^": 4,
  "&": 5,
  "==": 6,
  "!=": 6,
  "<": 7,
  ">": 7,
  "<=": 7,
  ">=": 7,
  "<<": 8,
  ">>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
};

/** Reads the rest of the line; false also after a message. `loc` and `name` are the directive's. */
export function evaluateCondition(state: State, loc: Loc, name: string): boolean {
  const none = makeToken("end", "", loc, false, false, undefined, 0);
  const reader: Reader = {
    state,
    token: none,
    unevaluated: 0,
    depth: 0,
    failed: false,
    loc,
    name,
  };
  advance(reader);
  if (atEnd(reader)) {
    fail(reader, loc, `${name} has no expression`, name.length);
    return false;
  }
  const value = comma(reader);
  if (!reader.failed && !atEnd(reader)) unexpected(reader, "behind the expression");
  return !reader.failed && value.value !== 0n;
}

function advance(reader: Reader): void {
  reader.token = nextExpanded(reader.state);
}

function atEnd(reader: Reader): boolean {
  return reader.token.kind === "end";
}

function fail(reader: Reader, loc: Loc, message: string, length: number): void {
  if (!reader.failed) reader.state.diagnostics.error(loc, message, { end: loc + length });
  reader.failed = true;
}

function unexpected(reader: Reader, where: string): void {
  const { token, name, loc } = reader;
  if (token.kind === "end") {
    fail(reader, loc, `the expression of ${name} is not complete`, name.length);
  } else {
    fail(reader, token.loc, `unexpected '${token.text}' ${where} of ${name}`, token.text.length);
  }
}

function deeper(reader: Reader): boolean {
  if (++reader.depth <= CONDITION_DEPTH) return true;
  fail(reader, reader.token.loc, `the expression is nested more than ${CONDITION_DEPTH} deep`, 0);
  return false;
}

function isPunctuator(token: PpToken, text: string): boolean {
  return token.kind === "punctuator" && token.text === text;
}

/** A comma is no part of a constant expression, but GNU C takes it here. */
function comma(reader: Reader): Value {
  let value = ternary(reader);
  while (!reader.failed && isPunctuator(reader.token, ",")) {
    advance(reader);
    value = ternary(reader);
  }
  return value;
}

function ternary(reader: Reader): Value {
  if (!deeper(reader)) return ZERO;
  const condition = binary(reader, 1);
  let result = condition;
  if (!reader.failed && isPunctuator(reader.token, "?")) {
    advance(reader);
    const yes = condition.value !== 0n;
    reader.unevaluated += yes ? 0 : 1;
    const left = comma(reader);
    reader.unevaluated -= yes ? 0 : 1;
    if (!isPunctuator(reader.token, ":")) {
      unexpected(reader, "where ':' is expected in the expression");
      return ZERO;
    }
    advance(reader);
    reader.unevaluated += yes ? 1 : 0;
    const right = ternary(reader);
    reader.unevaluated -= yes ? 1 : 0;
    result = convert(yes ? left : right, left.unsigned || right.unsigned);
  }
  reader.depth--;
  return result;
}

function convert(value: Value, unsigned: boolean): Value {
  if (value.unsigned === unsigned) return value;
  return make(value.value, unsigned);
}

function make(value: bigint, unsigned: boolean): Value {
  return { value: unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value), unsigned };
}

function binary(reader: Reader, lowest: number): Value {
  let left = unary(reader);
  for (;;) {
    const operator = reader.token;
    if (reader.failed || operator.kind !== "punctuator") return left;
    const precedence = PRECEDENCE[operator.text] ?? 0;
    if (precedence < lowest) return left;
    advance(reader);
    const decided =
      (operator.text === "&&" && left.value === 0n) ||
      (operator.text === "||" && left.value !== 0n);
    if (decided) reader.unevaluated++;
    const right = binary(reader, precedence + 1);
    if (decided) reader.unevaluated--;
    left = apply(reader, operator, left, right);
  }
}

function truth(value: boolean): Value {
  return value ? ONE : ZERO;
}

function apply(reader: Reader, operator: PpToken, a: Value, b: Value): Value {
  const { text } = operator;
  if (text === "&&") return truth(a.value !== 0n && b.value !== 0n);
  if (text === "||") return truth(a.value !== 0n || b.value !== 0n);
  if (text === "<<" || text === ">>") return shift(text, a, b);
  const unsigned = a.unsigned || b.unsigned;
  const left = convert(a, unsigned).value;
  const right = convert(b, unsigned).value;
  switch (text) {
    case "|":
      return make(left | right, unsigned);
    case "^":
      return make(left ^ right, unsigned);
    case "&":
      return make(left & right, unsigned);
    case "==":
      return truth(left === right);
    case "!=":
      return truth(left !== right);
    case "<":
      return truth(left < right);
    case ">":
      return truth(left > right);
    case "<=":
      return truth(left <= right);
    case ">=":
      return truth(left >= right);
    case "+":
      return make(left + right, unsigned);
    case "-":
      return make(left - right, unsigned);
    case "*":
      return make(left * right, unsigned);
    default:
      break;
  }
  if (right === 0n) {
    if (reader.unevaluated === 0)
      fail(reader, operator.loc, `division by zero in ${reader.name}`, 1);
    return { value: 0n, unsigned };
  }
  return make(text === "/" ? left / right : left % right, unsigned);
}

/** A negative count shifts the other way, as GNU C's preprocessor has it. */
function shift(text: string, a: Value, b: Value): Value {
  const backwards = !b.unsigned && b.value < 0n;
  const count = backwards ? -b.value : b.value;
  const left = (text === "<<") !== backwards;
  if (left) return count > 63n ? make(0n, a.unsigned) : make(a.value << count, a.unsigned);
  return make(a.value >> (count > 63n ? 64n : count), a.unsigned);
}

function unary(reader: Reader): Value {
  const { token } = reader;
  if (token.kind === "punctuator") {
    const { text } = token;
    if (text === "(" || text === "!" || text === "~" || text === "-" || text === "+") {
      if (!deeper(reader)) return ZERO;
      advance(reader);
      const value = text === "(" ? parenthesized(reader, token) : prefixed(reader, text);
      reader.depth--;
      return value;
    }
    unexpected(reader, "in the expression");
    return ZERO;
  }
  switch (token.kind) {
    case "identifier":
      if (token.text === "defined") return defined(reader);
      advance(reader);
      return ZERO;
    case "number":
      return number(reader, token);
    case "character": {
      const value = characterValue(token.text);
      if (value === undefined) {
        fail(reader, token.loc, `${token.text} is no character constant`, token.text.length);
      }
      advance(reader);
      return make(value ?? 0n, false);
    }
    default:
      unexpected(reader, "in the expression");
      return ZERO;
  }
}

function parenthesized(reader: Reader, open: PpToken): Value {
  const value = comma(reader);
  if (reader.failed) return ZERO;
  if (!isPunctuator(reader.token, ")")) {
    if (reader.token.kind === "end") fail(reader, open.loc, "this '(' is never closed", 1);
    else unexpected(reader, "where ')' is expected in the expression");
    return ZERO;
  }
  advance(reader);
  return value;
}

function prefixed(reader: Reader, operator: string): Value {
  const { value, unsigned } = unary(reader);
  switch (operator) {
    case "!":
      return truth(value === 0n);
    case "~":
      return make(~value, unsigned);
    case "-":
      return make(-value, unsigned);
    default:
      return { value, unsigned };
  }
}

/** The operand is not expanded. */
function defined(reader: Reader): Value {
  const { state } = reader;
  let token = nextToken(state);
  const inParentheses = isPunctuator(token, "(");
  if (inParentheses) token = nextToken(state);
  if (token.kind !== "identifier") {
    const { loc, text } = token.kind === "end" ? reader.token : token;
    fail(reader, loc, "'defined' takes a macro's name", text.length);
    return ZERO;
  }
  if (inParentheses && !isPunctuator(nextToken(state), ")")) {
    fail(reader, token.loc, `')' is missing behind 'defined(${token.text}'`, token.text.length);
    return ZERO;
  }
  advance(reader);
  return truth(state.macros.has(token.text));
}

function number(reader: Reader, token: PpToken): Value {
  const parsed = integerValue(token.text);
  const { length } = token.text;
  advance(reader);
  if (parsed === "floating") {
    fail(reader, token.loc, `floating-point constant in ${reader.name}`, length);
    return ZERO;
  }
  if (parsed === undefined) {
    fail(reader, token.loc, `'${token.text}' is no integer constant`, length);
    return ZERO;
  }
  if (parsed.value > 0xffff_ffff_ffff_ffffn) {
    fail(reader, token.loc, "integer constant does not fit in 64 bits", length);
    return ZERO;
  }
  return make(parsed.value, parsed.unsigned || parsed.value > 0x7fff_ffff_ffff_ffffn);
}
