// Postfix expressions (C11 6.5.2): subscripts, calls, members, ++ and --.

import { isInteger } from "../types/conversions.ts";
import { alignOf, isComplete } from "../types/layout.ts";
import { findMember, memberNames } from "../types/members.ts";
import { POISON, qualified, qualifiersOf, UNSIGNED_LONG, VOID_POINTER } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import { CONST, VOLATILE } from "../types/type.ts";
import type { FunctionType } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Expression } from "../tree/ast.ts";
import { assignable } from "./assignable.ts";
import { warnOfCall } from "./call-doubts.ts";
import { checkFormat } from "../warn/format-check.ts";
import * as nodes from "../tree/nodes.ts";
import { isPoisoned, poison } from "../tree/nodes.ts";
import { increment } from "./assignment-operators.ts";
import { addToPointer } from "./operators.ts";
import {
  advance,
  endOf,
  enter,
  expectClosing,
  expectName,
  leave,
  link,
  misplaced,
  missesComma,
  take,
} from "./state.ts";
import type { Parser } from "./state.ts";
import { mostSimilar } from "../source/suggest.ts";
import { spanFrom, valueOf } from "./value.ts";
import { promote } from "../tree/promotion.ts";
import type { Span } from "../source/sources.ts";

/** What stands behind a primary expression that began at that token. */
export function postfixOf(p: Parser, first: Expression, start: number): Expression {
  let e = first;
  for (;;) {
    const token = p.token;
    if (token.kind !== "punctuator") return e;
    switch (token.text) {
      case "[": {
        link(p);
        e = subscript(p, e, start);
        break;
      }
      case "(":
        link(p);
        e = callOf(p, e, start);
        break;
      case ".":
      case "->":
        link(p);
        advance(p);
        e = memberOf(p, e, token, start);
        break;
      case "++":
      case "--": {
        link(p);
        const span = spanFrom(p, start);
        advance(p);
        e = increment(p, e, token.text === "++" ? 1 : -1, true, token.loc, span);
        break;
      }
      default:
        return e;
    }
  }
}

function subscript(p: Parser, array: Expression, start: number): Expression {
  const open = advance(p);
  enter(p);
  const chain = p.chain;
  const index = valueOf(p, p.rules.expression(p));
  p.chain = chain;
  leave(p);
  expectClosing(p, "]", open);
  warnOfBounds(p, array, index, start);
  const base = valueOf(p, array);
  if (isPoisoned(base) || isPoisoned(index)) return poison(open.loc);
  const [pointer, offset] = base.type.kind === "pointer" ? [base, index] : [index, base];
  const span = spanFrom(p, start);
  if (pointer.type.kind !== "pointer") {
    p.diagnostics.error(
      open.loc,
      `subscripted value is not an array or pointer (its type is ${quoted(base.type)})`,
      { end: span.end },
    );
    return poison(open.loc);
  }
  if (!isInteger(offset.type)) {
    p.diagnostics.error(open.loc, `array subscript is not an integer but ${quoted(offset.type)}`, {
      end: span.end,
    });
    return poison(open.loc);
  }
  if (offset.type.kind === "integer" && offset.type.name === "char" && offset.kind !== "integer") {
    p.diagnostics.warning(
      "char-subscripts",
      offset.loc,
      "this subscript is a 'char', which may be negative elsewhere",
    );
  }
  const to = pointer.type.to;
  if (to.kind === "void" || to.kind === "function" || !isComplete(to)) {
    p.diagnostics.error(open.loc, `subscript of a pointer to ${quoted(to)}, which has no size`, {
      end: span.end,
    });
    return poison(open.loc);
  }
  const place = addToPointer(p, pointer, offset, false, open.loc);
  return nodes.dereference(place, to, open.loc);
}

/** `start` is the first token of the subscripted expression. */
function warnOfBounds(p: Parser, array: Expression, index: Expression, start: number): void {
  if (index.kind !== "integer" || array.type.kind !== "array") return;
  if (p.unevaluated > 0 || p.unreached > 0 || array.type.length <= 0) return;
  const variable = nodes.rootOf(array);
  if (variable === undefined || variable.name === "") return;
  // A trailing array of a structure may be one of GNU's flexible ones.
  if (array.kind === "member" && isLastMember(array)) return;
  if (array.kind !== "variable" && array.kind !== "member") return;
  const { length } = array.type;
  // The address behind the last element may be taken (6.5.6p8).
  const isAddress = index.value === BigInt(length) && isAddressOf(p, start);
  const message =
    index.value < 0n
      ? `array index ${index.value} is before the beginning of the array`
      : index.value >= BigInt(length) && !isAddress
        ? `array index ${index.value} is past the end of the array (that has type ${quoted(array.type)})`
        : undefined;
  if (message === undefined) return;
  const name = array.kind === "member" ? (array.member.name ?? "") : variable.name;
  p.diagnostics.warning("array-bounds", index.loc, message, {
    notes: [{ loc: variable.loc, message: `array '${name}' declared here` }],
  });
}

