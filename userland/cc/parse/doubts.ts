// Warnings about operators that are right as C and rarely what was meant: comparisons that always have one result, operators
// whose precedence is taken for another, strings compared or added like numbers. What a macro wrote is not doubted: there the
// same text serves many.

import { integerOf, isInteger, largest, smallest } from "../types/conversions.ts";
import { quoted } from "../types/name.ts";
import type { Token } from "../preprocess/token.ts";
import type { Comparison, Expression, Variable } from "../tree/ast.ts";
import { isNullConstant } from "../tree/nodes.ts";
import { warnOfElementCount } from "./sizes.ts";
import type { WarningName } from "../source/warnings.ts";
import { moveTo } from "./state.ts";
import type { Parser } from "./state.ts";
import type { Span } from "../source/sources.ts";

/** A binary operation's tokens: from `start` up to its operator at `operator`, and from behind that to `end`. */
export interface Sides {
  readonly start: number;
  readonly operator: number;
  readonly end: number;
}

const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "<", ">", "<=", ">="]);

export function warnOfDoubts(
  p: Parser,
  token: Token,
  left: Expression,
  right: Expression,
  sides: Sides,
  span: Span,
): void {
  if (token.from !== undefined || p.unevaluated > 0 || p.unreached > 0) return;
  switch (token.text) {
    case "&&":
    case "||":
      warnOfConstantOperand(p, token, left, right, sides);
      return;
    case "&":
    case "|":
    case "^":
      warnOfComparedBits(p, token, sides);
      warnOfMixedBits(p, token, sides);
      if (token.text !== "^") warnOfNot(p, token, right, sides);
      return;
    case "/":
      warnOfElementCount(p, token.loc, sides);
      return;
    case "<<":
    case ">>":
      warnOfShiftedSum(p, token, sides);
      return;
    case "+":
      warnOfStringPlus(p, token, left, right, span);
      return;
    default:
  }
  const operator = comparisonOf(token.text);
  if (operator === undefined) return;
  warnOfNot(p, token, right, sides);
  warnOfChain(p, token, left, sides);
  warnOfNullAddress(p, token, operator, left, right, span);
  warnOfSame(p, token, operator, left, right, span);
  warnOfRange(p, token, operator, left, right, span);
}

function comparisonOf(text: string): Comparison | undefined {
  switch (text) {
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return text;
    default:
      return undefined;
  }
}

function warn(
  p: Parser,
  option: WarningName,
  token: Token,
  message: string,
  ...notes: string[]
): void {
  p.diagnostics.warning(option, token.loc, message, {
    end: token.loc + token.text.length,
    notes: notes.map((note) => ({ loc: token.loc, message: note })),
  });
}

/** The first of these operators that stands in no brackets; none when all is in parentheses. */
function loose(p: Parser, from: number, to: number, operators: ReadonlySet<string>) {
  let level = 0;
  for (let at = from; at < to; at++) {
    const token = p.tokens[at];
    if (token === undefined || token.kind !== "punctuator") continue;
    if (token.text === "(" || token.text === "[" || token.text === "{") level++;
    else if (token.text === ")" || token.text === "]" || token.text === "}") level--;
    else if (level === 0 && token.from === undefined && operators.has(token.text)) {
      const before = p.tokens[at - 1];
      // A sign is no sum.
      const isBinary =
        at > from &&
        before !== undefined &&
        (before.kind !== "punctuator" || (/^[)\]}]$/.test(before.text) && !isCast(p, at - 1)));
      if (isBinary) return token;
    }
  }
  return undefined;
}

/** Whether the parenthesis at `close` ends a cast: a sign behind it is no operator. */
function isCast(p: Parser, close: number): boolean {
  if (p.tokens[close]?.text !== ")") return false;
  let open = close;
  for (let level = 0; open > 0; open--) {
    const text = p.tokens[open]?.text;
    if (text === ")") level++;
    else if (text === "(" && --level === 0) break;
  }
  const before = p.tokens[open - 1];
  if (before !== undefined && /^(?:sizeof|_Alignof|__alignof__)$/.test(before.text)) return false;
  const { at } = p;
  moveTo(p, open + 1);
  const isType = p.rules.startsType(p);
  moveTo(p, at);
  return isType;
}

