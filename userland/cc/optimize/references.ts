// Who names whom in a module: the order in which functions are optimised, callees first, and which local functions nobody
// needs any more when their calls have been inlined.

import type { IrFunction, IrModule, Operand } from "../ir/ir.ts";
import { eachOperand, eachTerminatorOperand } from "./operands.ts";

/** Visits each symbol that the function's code names; `isCall`: as what is called. */
function eachSymbol(f: IrFunction, visit: (name: string, isCall: boolean) => void): void {
  const operand = (one: Operand): void => {
    if (one.kind === "symbol") visit(one.name, false);
  };
  for (const block of f.blocks) {
    for (const instruction of block.instructions) {
      if (instruction.op === "call") {
        if (instruction.callee.kind === "symbol")
          visit(instruction.callee.name, instruction.callee.offset === 0);
        for (const { value } of instruction.arguments) operand(value);
      } else eachOperand(instruction, operand);
    }
    eachTerminatorOperand(block.terminator, operand);
  }
}

/** Names that something else than functions' instructions needs: data, aliases, assembly, constructors. */
function outerNames(module: IrModule, names: ReadonlySet<string>): Set<string> {
  const found = new Set<string>(
    [...module.constructors, ...module.destructors].map(({ symbol }) => symbol),
  );
  for (const { references } of module.data) for (const { symbol } of references) found.add(symbol);
  for (const { target } of module.aliases) found.add(target);
  const texts = module.assembly.map(({ text }) => text);
  for (const f of module.functions)
    for (const block of f.blocks)
      for (const instruction of block.instructions)
        if (instruction.op === "asm") texts.push(instruction.template);
  // Assembly text may name anything.
  for (const text of texts)
    for (const [word] of text.matchAll(/[A-Za-z_.$][\w.$]*/g)) if (names.has(word)) found.add(word);
  return found;
}

export interface References {
  readonly functions: ReadonlyMap<string, IrFunction>;
  /** Callees before callers, where there is no recursion. */
  readonly order: readonly IrFunction[];
  /** By name: how often it is called, if its address is taken nowhere; otherwise Infinity. */
  readonly calls: ReadonlyMap<string, number>;
}

export function referencesOf(module: IrModule): References {
  const functions = new Map<string, IrFunction>();
  for (const f of module.functions) functions.set(f.symbol, f);
  const calls = new Map<string, number>();
  for (const name of outerNames(module, new Set(functions.keys()))) calls.set(name, Infinity);
  const callees = new Map<IrFunction, IrFunction[]>();
  for (const f of module.functions) {
    const list: IrFunction[] = [];
    callees.set(f, list);
    eachSymbol(f, (name, isCall) => {
      const callee = functions.get(name);
      if (callee === undefined) return;
      calls.set(name, isCall ? (calls.get(name) ?? 0) + 1 : Infinity);
      if (isCall) list.push(callee);
    });
  }
  return { functions, order: postorder(module.functions, callees), calls };
}

function postorder(
  functions: readonly IrFunction[],
  callees: ReadonlyMap<IrFunction, readonly IrFunction[]>,
): IrFunction[] {
  const seen = new Set<IrFunction>();
  const order: IrFunction[] = [];
  for (const root of functions) {
    if (seen.has(root)) continue;
    seen.add(root);
    const stack = [{ f: root, at: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = callees.get(top.f)?.[top.at++];
      if (next === undefined) {
        order.push(top.f);
        stack.pop();
      } else if (!seen.has(next)) {
        seen.add(next);
        stack.push({ f: next, at: 0 });
      }
    }
  }
  return order;
}

/** Removes local functions that were needed by others before and are not now. */
export function removeUnneeded(module: IrModule, before: References): void {
  const needed = new Set<IrFunction>();
  const work: IrFunction[] = [];
  const need = (f: IrFunction | undefined): void => {
    if (f === undefined || needed.has(f)) return;
    needed.add(f);
    work.push(f);
  };
  for (const f of module.functions)
    // Whoever was needed by nobody was kept for a reason that the module does not tell.
    if (f.linkage.binding !== "local" || !before.calls.has(f.symbol)) need(f);
  for (const name of outerNames(module, new Set(before.functions.keys())))
    need(before.functions.get(name));
  for (let f = work.pop(); f !== undefined; f = work.pop())
    eachSymbol(f, (name) => need(before.functions.get(name)));
  const kept = module.functions.filter((f) => needed.has(f));
  module.functions.length = 0;
  for (const f of kept) module.functions.push(f);
}
