// Expressions of scalar type become operands; what is evaluated for its effects only (6.8.3) makes no value where that costs
// something. Structures are aggregate.ts's, truth that decides is condition.ts's.

import { constant, newSlot, slotAddress, symbolAddress } from "../ir/build.ts";
import type { Block, Operand } from "../ir/ir.ts";
import type { Expression } from "../tree/ast.ts";
import type { Type } from "../types/type.ts";
import { variadicArgument } from "./abi.ts";
import { aggregatePlace, statementsOf } from "./aggregate.ts";
import { arithmetic, scaled } from "./arithmetic.ts";
import { assign, compoundAssign, increment } from "./assign.ts";
import { builtin } from "./builtin.ts";
import { call } from "./call.ts";
import { comparison, condition } from "./condition.ts";
import { convertScalar } from "./convert.ts";
import { addOffset, addressOf, loadPlace, placeOf, pointerValue } from "./place.ts";
import { constantValue, scalarOf, wholeOf } from "./scalar.ts";
import { enter, labelSymbol, leave, want, type State } from "./state.ts";

/** The value of an integer or pointer; of anything else there is none, and the result is of no use. */
export function value(s: State, e: Expression): Operand {
  enter(s, e.loc);
  const result = evaluate(s, e);
  leave(s);
  return result;
}

function evaluate(s: State, e: Expression): Operand {
  const { b } = s;
  switch (e.kind) {
    case "integer":
      return constant(constantValue(e.value, scalarOf(e.type)));
    case "function":
      return symbolAddress(want(s.module, e.function));
    case "load":
    case "member":
    case "variable":
    case "dereference":
    case "compound-literal":
    case "string": {
      const place = placeOf(s, e.kind === "load" ? e.place : e);
      b.loc = e.loc;
      if (e.type.kind === "struct" || e.type.kind === "void") return constant(0);
      if (e.type.kind === "array" || e.type.kind === "function") return addressOf(s, place);
      return loadPlace(s, place);
    }
    case "address": {
      const place = placeOf(s, e.of);
      b.loc = e.loc;
      return addressOf(s, place);
    }
    case "convert":
      return convert(s, e.value, e.type, e.loc);
    case "unary": {
      if (e.operator === "!") return truth(s, e);
      const of = value(s, e.value);
      b.loc = e.loc;
      const type = scalarOf(e.type);
      const result =
        e.operator === "-"
          ? b.binary("sub", type.width, constant(0), of)
          : b.binary("xor", type.width, of, constant(-1));
      return convertScalar(s, result, wholeOf(type), type);
    }
    case "binary":
      return binary(s, e);
    case "compare": {
      const left = value(s, e.left);
      const right = value(s, e.right);
      b.loc = e.loc;
      return b.compare(
        comparison(e.operator, e.left.type),
        scalarOf(e.left.type).width,
        left,
        right,
      );
    }
    case "pointer-add":
      return pointerAdd(s, e);
    case "pointer-difference": {
      const left = value(s, e.left);
      const right = value(s, e.right);
      b.loc = e.loc;
      const bytes = b.binary("sub", "l", left, right);
      const { element } = e;
      if (element <= 1) return bytes;
      const shift = Math.log2(element);
      if (Number.isInteger(shift)) return b.binary("sar", "l", bytes, constant(shift));
      return b.binary("div", "l", bytes, constant(element));
    }
    case "logical":
      return truth(s, e);
    case "conditional":
      return conditional(s, e);
    case "comma":
      effect(s, e.left);
      return value(s, e.right);
    case "assign":
      return assign(s, e, true);
    case "compound-assign":
      return compoundAssign(s, e, true);
    case "increment":
      return increment(s, e, true);
    case "call":
      return call(s, e, undefined);
    case "statement-expression":
      statementsOf(s, e);
      return e.result === undefined ? constant(0) : value(s, e.result);
    case "label-address":
      return symbolAddress(labelSymbol(s.module, e.label));
    case "builtin":
      return builtin(s, e);
    case "va-arg": {
      const list = placeOf(s, e.list);
      b.loc = e.loc;
      return loadPlace(s, variadicArgument(s, list, e.type));
    }
  }
}

/** Evaluates what is not asked for its value. */
export function effect(s: State, e: Expression): void {
  enter(s, e.loc);
  discard(s, e);
  leave(s);
}

function discard(s: State, e: Expression): void {
  switch (e.kind) {
    case "integer":
    case "string":
    case "variable":
    case "function":
    case "label-address":
      return;
    case "load": {
      const place = placeOf(s, e.place);
      s.b.loc = e.loc;
      if (place.volatile && e.type.kind !== "struct" && e.type.kind !== "void") loadPlace(s, place);
      return;
    }
    case "member":
    case "dereference":
    case "compound-literal":
      placeOf(s, e);
      return;
    case "convert":
      effect(s, e.value);
      return;
    case "comma":
      effect(s, e.left);
      effect(s, e.right);
      return;
    case "assign":
      assign(s, e, false);
      return;
    case "compound-assign":
      compoundAssign(s, e, false);
      return;
    case "increment":
      increment(s, e, false);
      return;
    case "conditional":
    case "logical": {
      const { b } = s;
      const done = b.newBlock();
      const one = b.newBlock();
      const other = b.newBlock();
      if (e.kind === "conditional") {
        condition(s, e.condition, e.then === undefined ? done : one, other);
        if (e.then !== undefined) {
          b.start(one);
          effect(s, e.then);
          b.jump(done);
        }
        b.start(other);
        effect(s, e.else);
      } else {
        if (e.operator === "&&") condition(s, e.left, one, done);
        else condition(s, e.left, done, one);
        b.start(one);
        effect(s, e.right);
      }
      b.start(done);
      return;
    }
    case "statement-expression":
      statementsOf(s, e);
      if (e.result !== undefined) effect(s, e.result);
      return;
    case "call":
      call(s, e, undefined);
      return;
    case "va-arg":
      aggregatePlace(s, e);
      return;
    default:
      value(s, e);
  }
}

