// Conditions: where a truth value decides where to go on, it becomes branches and never a number (C11 6.5.13, 6.5.14).

import { constant } from "../ir/build.ts";
import type { Block, Condition } from "../ir/ir.ts";
import type { Comparison, Expression } from "../tree/ast.ts";
import type { Type } from "../types/type.ts";
import { statementsOf } from "./aggregate.ts";
import { scalarOf } from "./scalar.ts";
import { enter, leave, type State } from "./state.ts";

/** Goes to `then` or `otherwise`; the block that comes next is for the caller to start. */
export function condition(s: State, e: Expression, then: Block, otherwise: Block): void {
  enter(s, e.loc);
  decide(s, e, then, otherwise);
  leave(s);
}

function decide(s: State, e: Expression, then: Block, otherwise: Block): void {
  const { b } = s;
  switch (e.kind) {
    case "integer":
      b.loc = e.loc;
      b.jump(e.value === 0n ? otherwise : then);
      return;
    case "unary":
      if (e.operator !== "!") break;
      condition(s, e.value, otherwise, then);
      return;
    case "logical": {
      const next = b.newBlock();
      if (e.operator === "&&") condition(s, e.left, next, otherwise);
      else condition(s, e.left, then, next);
      b.start(next);
      condition(s, e.right, then, otherwise);
      return;
    }
    case "comma":
      s.rules.effect(s, e.left);
      condition(s, e.right, then, otherwise);
      return;
    case "convert":
      // A conversion that keeps all values keeps their truth.
      if (!keepsTruth(e.value.type, e.type)) break;
      condition(s, e.value, then, otherwise);
      return;
    case "conditional": {
      if (e.then === undefined) {
        const next = b.newBlock();
        condition(s, e.condition, then, next);
        b.start(next);
        condition(s, e.else, then, otherwise);
        return;
      }
      const left = b.newBlock();
      const right = b.newBlock();
      condition(s, e.condition, left, right);
      b.start(left);
      condition(s, e.then, then, otherwise);
      b.start(right);
      condition(s, e.else, then, otherwise);
      return;
    }
    case "statement-expression":
      if (e.result === undefined) break;
      statementsOf(s, e);
      condition(s, e.result, then, otherwise);
      return;
    case "compare": {
      const left = s.rules.value(s, e.left);
      const right = s.rules.value(s, e.right);
      b.loc = e.loc;
      const { width } = scalarOf(e.left.type);
      b.branch(comparison(e.operator, e.left.type), width, left, right, then, otherwise);
      return;
    }
    default:
      break;
  }
  const number = s.rules.value(s, e);
  b.loc = e.loc;
  b.branch("ne", scalarOf(e.type).width, number, constant(0), then, otherwise);
}

function keepsTruth(from: Type, to: Type): boolean {
  if (from.kind === "struct" || from.kind === "void" || to.kind === "void") return false;
  const target = scalarOf(to);
  return target.bool || target.size >= scalarOf(from).size;
}

export function comparison(operator: Comparison, type: Type): Condition {
  const { signed, size } = scalarOf(type);
  switch (operator) {
    case "==":
      return "eq";
    case "!=":
      return "ne";
    default:
      break;
  }
  // Values of types narrower than an int are what they are, whatever their sign.
  const isSigned = signed || size < 4;
  switch (operator) {
    case "<":
      return isSigned ? "lt" : "ltu";
    case "<=":
      return isSigned ? "le" : "leu";
    case ">":
      return isSigned ? "gt" : "gtu";
    case ">=":
      return isSigned ? "ge" : "geu";
  }
}