function isLastMember(array: Extract<Expression, { kind: "member" }>): boolean {
  const { type } = array.of;
  return type.kind !== "struct" || type.tag.isUnion || type.tag.members?.at(-1) === array.member;
}

/** Whether an `&` that has no left operand stands before the expression. */
function isAddressOf(p: Parser, start: number): boolean {
  let at = start - 1;
  while (p.tokens[at]?.text === "(") at--;
  if (p.tokens[at]?.text !== "&") return false;
  const before = p.tokens[at - 1];
  return (
    before === undefined ||
    (before.kind === "punctuator" && !/^[)\]]$/.test(before.text)) ||
    before.text === "return"
  );
}

function memberOf(p: Parser, e: Expression, operator: Token, start: number): Expression {
  const span = spanFrom(p, start);
  const name = expectName(p, "a member's name");
  let of = e;
  if (operator.text === "->") {
    const pointer = valueOf(p, e);
    if (isPoisoned(pointer)) return pointer;
    if (pointer.type.kind !== "pointer") {
      p.diagnostics.error(
        operator.loc,
        pointer.type.kind === "struct"
          ? `member reference type ${quoted(pointer.type)} is not a pointer; did you mean to use '.'?`
          : `member reference type ${quoted(pointer.type)} is not a pointer`,
        {
          end: span.end,
          ...(pointer.type.kind === "struct"
            ? { fix: { from: operator.loc, to: operator.loc + 2, text: "." } }
            : {}),
        },
      );
      if (pointer.type.kind !== "struct") return poison(operator.loc);
    } else of = nodes.dereference(pointer, pointer.type.to, operator.loc);
  } else if (isPoisoned(e)) return e;
  if (of.type.kind === "pointer" && of.type.to.kind === "struct") {
    p.diagnostics.error(
      operator.loc,
      `member reference type ${quoted(of.type)} is a pointer; did you mean to use '->'?`,
      { fix: { from: operator.loc, to: operator.loc + 1, text: "->" } },
    );
    of = nodes.dereference(valueOf(p, of), of.type.to, operator.loc);
  }
  if (of.type.kind !== "struct") {
    p.diagnostics.error(
      operator.loc,
      `member reference base type ${quoted(of.type)} is not a structure or union`,
      { end: span.end },
    );
    return poison(operator.loc);
  }
  const tag = of.type.tag;
  if (tag.members === undefined) {
    p.diagnostics.error(operator.loc, `incomplete definition of type ${quoted(of.type)}`, {
      notes: [{ loc: tag.loc, message: `forward declaration of ${quoted(of.type)}` }],
    });
    return poison(operator.loc);
  }
  const path = findMember(tag, name.text);
  if (path === undefined) {
    const similar = mostSimilar(name.text, memberNames(tag));
    const found = similar === undefined ? undefined : findMember(tag, similar)?.at(-1);
    p.diagnostics.error(
      name.loc,
      `no member named '${name.text}' in ${quoted(of.type)}${similar === undefined ? "" : `; did you mean '${similar}'?`}`,
      {
        end: endOf(name),
        notes:
          found === undefined ? [] : [{ loc: found.loc, message: `'${similar}' declared here` }],
        ...(similar === undefined || name.from !== undefined
          ? {}
          : { fix: { from: name.loc, to: endOf(name), text: similar } }),
      },
    );
    return poison(name.loc);
  }
  // A structure that is no object (a function's result) lives in a place of its own for the time being (6.2.4p8).
  if (!nodes.isLvalue(of)) of = materialised(of);
  for (const member of path) {
    const qualifiers = qualifiersOf(of.type) & (CONST | VOLATILE);
    of = nodes.member(of, member, qualified(member.type, qualifiers), name.loc);
  }
  return of;
}

/** The nameless place of a value. */
function materialised(value: Expression): Expression {
  const variable = nodes.temporary("", value.type, value, alignOf(value.type), value.loc);
  return { kind: "compound-literal", variable, type: value.type, loc: value.loc };
}

