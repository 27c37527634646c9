// Expressions (C11 6.5) from unary to comma: syntax by precedence. What operators mean is in operators.ts, what stands
// innermost in primary.ts and postfix.ts.

import { integerOf, isInteger, isScalar } from "../types/conversions.ts";
import { alignOf, isComplete, sizeOf } from "../types/layout.ts";
import { INT, pointerTo, UNSIGNED_LONG, VOID_POINTER } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import { VOLATILE } from "../types/type.ts";
import type { Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc } from "../source/sources.ts";
import type { Expression, Variable } from "../tree/ast.ts";
import { castTo } from "./cast.ts";
import { warnOfDoubts, isTruth, warnOfMixture } from "./doubts.ts";
import { isForeignOperator, isWordOperator } from "./foreign-operator.ts";
import { labelNamed } from "./label.ts";
import { isModifiable } from "./modifiable.ts";
import * as nodes from "../tree/nodes.ts";
import { isPoisoned, poison } from "../tree/nodes.ts";
import {
  assignment as assignmentTo,
  compoundAssignment,
  increment,
} from "./assignment-operators.ts";
import { conditional } from "./conditional-operator.ts";
import { binaryOperation } from "./operators.ts";
import { postfixOf } from "./postfix.ts";
import { compoundLiteral, primary } from "./primary.ts";
import {
  advance,
  enter,
  expect,
  expectClosing,
  expectName,
  is,
  keywordOf,
  leave,
  link,
  peek,
  syntaxError,
} from "./state.ts";
import type { Parser } from "./state.ts";
import { warnOfSequence } from "../warn/sequence.ts";
import { noteSizeof } from "./sizes.ts";
import { warnOfUnusedOperand } from "../warn/unused-value.ts";
import { spanFrom, valueOf } from "./value.ts";
import { promote } from "../tree/promotion.ts";

/** expression: with the comma operator; as it stands, perhaps an lvalue. */
export function expression(p: Parser): Expression {
  let start = p.at;
  let left = assignment(p);
  if (p.token.text !== ",") return left;
  const chain = p.chain;
  while (p.token.text === ",") {
    link(p);
    const span = spanFrom(p, start);
    const { loc, from } = advance(p);
    const first = valueOf(p, left);
    if (from === undefined && p.unevaluated === 0) warnOfUnusedOperand(p, first, span);
    start = p.at;
    left = nodes.comma(first, valueOf(p, assignment(p)), loc);
  }
  p.chain = chain;
  return left;
}

/** The value of an expression. */
export function expressionValue(p: Parser): Expression {
  const { changes } = p;
  const e = valueOf(p, expression(p));
  if (p.changes > changes) checkSequence(p, e, p.changes - changes);
  return e;
}

/** One change alone, and at the top, meets no other. */
function checkSequence(p: Parser, e: Expression, changes: number): void {
  if (
    changes === 1 &&
    (e.kind === "increment" || e.kind === "assign" || e.kind === "compound-assign")
  )
    return;
  if (p.unevaluated === 0) warnOfSequence(p, e);
}

export function assignmentValue(p: Parser): Expression {
  return valueOf(p, assignment(p));
}

const ASSIGNMENTS: ReadonlySet<string> = new Set([
  "=",
  "+=",
  "-=",
  "*=",
  "/=",
  "%=",
  "&=",
  "|=",
  "^=",
  "<<=",
  ">>=",
]);

export function assignment(p: Parser): Expression {
  const chain = p.chain;
  const start = p.at;
  const left = conditionalExpression(p);
  const token = p.token;
  if (token.kind !== "punctuator" || !ASSIGNMENTS.has(token.text)) {
    p.chain = chain;
    return left;
  }
  const placeSpan = spanFrom(p, start);
  advance(p);
  const isForeign = token.text === "=" && isForeignOperator(p, token);
  link(p);
  const valueStart = p.at;
  const right = valueOf(p, assignment(p));
  p.chain = chain;
  const valueSpan = spanFrom(p, valueStart);
  if (isForeign) return poison(token.loc);
  if (!isModifiable(p, left, placeSpan, token.text)) return poison(token.loc);
  return token.text === "="
    ? assignmentTo(p, left, right, token.loc, valueSpan)
    : compoundAssignment(p, token, left, right, valueSpan);
}

