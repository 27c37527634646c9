// Statements (C11 6.8). There is always a block to go on in: behind a jump it is one that nobody reaches, which is swept away
// at the end (function.ts).

import type { Block } from "../ir/ir.ts";
import type { Expression, Label, Statement } from "../tree/ast.ts";
import { loadWords } from "./abi.ts";
import { aggregateInto, aggregatePlace } from "./aggregate.ts";
import { condition } from "./condition.ts";
import { effect, value } from "./expression.ts";
import { initialiseAutomatic } from "./initialise.ts";
import { inlineAssembly } from "./inline-asm.ts";
import { plainPlace } from "./place.ts";
import { scalarOf } from "./scalar.ts";
import { enter, labelSymbol, leave, type LabelState, type State, stopIfHuge } from "./state.ts";
import { caseLabel, switchStatement } from "./switch.ts";

export function statement(s: State, one: Statement): void {
  enter(s, one.loc);
  stopIfHuge(s);
  s.b.loc = one.loc;
  lower(s, one);
  leave(s);
}

function lower(s: State, one: Statement): void {
  const { b } = s;
  switch (one.kind) {
    case "compound":
      for (const inner of one.statements) statement(s, inner);
      return;
    case "expression":
      effect(s, one.expression);
      return;
    case "declaration":
      for (const variable of one.variables) {
        if (variable.isStatic) continue;
        b.loc = variable.loc;
        initialiseAutomatic(s, variable);
      }
      return;
    case "empty":
      return;
    case "if":
      ifStatement(s, one);
      return;
    case "while":
    case "do":
    case "for":
      loop(s, one);
      return;
    case "break":
    case "continue": {
      const to = one.kind === "break" ? s.breakTo : s.continueTo;
      if (to !== undefined) goTo(s, to);
      return;
    }
    case "switch":
      switchStatement(s, one);
      return;
    case "case":
      caseLabel(s, one);
      statement(s, one.statement);
      return;
    case "label": {
      const state = labelState(s, one.label);
      state.within = s.within;
      if (one.label.addressTaken) state.block.symbol = labelSymbol(s.module, one.label);
      b.start(state.block);
      statement(s, one.statement);
      return;
    }
    case "goto": {
      s.jumps.push({ label: one.label, within: s.within, loc: one.loc });
      goTo(s, labelState(s, one.label).block);
      return;
    }
    case "computed-goto": {
      const address = value(s, one.target);
      b.loc = one.loc;
      const targets = s.computedTargets.get(s.within) ?? [];
      s.computedTargets.set(s.within, targets);
      b.indirectJump(address, targets);
      b.startNew();
      return;
    }
    case "return":
      returnStatement(s, one.value, one.loc);
      return;
    case "asm":
      inlineAssembly(s, one);
      return;
  }
}

function goTo(s: State, to: Block): void {
  s.b.jump(to);
  s.b.startNew();
}

export function labelState(s: State, label: Label): LabelState {
  let state = s.labels.get(label);
  if (state === undefined) {
    state = { block: s.b.newBlock(), within: undefined };
    s.labels.set(label, state);
  }
  return state;
}

/** `else if` after `else if` is a list, however deep it nests. */
function ifStatement(s: State, first: Extract<Statement, { kind: "if" }>): void {
  const { b } = s;
  const done = b.newBlock();
  for (let one: Statement = first; ;) {
    const then = b.newBlock();
    const otherwise = one.else === undefined ? done : b.newBlock();
    condition(s, one.condition, then, otherwise);
    b.start(then);
    statement(s, one.then);
    b.jump(done);
    if (one.else === undefined) break;
    b.start(otherwise);
    if (one.else.kind !== "if") {
      statement(s, one.else);
      break;
    }
    one = one.else;
    b.loc = one.loc;
  }
  b.start(done);
}

/** The condition is at the end, so that each round takes one branch; `while` and `for` jump to it first. */
function loop(s: State, one: Extract<Statement, { kind: "while" | "do" | "for" }>): void {
  const { b, breakTo, continueTo } = s;
  if (one.kind === "for" && one.init !== undefined) statement(s, one.init);
  const body = b.newBlock();
  const test = b.newBlock();
  const done = b.newBlock();
  const isEndless =
    one.condition === undefined || (one.condition.kind === "integer" && one.condition.value !== 0n);
  const step = one.kind === "for" && one.step !== undefined ? b.newBlock() : test;
  if (one.kind !== "do") b.jump(isEndless ? body : test);
  b.start(body);
  s.breakTo = done;
  s.continueTo = step;
  statement(s, one.body);
  s.breakTo = breakTo;
  s.continueTo = continueTo;
  if (one.kind === "for" && one.step !== undefined) {
    b.start(step);
    effect(s, one.step);
  }
  b.start(test);
  if (one.condition === undefined || isEndless) b.jump(body);
  else {
    b.loc = one.condition.loc;
    condition(s, one.condition, body, done);
  }
  b.start(done);
}

function returnStatement(s: State, e: Expression | undefined, loc: number): void {
  const { b, result } = s;
  if (e === undefined) {
    emptyReturn(s);
    b.startNew();
    return;
  }
  switch (result.how) {
    case "nothing":
      effect(s, e);
      b.loc = loc;
      b.return();
      break;
    case "scalar": {
      const returned = value(s, e);
      b.loc = loc;
      b.return([{ value: returned, width: scalarOf(e.type).width }]);
      break;
    }
    case "registers": {
      const place = aggregatePlace(s, e);
      b.loc = loc;
      b.return(loadWords(s, place));
      break;
    }
    case "memory":
      // Callers give a place that nobody looks at before the return.
      aggregateInto(s, e, plainPlace(result.pointer, 0, e.type), true);
      b.loc = loc;
      b.return();
      break;
  }
  b.startNew();
}

/** A return without a value; if somebody looks at it nevertheless, it is 0. */
export function emptyReturn(s: State): void {
  const { b, result } = s;
  const zero = { kind: "constant", value: 0n } as const;
  if (result.how === "scalar") b.return([{ value: zero, width: result.width }]);
  else if (result.how === "registers") {
    const words = Math.ceil(result.size / 8);
    b.return(Array.from({ length: words }, () => ({ value: zero, width: "l" as const })));
  } else b.return();
}
