// A function's body once more, inside another function: its blocks with temporaries, slots and blocks of their own.

import { newSlot, newTemp } from "../ir/build.ts";
import type {
  Argument,
  Block,
  Instruction,
  IrFunction,
  Operand,
  Slot,
  Temp,
  Terminator,
} from "../ir/ir.ts";

export interface Clone {
  readonly blocks: Block[];
  /** Blocks that return, and what. */
  readonly returns: readonly { readonly block: Block; readonly values: Argument[] }[];
}

/** Makes the copy; the parameters are replaced by `values`. Returns end in "unreachable" until the caller says where to go. */
export function cloneBody(callee: IrFunction, into: IrFunction, values: readonly Operand[]): Clone {
  const operands: (Operand | undefined)[] = [];
  const temps: (Temp | undefined)[] = [];
  for (const [index, parameter] of callee.parameters.entries())
    operands[parameter.id] = values[index];
  const slots: (Slot | undefined)[] = [];
  for (const { id, size, align, name } of callee.slots)
    slots[id] = newSlot(into, size, align, name);
  const blocks: (Block | undefined)[] = [];
  const made: Block[] = [];
  for (const { id, terminator } of callee.blocks) {
    const block: Block = {
      id: into.nextBlock++,
      instructions: [],
      terminator: { op: "unreachable", loc: terminator.loc },
      symbol: undefined,
    };
    blocks[id] = block;
    made.push(block);
  }
  const temp = (old: Temp): Temp => (temps[old.id] ??= newTemp(into, old.width));
  const operand = (old: Operand): Operand => {
    if (old.kind === "temp") return operands[old.id] ?? temp(old);
    if (old.kind !== "slot") return old;
    const slot = slots[old.slot.id];
    return slot === undefined ? old : { kind: "slot", slot, offset: old.offset };
  };
  const target = (old: Block): Block => blocks[old.id] ?? old;
  const returns: { block: Block; values: Argument[] }[] = [];
  for (const [index, old] of callee.blocks.entries()) {
    const block = made[index];
    if (block === undefined) continue;
    for (const instruction of old.instructions)
      block.instructions.push(cloneInstruction(instruction, temp, operand, target));
    const { terminator } = old;
    if (terminator.op === "return") {
      const values = terminator.values.map(({ value, width }) => ({
        value: operand(value),
        width,
      }));
      returns.push({ block, values });
    } else block.terminator = cloneTerminator(terminator, operand, target);
  }
  return { blocks: made, returns };
}

function cloneInstruction(
  i: Instruction,
  temp: (old: Temp) => Temp,
  operand: (old: Operand) => Operand,
  target: (old: Block) => Block,
): Instruction {
  switch (i.op) {
    case "binary":
    case "compare":
      return { ...i, to: temp(i.to), left: operand(i.left), right: operand(i.right) };
    case "unary":
      return { ...i, to: temp(i.to), value: operand(i.value) };
    case "load":
      return { ...i, to: temp(i.to), address: operand(i.address) };
    case "store":
      return { ...i, value: operand(i.value), address: operand(i.address) };
    case "copy-memory":
      return { ...i, to: operand(i.to), from: operand(i.from) };
    case "zero-memory":
      return { ...i, at: operand(i.at) };
    case "call":
      return {
        ...i,
        results: i.results.map(temp),
        callee: operand(i.callee),
        arguments: i.arguments.map(({ value, width }) => ({ value: operand(value), width })),
      };
    case "va-start":
    case "frame-address":
    case "return-address":
    case "thread-pointer":
      return { ...i, to: temp(i.to) };
    case "alloca":
      return { ...i, to: temp(i.to), size: operand(i.size) };
    case "atomic":
      return { ...i, to: temp(i.to), address: operand(i.address), value: operand(i.value) };
    case "compare-exchange":
      return {
        ...i,
        to: temp(i.to),
        address: operand(i.address),
        expected: operand(i.expected),
        desired: operand(i.desired),
      };
    case "fence":
      return { ...i };
    case "asm":
      return {
        ...i,
        outputs: i.outputs.map((output) => ({ ...output, to: temp(output.to) })),
        inputs: i.inputs.map((input) => ({ ...input, value: operand(input.value) })),
      };
    case "phi":
      return {
        ...i,
        to: temp(i.to),
        sources: i.sources.map(({ block, value }) => ({
          block: target(block),
          value: operand(value),
        })),
      };
  }
}

function cloneTerminator(
  t: Terminator,
  operand: (old: Operand) => Operand,
  target: (old: Block) => Block,
): Terminator {
  switch (t.op) {
    case "jump":
      return { ...t, to: target(t.to) };
    case "branch":
      return {
        ...t,
        left: operand(t.left),
        right: operand(t.right),
        // oxlint-disable-next-line unicorn/no-thenable -- a branch's way is a block, and nobody awaits a terminator
        then: target(t.then),
        else: target(t.else),
      };
    case "switch":
      return {
        ...t,
        value: operand(t.value),
        cases: t.cases.map(({ first, last, to }) => ({ first, last, to: target(to) })),
        default: target(t.default),
      };
    case "indirect-jump":
      return { ...t, address: operand(t.address), targets: t.targets.map(target) };
    case "return":
    case "unreachable":
      return { ...t };
  }
}