export function conditionalExpression(p: Parser): Expression {
  const start = p.at;
  const condition = binaryExpression(p, 1);
  if (p.token.text !== "?") return condition;
  const question = advance(p);
  link(p);
  const test = valueOf(p, condition);
  let then: Expression | undefined;
  if (is(p, ":") && question.from === undefined)
    p.diagnostics.warning(
      "gnu-conditional-omitted-operand",
      question.loc,
      "'?:' without its middle is an extension of GNU C",
    );
  if (!is(p, ":")) {
    enter(p);
    const isRuledOut = test.kind === "integer" && test.value === 0n;
    if (isRuledOut) p.unreached++;
    then = valueOf(p, expression(p));
    if (isRuledOut) p.unreached--;
    leave(p);
  }
  expect(p, ":");
  const isRuledOut = test.kind === "integer" && test.value !== 0n;
  if (isRuledOut) p.unreached++;
  const otherwise = valueOf(p, conditionalExpression(p));
  if (isRuledOut) p.unreached--;
  return conditional(p, test, then, otherwise, question.loc, spanFrom(p, start));
}

const PRECEDENCES: ReadonlyMap<string, number> = new Map([
  ["||", 1],
  ["&&", 2],
  ["|", 3],
  ["^", 4],
  ["&", 5],
  ["==", 6],
  ["!=", 6],
  ["<", 7],
  [">", 7],
  ["<=", 7],
  [">=", 7],
  ["<<", 8],
  [">>", 8],
  ["+", 9],
  ["-", 9],
  ["*", 10],
  ["/", 10],
  ["%", 10],
]);

function binaryExpression(p: Parser, least: number): Expression {
  const start = p.at;
  let left = castExpression(p);
  for (;;) {
    const token = p.token;
    if (token.kind !== "punctuator") {
      if (token.kind !== "identifier" || !isWordOperator(p)) return left;
      binaryExpression(p, 3);
      left = poison(token.loc);
      continue;
    }
    const precedence = PRECEDENCES.get(token.text);
    if (precedence === undefined || precedence < least) return left;
    link(p);
    const operator = p.at;
    advance(p);
    if (isForeignOperator(p, token)) {
      binaryExpression(p, precedence + 1);
      left = poison(token.loc);
      continue;
    }
    const leftValue = valueOf(p, left);
    const isRuledOut =
      leftValue.kind === "integer" &&
      ((token.text === "&&" && leftValue.value === 0n) ||
        (token.text === "||" && leftValue.value !== 0n));
    if (isRuledOut) p.unreached++;
    const right = valueOf(p, binaryExpression(p, precedence + 1));
    if (isRuledOut) p.unreached--;
    warnOfMixture(p, token, leftValue, right, start);
    const sides = { start, operator, end: p.at };
    warnOfDoubts(p, token, leftValue, right, sides, spanFrom(p, start));
    left = binaryOperation(p, token, leftValue, right, spanFrom(p, start));
  }
}

export function castExpression(p: Parser): Expression {
  if (p.token.text !== "(" || !startsTypeBehind(p)) return unary(p);
  const open = advance(p);
  enter(p);
  const type = p.rules.typeName(p);
  expectClosing(p, ")", open);
  if (is(p, "{")) {
    const literal = postfixOf(p, compoundLiteral(p, type, open), p.at);
    leave(p);
    return literal;
  }
  const start = p.at;
  const value = valueOf(p, castExpression(p));
  leave(p);
  return castTo(p, value, type, open.loc, spanFrom(p, start).end);
}

/** Whether a type stands behind the parenthesis that is the current token. */
function startsTypeBehind(p: Parser): boolean {
  const next = peek(p);
  if (next.kind !== "identifier") return false;
  p.at++;
  p.token = next;
  const is = p.rules.startsType(p);
  p.at--;
  // The token before `next` is the parenthesis that was current.
  p.token = p.tokens[p.at] ?? next;
  return is;
}

