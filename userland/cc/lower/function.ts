// A function's frame: parameters come out of their registers into slots, the body is lowered, jumps are checked when all
// labels are known, and what nobody reaches is thrown away.

import { Builder, newFunction, newParameter, successors } from "../ir/build.ts";
import type { Block, IrFunction } from "../ir/ir.ts";
import type { FunctionBody, FunctionSymbol, Variable } from "../tree/ast.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { MOST_IN_REGISTERS, paddingBefore, storeWords, wordsOf } from "./abi.ts";
import { aggregateInto, aggregatePlace } from "./aggregate.ts";
import { condition } from "./condition.ts";
import { effect, value } from "./expression.ts";
import { initialiseAutomatic } from "./initialise.ts";
import { automaticPlace, plainPlace } from "./place.ts";
import { scalarOf } from "./scalar.ts";
import {
  linkageOf,
  MOST_BLOCKS,
  MOST_INSTRUCTIONS,
  type ModuleState,
  refuseSize,
  type ResultPlan,
  type Rules,
  type State,
} from "./state.ts";
import { shareDispatch } from "./shared-dispatch.ts";
import { emptyReturn, statement } from "./statement.ts";

const RULES: Rules = {
  value,
  effect,
  condition,
  aggregatePlace,
  aggregateInto,
  initialiseAutomatic,
  statement,
};

export function lowerFunction(
  module: ModuleState,
  symbol: FunctionSymbol,
  body: FunctionBody,
): IrFunction {
  const { attributes } = symbol;
  const f = newFunction(symbol.symbol, {
    linkage: linkageOf(symbol.linkage, attributes),
    section: attributes.section,
    isVariadic: symbol.type.variadic,
    noinline: attributes.noinline ?? false,
    alwaysInline: attributes.alwaysInline ?? false,
    inlineOnly: symbol.isInlineOnly,
    align: attributes.align ?? 0,
    retain: attributes.retain ?? false,
    naked: attributes.naked ?? false,
    loc: symbol.loc,
    end: body.end,
  });
  const b = new Builder(f);
  const s: State = {
    rules: RULES,
    module,
    b,
    symbol,
    result: resultPlan(f, symbol),
    places: new Map(),
    labels: new Map(),
    jumps: [],
    computedTargets: new Map(),
    breakTo: undefined,
    continueTo: undefined,
    switch: undefined,
    within: [],
    depth: 0,
    returnsTwice: false,
  };
  b.startNew();
  // A naked function finds them where they came in.
  if (!f.naked) for (const parameter of body.parameters) receive(s, parameter);
  statement(s, body.statement);
  b.loc = body.end;
  // main's end returns 0 (C11 5.1.2.2.3), as every forgotten value is here.
  emptyReturn(s);
  resolveJumps(s);
  shareDispatch(f);
  sweep(f);
  checkSize(s, f);
  if (!s.returnsTwice) return f;
  keepInMemory(f);
  return { ...f, noinline: true, alwaysInline: false };
}

function checkSize(s: State, f: IrFunction): void {
  if (f.blocks.length > MOST_BLOCKS) {
    refuseSize(s, "blocks");
    return;
  }
  let instructions = 0;
  for (const block of f.blocks) instructions += block.instructions.length;
  if (instructions > MOST_INSTRUCTIONS) refuseSize(s, "instructions");
}

/**
 * What setjmp's second return finds must be in memory and not in a register or a place that something else has got meanwhile
 * (C11 7.13.2.1p3): nothing that lies in the frame is kept elsewhere.
 */
function keepInMemory(f: IrFunction): void {
  for (const { instructions } of f.blocks)
    for (const one of instructions)
      if ((one.op === "load" || one.op === "store") && one.address.kind === "slot")
        one.volatile = true;
}

function resultPlan(f: IrFunction, symbol: FunctionSymbol): ResultPlan {
  const { returns } = symbol.type;
  if (returns.kind === "void") return { how: "nothing" };
  if (returns.kind !== "struct") return { how: "scalar", width: scalarOf(returns).width };
  const size = sizeOf(returns);
  if (size > MOST_IN_REGISTERS) return { how: "memory", pointer: newParameter(f, "l") };
  return { how: "registers", size, align: alignOf(returns) };
}

/** Gives a parameter its place, and what came in. */
function receive(s: State, parameter: Variable): void {
  const { b } = s;
  const f = b.function;
  const { type } = parameter;
  // A debugger takes the function's second row of lines for the first statement (gdb's skip_prologue_using_sal).
  b.loc = s.symbol.loc;
  if (type.kind !== "struct") {
    const scalar = scalarOf(type);
    const incoming = newParameter(f, scalar.width);
    b.store(scalar.size, incoming, automaticPlace(s, parameter));
    return;
  }
  const words = wordsOf(type);
  if (words === undefined) {
    // The caller's copy is ours.
    s.places.set(parameter, newParameter(f, "l"));
    return;
  }
  if (paddingBefore(type, f.parameters.length, true) > 0) newParameter(f, "l");
  const incoming = Array.from({ length: words }, () => newParameter(f, "l"));
  const place = plainPlace(automaticPlace(s, parameter), 0, type);
  storeWords(s, place, incoming);
}

/** `goto` must not go into a statement expression from outside, and computed ones are not expected to. */
function resolveJumps(s: State): void {
  for (const { label, within, loc } of s.jumps) {
    const state = s.labels.get(label);
    if (state?.within === undefined || !isInside(within, state.within))
      s.module.diagnostics.error(loc, `jump into a statement expression at label '${label.name}'`);
  }
  for (const [within, targets] of s.computedTargets) {
    for (const [{ addressTaken }, state] of s.labels)
      if (addressTaken && state.within !== undefined && isInside(within, state.within))
        targets.push(state.block);
  }
}

/** Whether who is in `inner` is in all of `outer` too. */
function isInside(inner: readonly number[], outer: readonly number[]): boolean {
  return outer.every((id, index) => inner[index] === id);
}

/** Takes away blocks that cannot be reached. Those whose address is taken stay: data may speak of them. */
function sweep(f: IrFunction): void {
  const [entry] = f.blocks;
  if (entry === undefined) return;
  const reached = new Set<Block>([entry]);
  const pending = [entry];
  for (const block of f.blocks)
    if (block.symbol !== undefined) {
      reached.add(block);
      pending.push(block);
    }
  for (let block = pending.pop(); block !== undefined; block = pending.pop())
    for (const to of successors(block.terminator))
      if (!reached.has(to)) {
        reached.add(to);
        pending.push(to);
      }
  f.blocks = f.blocks.filter((block) => reached.has(block));
}