function callOf(p: Parser, callee: Expression, start: number): Expression {
  const calleeSpan = spanFrom(p, start);
  const open = advance(p);
  enter(p);
  const args: Expression[] = [];
  const spans: Span[] = [];
  const starts: number[] = [];
  const chain = p.chain;
  let isWhole = true;
  if (p.token.text !== ")") {
    do {
      const from = p.at;
      p.chain = chain;
      const argument = valueOf(p, p.rules.assignment(p));
      args.push(argument);
      starts.push(from);
      spans.push(spanFrom(p, from));
    } while (take(p, ",") || (isWhole && missesArgument(p) && !(isWhole = false)));
  }
  p.chain = chain;
  leave(p);
  const close = p.token;
  if (p.token.text === ";" && !p.token.startsLine) {
    // Only the parenthesis is missing: the statement ends here all the same.
    misplaced(p, p.token.loc, "expected ')'", {
      notes: [{ loc: open.loc, message: "to match this '('" }],
      fix: { from: p.token.loc, to: p.token.loc, text: ")" },
    });
    return poison(open.loc);
  }
  expectClosing(p, ")", open);
  if (!isWhole) return poison(open.loc);
  const target = callee.kind === "function" ? callee : valueOf(p, callee);
  if (isPoisoned(target)) return target;
  const type = target.type.kind === "pointer" ? target.type.to : target.type;
  if (type.kind !== "function") {
    p.diagnostics.error(
      calleeSpan.loc,
      `called object type ${quoted(callee.type)} is not a function or function pointer`,
      { end: calleeSpan.end },
    );
    return poison(open.loc);
  }
  if (type.returns.kind !== "void" && !isComplete(type.returns)) {
    p.diagnostics.error(
      calleeSpan.loc,
      `calling a function with incomplete return type ${quoted(type.returns)}`,
    );
    return poison(open.loc);
  }
  const [first] = args;
  const [span = calleeSpan] = spans;
  if (isAlloca(target) && first !== undefined && args.length === 1) {
    const size = assignable(p, first, UNSIGNED_LONG, { kind: "passing" }, span);
    return nodes.builtin("alloca", [size], VOID_POINTER, calleeSpan.loc);
  }
  const converted = convertArguments(p, type, args, spans, callee, close);
  if (converted === undefined) {
    return {
      kind: "integer",
      value: 0n,
      type: type.returns.kind === "void" ? type.returns : POISON,
      loc: open.loc,
    };
  }
  if (target.kind === "function" && p.unevaluated === 0) {
    checkFormat(p, target.function, args, spans);
    warnOfCall(p, target.function, args, [...starts, p.at], spans);
  }
  return nodes.call(target, type, converted, calleeSpan.loc);
}

/** `printf("%d" x)` */
function missesArgument(p: Parser): boolean {
  return !p.token.startsLine && missesComma(p);
}

/** However it has been declared, only the compiler can make it. */
function isAlloca(callee: Expression): boolean {
  if (callee.kind !== "function" || callee.function.name !== "alloca") return false;
  const { linkage, symbol, body } = callee.function;
  return linkage === "external" && symbol === "alloca" && body === undefined;
}

function convertArguments(
  p: Parser,
  type: FunctionType,
  args: readonly Expression[],
  spans: readonly Span[],
  callee: Expression,
  close: Token,
): Expression[] | undefined {
  const { parameters, variadic, unprototyped } = type;
  const notes =
    callee.kind === "function"
      ? [{ loc: callee.function.loc, message: `'${callee.function.name}' declared here` }]
      : [];
  if (!unprototyped && args.length < parameters.length) {
    const least = variadic ? "at least " : "";
    p.diagnostics.error(
      close.loc,
      `too few arguments to function call, expected ${least}${parameters.length}, have ${args.length}`,
      { notes },
    );
    return undefined;
  }
  if (!unprototyped && !variadic && args.length > parameters.length) {
    const first = spans[parameters.length];
    p.diagnostics.error(
      first?.loc ?? close.loc,
      `too many arguments to function call, expected ${parameters.length}, have ${args.length}`,
      { end: spans.at(-1)?.end ?? close.loc, notes },
    );
    return undefined;
  }
  const converted: Expression[] = [];
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    const span = spans[i];
    if (argument === undefined || span === undefined) continue;
    const parameter = unprototyped ? undefined : parameters[i];
    if (parameter === undefined) {
      if (argument.type.kind === "void" && !isPoisoned(argument)) {
        p.diagnostics.error(span.loc, "this argument has no value: its type is 'void'", {
          end: span.end,
        });
      }
      converted.push(promote(argument));
      continue;
    }
    const name = parameter.name === undefined ? "" : ` '${parameter.name}'`;
    converted.push(
      assignable(
        p,
        argument,
        parameter.type,
        {
          kind: "passing",
          note: { loc: parameter.loc, message: `passing argument to parameter${name} here` },
        },
        span,
      ),
    );
  }
  return converted;
}
