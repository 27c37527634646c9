// Expressions of assembly text: constants are computed here, symbols stay for the assembler. (GNU as manual, "Expressions";
// its precedence is not C's: * / % << >> bind most, then | & ^, then + -.)

import type { Modifier, Value } from "./item.ts";
import type { Scanner } from "./scanner.ts";

/** Values of symbols that `.set` has made constants so far. */
export type Constants = ReadonlyMap<string, bigint>;

const MOST_NESTING = 200;

export function constantValue(addend: bigint): Value {
  return { symbol: undefined, minus: undefined, addend, modifier: undefined };
}

const operators = new Map([
  ["*", 3],
  ["/", 3],
  ["%", 3],
  ["<<", 3],
  [">>", 3],
  ["|", 2],
  ["&", 2],
  ["^", 2],
  ["+", 1],
  ["-", 1],
]);

/** Reads an expression without %hi(…) and the like. */
export function parseExpression(scanner: Scanner, constants: Constants, depth = 0): Value {
  if (depth > MOST_NESTING) scanner.refuse("expression is nested too deeply");
  return parseInfix(scanner, constants, 1, depth);
}

/** Reads an expression that must be a constant. */
export function parseConstant(scanner: Scanner, constants: Constants, what: string): bigint {
  scanner.skipBlanks();
  const from = scanner.at;
  const value = parseExpression(scanner, constants);
  if (value.symbol !== undefined || value.minus !== undefined) {
    scanner.refuse(`${what} must be a constant`, from);
  }
  return value.addend;
}

function parseInfix(scanner: Scanner, constants: Constants, lowest: number, depth: number): Value {
  let left = parseUnary(scanner, constants, depth);
  for (;;) {
    scanner.skipBlanks();
    const two = scanner.text.slice(scanner.at, scanner.at + 2);
    const operator = two === "<<" || two === ">>" ? two : (two[0] ?? "");
    const binding = operators.get(operator);
    if (binding === undefined || binding < lowest) return left;
    const at = scanner.at;
    scanner.at += operator.length;
    const right = parseInfix(scanner, constants, binding + 1, depth);
    left = combine(scanner, at, operator, left, right);
  }
}

function parseUnary(scanner: Scanner, constants: Constants, depth: number): Value {
  if (depth > MOST_NESTING) scanner.refuse("expression is nested too deeply");
  scanner.skipBlanks();
  const at = scanner.at;
  const character = scanner.text[at];
  switch (character) {
    case "-":
      scanner.at++;
      return combine(
        scanner,
        at,
        "-",
        constantValue(0n),
        parseUnary(scanner, constants, depth + 1),
      );
    case "+":
      scanner.at++;
      return parseUnary(scanner, constants, depth + 1);
    case "~":
    case "!": {
      scanner.at++;
      const value = parseUnary(scanner, constants, depth + 1);
      if (value.symbol !== undefined || value.minus !== undefined) {
        scanner.refuse(`'${character}' needs a constant`, at);
      }
      return constantValue(character === "~" ? ~value.addend : value.addend === 0n ? 1n : 0n);
    }
    case "(": {
      scanner.at++;
      const value = parseExpression(scanner, constants, depth + 1);
      scanner.expect(")");
      return value;
    }
    case "'":
      return constantValue(scanner.character());
    default:
      return parseLeaf(scanner, constants);
  }
}

function parseLeaf(scanner: Scanner, constants: Constants): Value {
  if (scanner.atDigit()) {
    const number = scanner.number();
    return typeof number === "bigint"
      ? constantValue(BigInt.asIntN(64, number))
      : symbolValue(number);
  }
  const name = scanner.symbol("an expression");
  const constant = constants.get(name);
  return constant === undefined ? symbolValue(name) : constantValue(constant);
}

function symbolValue(symbol: string): Value {
  return { symbol, minus: undefined, addend: 0n, modifier: undefined };
}

function combine(scanner: Scanner, at: number, operator: string, a: Value, b: Value): Value {
  if (operator === "+" || operator === "-") {
    const negate = operator === "-";
    let plus = [a.symbol, negate ? b.minus : b.symbol].filter((one) => one !== undefined);
    const minus = [a.minus, negate ? b.symbol : b.minus].filter((one) => one !== undefined);
    // What is added and subtracted cancels out; a local label means different places, but not within one expression.
    plus = plus.filter((one) => {
      const other = minus.indexOf(one);
      if (other >= 0) minus.splice(other, 1);
      return other < 0;
    });
    if (plus.length > 1 || minus.length > 1) {
      scanner.refuse("expression has more symbols than one address or difference", at);
    }
    const addend = BigInt.asIntN(64, negate ? a.addend - b.addend : a.addend + b.addend);
    return { symbol: plus[0], minus: minus[0], addend, modifier: undefined };
  }
  if (
    a.symbol !== undefined ||
    a.minus !== undefined ||
    b.symbol !== undefined ||
    b.minus !== undefined
  ) {
    scanner.refuse(`'${operator}' needs constants on both sides`, at);
  }
  return constantValue(BigInt.asIntN(64, compute(scanner, at, operator, a.addend, b.addend)));
}

function compute(scanner: Scanner, at: number, operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case "*":
      return a * b;
    case "/":
    case "%":
      if (b === 0n) scanner.refuse("division by zero", at);
      return operator === "/" ? a / b : a % b;
    case "<<":
    case ">>": {
      if (b < 0n || b > 63n) scanner.refuse("shift count must be 0 to 63", at);
      // A right shift is a logical one, as in GNU as.
      return operator === "<<" ? a << b : BigInt.asUintN(64, a) >> b;
    }
    case "|":
      return a | b;
    case "&":
      return a & b;
    default:
      return a ^ b;
  }
}

const modifiers = new Map<string, Modifier>([
  ["hi", "hi"],
  ["lo", "lo"],
  ["pcrel_hi", "pcrel_hi"],
  ["pcrel_lo", "pcrel_lo"],
  ["tprel_hi", "tprel_hi"],
  ["tprel_lo", "tprel_lo"],
  ["tprel_add", "tprel_add"],
  ["tls_ie_pcrel_hi", "tls_ie_pcrel_hi"],
  ["got_pcrel_hi", "got_pcrel_hi"],
]);

/**
 * Reads an expression or %modifier(expression).
 */
export function parseValue(scanner: Scanner, constants: Constants): Value {
  scanner.skipBlanks();
  if (scanner.text[scanner.at] !== "%") return parseExpression(scanner, constants);
  const from = scanner.at++;
  const name = scanner.name();
  const modifier = modifiers.get(name);
  if (modifier === undefined) return scanner.refuse(`%${name} is not supported`, from);
  scanner.expect("(");
  const value = parseExpression(scanner, constants);
  scanner.expect(")");
  if (value.minus !== undefined) scanner.refuse(`%${name} needs one symbol`, from);
  if (value.symbol === undefined) {
    if (modifier === "hi") return constantValue(((value.addend + 0x800n) >> 12n) & 0xfffffn);
    if (modifier === "lo") return constantValue(BigInt.asIntN(12, value.addend));
    scanner.refuse(`%${name} needs a symbol`, from);
  }
  return { ...value, modifier };
}