function warnOfComparedBits(p: Parser, token: Token, { start, operator, end }: Sides): void {
  const found =
    loose(p, operator + 1, end, COMPARISONS) ??
    (operator - start < 64 ? loose(p, start, operator, COMPARISONS) : undefined);
  if (found === undefined) return;
  warn(
    p,
    "parentheses",
    token,
    `'${token.text}' has lower precedence than '${found.text}'; '${found.text}' will be evaluated first`,
    `place parentheses around the '${found.text}' expression to silence this warning`,
  );
}

/** Such an operator in either side, the right one first. A long left side is not looked through again and again. */
function looseIn(
  p: Parser,
  { start, operator, end }: Sides,
  operators: ReadonlySet<string>,
): Token | undefined {
  const found = loose(p, operator + 1, end, operators);
  if (found !== undefined || operator - start > 64) return found;
  return loose(p, start, operator, operators);
}

/** `a < b < c`, `a == b == c` */
function warnOfChain(p: Parser, token: Token, left: Expression, { start, operator }: Sides): void {
  if (left.kind !== "compare" || operator - start > 64) return;
  if (loose(p, start, operator, COMPARISONS) === undefined) return;
  const isOrder = token.text.startsWith("<") || token.text.startsWith(">");
  warn(
    p,
    "parentheses",
    token,
    isOrder
      ? "a chain of comparisons is not what it is in mathematics: this compares 0 or 1 with the right side"
      : `the left side of this '${token.text}' is a comparison, which is 0 or 1`,
    "write both comparisons and '&&' between them, or parentheses around the first one",
  );
}

const LOOSER: Readonly<Record<string, ReadonlySet<string>>> = {
  "&": new Set(["+", "-"]),
  "^": new Set(["&", "+", "-"]),
  "|": new Set(["&", "^", "+", "-"]),
};

/** `a | b & c`, `a & b + c` */
function warnOfMixedBits(p: Parser, token: Token, sides: Sides): void {
  const others = LOOSER[token.text];
  if (others === undefined) return;
  const found = looseIn(p, sides, others);
  if (found === undefined) return;
  warn(
    p,
    "parentheses",
    token,
    `'${token.text}' has lower precedence than '${found.text}'; '${found.text}' will be evaluated first`,
    `place parentheses around the '${found.text}' expression to silence this warning`,
  );
}

const SUMS: ReadonlySet<string> = new Set(["+", "-"]);

function warnOfShiftedSum(p: Parser, token: Token, sides: Sides): void {
  const found = looseIn(p, sides, SUMS);
  if (found === undefined) return;
  warn(
    p,
    "shift-op-parentheses",
    token,
    `operator '${token.text}' has lower precedence than '${found.text}'; '${found.text}' will be evaluated first`,
    `place parentheses around the '${found.text}' expression to silence this warning`,
  );
}

/** `flags && 4` */
function warnOfConstantOperand(
  p: Parser,
  token: Token,
  left: Expression,
  right: Expression,
  { operator, end }: Sides,
): void {
  const literal = p.tokens[operator + 1];
  if (right.kind !== "integer" || right.value === 0n || right.value === 1n) return;
  if (end !== operator + 2 || literal?.kind !== "number" || literal.from !== undefined) return;
  if (left.kind === "integer" || isTruth(left)) return;
  warn(
    p,
    "constant-logical-operand",
    token,
    `use of logical '${token.text}' with constant operand`,
    `use '${token.text.slice(1)}' for a bitwise operation`,
  );
}

