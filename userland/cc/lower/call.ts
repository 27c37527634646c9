// Calls: arguments as the ABI wants them, the hidden pointer for large results, and where the result is put.

import { constant, symbolAddress } from "../ir/build.ts";
import type { Argument, Operand } from "../ir/ir.ts";
import type { Expression, FunctionSymbol } from "../tree/ast.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { MOST_IN_REGISTERS, loadWords, paddingBefore, storeWords, wordsOf } from "./abi.ts";
import { addressOf, objectSlot, placeOf, plainPlace, type Place } from "./place.ts";
import { scalarOf } from "./scalar.ts";
import { want, type State } from "./state.ts";

export type CallExpression = Extract<Expression, { kind: "call" }>;

/** A call; a structure that it returns goes to the place. The result is a scalar's value, or nothing of use. */
export function call(s: State, e: CallExpression, to: Place | undefined): Operand {
  const { b } = s;
  const returns = e.type;
  const target = targetOf(s, e.function);
  const args: Argument[] = [];
  const isStruct = returns.kind === "struct";
  const size = isStruct ? sizeOf(returns) : 0;
  let place = to;
  if (isStruct && size > MOST_IN_REGISTERS) {
    place ??= plainPlace(objectSlot(s, returns, alignOf(returns)), 0, returns);
    args.push({ value: addressOf(s, place), width: "l" });
  }
  const named = e.signature.unprototyped ? e.arguments.length : e.signature.parameters.length;
  for (const [index, argument] of e.arguments.entries()) pass(s, argument, args, index < named);
  b.loc = e.loc;
  if (isStruct) {
    const words = wordsOf(returns) ?? 0;
    const results = b.call(
      target.address,
      args,
      words === 0 ? [] : words === 1 ? ["l"] : ["l", "l"],
    );
    if (place !== undefined && words > 0) storeWords(s, place, results);
  } else if (returns.kind === "void") b.call(target.address, args);
  else {
    const [result] = b.call(target.address, args, [scalarOf(returns).width]);
    if (result !== undefined && !target.noreturn) return result;
  }
  if (target.noreturn) {
    b.unreachable();
    b.startNew();
  }
  return constant(0);
}

function pass(s: State, e: Expression, args: Argument[], isNamed: boolean): void {
  if (e.type.kind !== "struct") {
    if (e.type.kind === "void") s.rules.effect(s, e);
    else args.push({ value: s.rules.value(s, e), width: scalarOf(e.type).width });
    return;
  }
  if (wordsOf(e.type) === undefined) {
    args.push({ value: copyForCallee(s, e), width: "l" });
    return;
  }
  const place = s.rules.aggregatePlace(s, e);
  if (paddingBefore(e.type, args.length, isNamed) > 0)
    args.push({ value: constant(0), width: "l" });
  for (const word of loadWords(s, place)) args.push(word);
}

/** What is called, and whether it is known not to come back. */
function targetOf(s: State, e: Expression): { address: Operand; noreturn: boolean } {
  const symbol = functionOf(e);
  if (symbol !== undefined) {
    const address = symbolAddress(want(s.module, symbol));
    if (symbol.attributes.returnsTwice === true) s.returnsTwice = true;
    return { address, noreturn: symbol.attributes.noreturn ?? false };
  }
  if (e.type.kind === "function") return { address: addressOf(s, placeOf(s, e)), noreturn: false };
  return { address: s.rules.value(s, e), noreturn: false };
}

function functionOf(e: Expression): FunctionSymbol | undefined {
  for (let at = e; ;) {
    if (at.kind === "function") return at.function;
    if (at.kind === "address") at = at.of;
    else if (at.kind === "dereference") at = at.pointer;
    else return undefined;
  }
}

/** A copy that a function may have for its own. */
function copyForCallee(s: State, e: Expression): Operand {
  const place = plainPlace(objectSlot(s, e.type, alignOf(e.type)), 0, e.type);
  s.rules.aggregateInto(s, e, place, true);
  return addressOf(s, place);
}