function unary(p: Parser): Expression {
  const token = p.token;
  if (token.kind === "punctuator") {
    switch (token.text) {
      case "++":
      case "--": {
        advance(p);
        enter(p);
        const start = p.at;
        // Not only a unary-expression: `++(int){1}` has a compound literal.
        const place = castExpression(p);
        leave(p);
        return increment(
          p,
          place,
          token.text === "++" ? 1 : -1,
          false,
          token.loc,
          spanFrom(p, start),
        );
      }
      case "&":
        advance(p);
        return addressOf(p, token);
      case "&&": {
        advance(p);
        const name = expectName(p, "a label's name");
        if (p.function === undefined) {
          return syntaxError(p, token.loc, "address of a label outside a function");
        }
        if (token.from === undefined)
          p.diagnostics.warning(
            "gnu-label-as-value",
            token.loc,
            "the address of a label is an extension of GNU C",
          );
        const { label } = labelNamed(p, p.function, name);
        label.addressTaken = true;
        return { kind: "label-address", label, type: VOID_POINTER, loc: token.loc };
      }
      case "*":
      case "+":
      case "-":
      case "~":
      case "!": {
        advance(p);
        enter(p);
        const start = p.at;
        const operand = castExpression(p);
        leave(p);
        return prefix(p, token, valueOf(p, operand), start);
      }
      default:
        break;
    }
  } else if (token.kind === "identifier") {
    switch (keywordOf(token)) {
      case "sizeof":
        return sizeofExpression(p);
      case "_Alignof":
        return alignofExpression(p);
      case "__extension__": {
        advance(p);
        enter(p);
        const e = castExpression(p);
        leave(p);
        return e;
      }
      default:
        break;
    }
  }
  const start = p.at;
  return postfixOf(p, primary(p), start);
}

function prefix(p: Parser, token: Token, value: Expression, start: number): Expression {
  const loc = token.loc;
  if (isPoisoned(value)) return poison(loc);
  const invalid = (message: string) => {
    p.diagnostics.error(loc, message, { end: spanFrom(p, start).end });
    return poison(loc);
  };
  if (token.text === "*") {
    if (value.type.kind !== "pointer") {
      return invalid(`indirection requires a pointer operand (${quoted(value.type)} is none)`);
    }
    if (
      value.kind === "integer" &&
      value.value === 0n &&
      p.unevaluated === 0 &&
      p.unreached === 0
    ) {
      if ((value.type.to.qualifiers & VOLATILE) === 0)
        p.diagnostics.warning("null-dereference", loc, "indirection of a null pointer", {
          end: spanFrom(p, start).end,
        });
    }
    return nodes.dereference(value, value.type.to, loc);
  }
  if (token.text === "!") {
    if (!isScalar(value.type))
      return invalid(`invalid argument type ${quoted(value.type)} to unary '!'`);
    return nodes.not(value, loc);
  }
  if (!isInteger(value.type)) {
    return invalid(`invalid argument type ${quoted(value.type)} to unary '${token.text}'`);
  }
  const operand = promote(value);
  const type = integerOf(operand.type) ?? INT;
  if (token.text === "~" && (isTruth(value) || integerOf(value.type)?.name === "bool")) {
    p.diagnostics.warning(
      "bool-operation",
      loc,
      "'~' of a boolean is always true; did you mean '!'?",
      {
        end: loc + 1,
      },
    );
  }
  if (token.text === "+") return operand === value ? { ...operand, loc } : operand;
  if (token.text === "-" && operand.kind === "integer" && type.signed) {
    if (operand.value === -(1n << BigInt(type.size * 8 - 1))) {
      p.diagnostics.warning(
        "integer-overflow",
        loc,
        `overflow in expression; the result is ${operand.value}`,
      );
    }
  }
  return nodes.negate(token.text === "-" ? "-" : "~", operand, type, loc);
}