/** `!a == b` */
function warnOfNot(p: Parser, token: Token, right: Expression, { start, operator }: Sides): void {
  const first = p.tokens[start];
  if (first?.text !== "!" || first.from !== undefined || isTruth(right)) return;
  if (loose(p, start + 1, operator, COMPARISONS) !== undefined) return;
  const isBits = token.text === "&" || token.text === "|";
  p.diagnostics.warning(
    "logical-not-parentheses",
    first.loc,
    `logical not is only applied to the left hand side of this ${isBits ? "bitwise operator" : "comparison"}`,
    {
      end: first.loc + 1,
      notes: [
        {
          loc: token.loc,
          message: `add parentheses behind the '!' to evaluate the ${isBits ? "bitwise operator" : "comparison"} first`,
        },
      ],
    },
  );
}

/** `f == 0`: what has an address has one that is not null. */
function warnOfNullAddress(
  p: Parser,
  token: Token,
  operator: Comparison,
  left: Expression,
  right: Expression,
  span: Span,
): void {
  const address = left.kind === "address" ? left : right;
  if (address.kind !== "address" || !isNullConstant(address === left ? right : left)) return;
  if (operator !== "==" && operator !== "!=") return;
  const what = addressed(address.of);
  if (what === undefined) return;
  p.diagnostics.warning(
    "tautological-pointer-compare",
    token.loc,
    `comparison of the address of ${what} with a null pointer is always ${operator === "!="}`,
    { end: span.end },
  );
}

/** "abc" + n */
function warnOfStringPlus(
  p: Parser,
  token: Token,
  left: Expression,
  right: Expression,
  span: Span,
): void {
  const [text, number] = stringOf(left) === undefined ? [right, left] : [left, right];
  const bytes = stringOf(text);
  if (bytes === undefined || !isInteger(number.type)) return;
  if (number.kind === "integer" && number.value >= 0n && number.value < BigInt(bytes.length))
    return;
  p.diagnostics.warning(
    "string-plus-int",
    token.loc,
    `adding ${quoted(number.type)} to a string does not append to the string`,
    { end: span.end },
  );
}

function stringOf(e: Expression): Uint8Array | undefined {
  return e.kind === "address" && e.of.kind === "string" ? e.of.bytes : undefined;
}

/** The variable that an expression reads, or whose address an array has become. */
function variableOf(e: Expression, kind: "load" | "address"): Variable | undefined {
  if (e.kind !== kind) return undefined;
  const place = e.kind === "load" ? e.place : e.kind === "address" ? e.of : e;
  return place.kind === "variable" ? place.variable : undefined;
}

function warnOfSame(
  p: Parser,
  token: Token,
  operator: Comparison,
  left: Expression,
  right: Expression,
  span: Span,
): void {
  const where = { end: span.end };
  if (stringOf(left) !== undefined || stringOf(right) !== undefined) {
    const other = stringOf(left) === undefined ? left : right;
    if (other.type.kind !== "pointer" || other.kind === "integer") return;
    p.diagnostics.warning(
      "string-compare",
      token.loc,
      "result of comparison against a string literal is unspecified: addresses are compared, strcmp compares texts",
      where,
    );
    return;
  }
  const a = variableOf(left, "address");
  const b = variableOf(right, "address");
  if (a?.type.kind === "array" && b?.type.kind === "array" && a !== b) {
    p.diagnostics.warning(
      "array-compare",
      token.loc,
      "comparison of two arrays compares their addresses, not their elements",
      where,
    );
    return;
  }
  const read = variableOf(left, "load");
  if (read === undefined || read !== variableOf(right, "load") || read.type.qualifiers & 2) return;
  const result = operator === "==" || operator === "<=" || operator === ">=";
  p.diagnostics.warning(
    "tautological-compare",
    token.loc,
    `self-comparison always evaluates to ${result}`,
    where,
  );
}

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
};