function convert(s: State, from: Expression, type: Type, loc: number): Operand {
  if (type.kind === "void" || from.type.kind === "void") {
    effect(s, from);
    return constant(0);
  }
  if (from.type.kind === "struct") {
    aggregatePlace(s, from);
    return constant(0);
  }
  const to = scalarOf(type);
  if (to.bool && from.kind === "convert" && scalarOf(from.type).bool) return value(s, from);
  const operand = value(s, from);
  s.b.loc = loc;
  // A comparison's int is a bool already.
  if (to.bool && isTruth(from)) return operand;
  return convertScalar(s, operand, scalarOf(from.type), to);
}

function isTruth(e: Expression): boolean {
  return e.kind === "compare" || e.kind === "logical" || (e.kind === "unary" && e.operator === "!");
}

/** 0 or 1 of !, && and ||. */
function truth(s: State, e: Expression): Operand {
  const { b } = s;
  let inner = e;
  let isNegated = false;
  while (inner.kind === "unary" && inner.operator === "!") {
    inner = inner.value;
    isNegated = !isNegated;
  }
  if (inner.kind !== "logical") {
    const number = value(s, inner);
    b.loc = e.loc;
    return b.compare(isNegated ? "eq" : "ne", scalarOf(inner.type).width, number, constant(0));
  }
  const then = b.newBlock();
  const otherwise = b.newBlock();
  const done = b.newBlock();
  const result = slotAddress(newSlot(b.function, 4, 4));
  condition(s, e, then, otherwise);
  b.loc = e.loc;
  b.start(then);
  b.store(4, constant(1), result);
  b.jump(done);
  b.start(otherwise);
  b.store(4, constant(0), result);
  b.start(done);
  return b.load("s32", "w", result);
}

/** Lists of operators that associate to the left are as deep as they are long, and are walked in a loop. */
function binary(s: State, e: Extract<Expression, { kind: "binary" }>): Operand {
  const chain = [e];
  let first = e.left;
  while (first.kind === "binary") {
    chain.push(first);
    first = first.left;
  }
  let left = value(s, first);
  for (let index = chain.length - 1; index >= 0; index--) {
    const node = chain[index] ?? e;
    const right = value(s, node.right);
    s.b.loc = node.loc;
    left = arithmetic(
      s,
      node.operator,
      scalarOf(node.type),
      left,
      right,
      scalarOf(node.right.type),
    );
  }
  return left;
}

function pointerAdd(s: State, e: Extract<Expression, { kind: "pointer-add" }>): Operand {
  if (e.index.kind === "integer") {
    const whole = pointerValue(s, e);
    s.b.loc = e.loc;
    return addOffset(s, whole.address, whole.offset);
  }
  const { address, offset } = pointerValue(s, e.pointer);
  const index = value(s, e.index);
  s.b.loc = e.loc;
  const base = addOffset(s, address, offset);
  return s.b.binary(e.negative ? "sub" : "add", "l", base, scaled(s, index, e.element));
}

function conditional(s: State, e: Extract<Expression, { kind: "conditional" }>): Operand {
  const { b } = s;
  if (e.type.kind === "void") {
    effect(s, e);
    return constant(0);
  }
  if (e.type.kind === "struct") {
    aggregatePlace(s, e);
    return constant(0);
  }
  const type = scalarOf(e.type);
  const size = type.width === "l" ? 8 : 4;
  const slot = slotAddress(newSlot(b.function, size, size));
  const otherwise = b.newBlock();
  const done = b.newBlock();
  if (e.then === undefined) {
    // The condition's own value, looked at once.
    const own = value(s, e.condition);
    b.loc = e.loc;
    b.store(size, convertScalar(s, own, scalarOf(e.condition.type), type), slot);
    const width = scalarOf(e.condition.type).width;
    b.branch("ne", width, own, constant(0), done, otherwise);
  } else {
    const then = b.newBlock();
    condition(s, e.condition, then, otherwise);
    arm(s, then, e.then, slot, size);
    b.jump(done);
  }
  arm(s, otherwise, e.else, slot, size);
  b.start(done);
  return b.load(size === 8 ? "64" : "s32", type.width, slot);
}

function arm(s: State, block: Block, e: Expression, slot: Operand, size: 4 | 8): void {
  s.b.start(block);
  const result = value(s, e);
  s.b.loc = e.loc;
  s.b.store(size, result, slot);
}