/** 6.5.3.2 */
function addressOf(p: Parser, token: Token): Expression {
  enter(p);
  const start = p.at;
  const operand = castExpression(p);
  leave(p);
  const span = spanFrom(p, start);
  const loc = token.loc;
  if (isPoisoned(operand)) return operand;
  const complain = (message: string) => {
    p.diagnostics.error(loc, message, { end: span.end });
    return poison(loc);
  };
  if (operand.type.kind === "function") return { ...valueOf(p, operand), loc };
  const root = nodes.rootOf(operand);
  if (!nodes.isLvalue(operand) || root?.name === "") {
    return complain(`cannot take the address of an rvalue of type ${quoted(operand.type)}`);
  }
  if (operand.kind === "member" && operand.member.bits !== undefined) {
    return complain("address of a bit-field requested");
  }
  if (root !== undefined && (root.register !== undefined || p.registers.has(root))) {
    return complain("address of a register variable requested");
  }
  return nodes.address(operand, pointerTo(operand.type), loc);
}

function sizeofExpression(p: Parser): Expression {
  const at = p.at;
  const token = advance(p);
  const { type, isBits, end, variable } = typeOrOperand(p);
  const loc = token.loc;
  noteSizeof(p, at, type, variable, loc, end);
  const complain = (message: string) => {
    p.diagnostics.error(loc, message, { end });
    return nodes.integer(1n, UNSIGNED_LONG, loc);
  };
  if (isBits) return complain("invalid application of 'sizeof' to a bit-field");
  if (type.kind === "void" || type.kind === "function") {
    p.diagnostics.warning("pointer-arith", loc, `'sizeof' of ${quoted(type)} is 1 in GNU C`, {
      end,
    });
    return nodes.integer(1n, UNSIGNED_LONG, loc);
  }
  if (!isComplete(type)) {
    return complain(`invalid application of 'sizeof' to the incomplete type ${quoted(type)}`);
  }
  return nodes.integer(BigInt(sizeOf(type)), UNSIGNED_LONG, loc);
}

function alignofExpression(p: Parser): Expression {
  const token = advance(p);
  const { type, align } = typeOrOperand(p);
  let of = type;
  while (of.kind === "array") of = of.of;
  if (!isComplete(of) && of.kind !== "void" && of.kind !== "function") {
    p.diagnostics.error(
      token.loc,
      `invalid application of '_Alignof' to the incomplete type ${quoted(of)}`,
    );
  }
  return nodes.integer(BigInt(Math.max(alignOf(type), align)), UNSIGNED_LONG, token.loc);
}

/** Of a function: compressed instructions have two bytes. */
const CODE_ALIGN = 2;

/** The operand of sizeof and the like: a type in parentheses, or an expression that is not evaluated. */
function typeOrOperand(p: Parser): {
  type: Type;
  isBits: boolean;
  align: number;
  end: Loc;
  variable?: Variable | undefined;
} {
  enter(p);
  if (p.token.text === "(" && startsTypeBehind(p)) {
    const open = advance(p);
    const type = p.rules.typeName(p);
    const close = p.token;
    expectClosing(p, ")", open);
    // What looks like a type may be the beginning of a compound literal.
    if (!is(p, "{")) {
      leave(p);
      return { type, isBits: false, align: 0, end: close.loc + 1 };
    }
    p.unevaluated++;
    const e = postfixOf(p, compoundLiteral(p, type, open), p.at);
    p.unevaluated--;
    leave(p);
    return { type: e.type, isBits: false, align: 0, end: open.loc };
  }
  p.unevaluated++;
  const start = p.at;
  const e = unary(p);
  p.unevaluated--;
  leave(p);
  return {
    type: e.type,
    isBits: e.kind === "member" && e.member.bits !== undefined,
    align:
      e.kind === "variable"
        ? e.variable.align
        : e.kind === "function"
          ? Math.max(e.function.attributes.align ?? 0, CODE_ALIGN)
          : 0,
    variable: e.kind === "variable" ? e.variable : undefined,
    end: spanFrom(p, start).end,
  };
}