/** Comparisons with a constant that the other side's type decides. */
function warnOfRange(
  p: Parser,
  token: Token,
  operator: Comparison,
  left: Expression,
  right: Expression,
  span: Span,
): void {
  if ((left.kind === "integer") === (right.kind === "integer")) return;
  const [side, constant, as] =
    right.kind === "integer" ? [left, right, operator] : [right, left, MIRRORED[operator]];
  if (constant.kind !== "integer" || constant.type.kind === "pointer") return;
  const type = side.type.kind === "integer" ? integerOf(side.type) : undefined;
  if (type === undefined) return;
  const isBoolean = isTruth(side) || type.name === "bool";
  const low = isBoolean ? 0n : smallest(type);
  const high = isBoolean ? 1n : largest(type);
  const { value } = constant;
  const result = decided(as, low, high, value);
  if (result === undefined) return;
  // What the conversion to the wider of two types makes of a negative number is another matter.
  const isMixed = value < 0n !== low < 0n && value < 0n && type.size >= 4;
  if (isMixed) return;
  const atZero = !type.signed && !isBoolean && value === 0n;
  if (!atZero && value >= low && value <= high && !isBoolean) return;
  if (isBoolean && value >= 0n && value <= 1n) return;
  p.diagnostics.warning(
    atZero ? "tautological-unsigned-zero-compare" : "tautological-compare",
    token.loc,
    `result of comparison of constant ${value} with ${
      isBoolean ? "boolean expression" : `expression of type ${quoted(side.type)}`
    } is always ${result}`,
    { end: span.end },
  );
}

function decided(
  operator: Comparison,
  low: bigint,
  high: bigint,
  value: bigint,
): boolean | undefined {
  const isInside = value >= low && value <= high;
  switch (operator) {
    case "==":
      return isInside ? undefined : false;
    case "!=":
      return isInside ? undefined : true;
    case "<":
      return high < value ? true : low >= value ? false : undefined;
    case "<=":
      return high <= value ? true : low > value ? false : undefined;
    case ">":
      return low > value ? true : high <= value ? false : undefined;
    case ">=":
      return low >= value ? true : high < value ? false : undefined;
  }
}

/** 0 or 1 by its making. */
export function isTruth(e: Expression): boolean {
  return e.kind === "compare" || e.kind === "logical" || (e.kind === "unary" && e.operator === "!");
}

/** Mixtures whose precedence is easily taken for another. */
export function warnOfMixture(
  p: Parser,
  token: Token,
  left: Expression,
  right: Expression,
  start: number,
): void {
  if (token.text === "||") {
    for (const side of [left, right]) {
      if (side.kind !== "logical" || side.operator !== "&&" || side === p.parenthesised) continue;
      if (side === left && p.tokens[start]?.text === "(") continue;
      p.diagnostics.warning("logical-op-parentheses", side.loc, "'&&' within '||'", {
        end: side.loc + 2,
        notes: [
          {
            loc: side.loc,
            message: "place parentheses around the '&&' expression to silence this warning",
          },
        ],
      });
    }
  }
}

/** `if (f)` where f is a function or an array: it has an address, always. */
export function warnOfCertainAddress(p: Parser, e: Expression, span: Span): void {
  if (e.kind !== "address" || p.tokens[p.at - 1]?.from !== undefined) return;
  const what = addressed(e.of);
  if (what === undefined) return;
  p.diagnostics.warning(
    "pointer-bool-conversion",
    span.loc,
    `address of ${what} will always evaluate to 'true'`,
    { end: span.end },
  );
}

/** What surely has an address, by its name. */
function addressed(of: Expression): string | undefined {
  if (of.kind === "function")
    return of.function.attributes.weak === true ? undefined : `function '${of.function.name}'`;
  if (of.kind !== "variable" || of.variable.attributes.weak === true) return undefined;
  return `${of.type.kind === "array" ? "array" : "variable"} '${of.variable.name}'`;
}

/** `if (a << b)`: as a truth it says little. */
export function warnOfShiftedTruth(p: Parser, e: Expression): void {
  if (e.kind !== "binary" || e.operator !== "<<" || p.diagnostics.expansions.has(e.loc)) return;
  p.diagnostics.warning(
    "int-in-bool-context",
    e.loc,
    "the result of '<<' is used as a truth; did you mean '<'?",
    { end: e.loc + 2 },
  );
}
