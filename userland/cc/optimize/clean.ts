// Dead code: what defines values that nothing with an effect needs, and stores into slots that nobody reads.

import type { Instruction, IrFunction, Operand } from "../ir/ir.ts";
import { eachDefinition, eachOperand, eachTerminatorOperand, isRemovable } from "./operands.ts";

/** Removes what has no effect; also slots that nobody names any more. */
export function removeDead(f: IrFunction): void {
  const read = readSlots(f);
  const definitions = new Array<Instruction | undefined>(f.nextTemp).fill(undefined);
  const live = new Set<Instruction>();
  const work: Instruction[] = [];
  const isNeeded = (instruction: Instruction): boolean =>
    !isRemovable(instruction) && !isDeadStore(instruction, read);
  const use = (operand: Operand): void => {
    if (operand.kind !== "temp") return;
    const definition = definitions[operand.id];
    if (definition === undefined || live.has(definition)) return;
    live.add(definition);
    work.push(definition);
  };
  for (const block of f.blocks)
    for (const instruction of block.instructions)
      eachDefinition(instruction, (temp) => {
        definitions[temp.id] = instruction;
      });
  for (const block of f.blocks) {
    for (const instruction of block.instructions) {
      if (!isNeeded(instruction) || live.has(instruction)) continue;
      live.add(instruction);
      eachOperand(instruction, use);
    }
    eachTerminatorOperand(block.terminator, use);
  }
  for (let at = work.pop(); at !== undefined; at = work.pop()) eachOperand(at, use);
  const named = new Uint8Array(f.nextSlot);
  const name = (operand: Operand): void => {
    if (operand.kind === "slot") named[operand.slot.id] = 1;
  };
  for (const block of f.blocks) {
    const { instructions } = block;
    let kept = 0;
    for (const instruction of instructions) {
      if (!live.has(instruction)) continue;
      eachOperand(instruction, name);
      instructions[kept++] = instruction;
    }
    instructions.length = kept;
    eachTerminatorOperand(block.terminator, name);
  }
  f.slots = f.slots.filter(({ id }) => named[id] === 1);
}

/** By id: slots that are named by more than the addresses of stores. */
function readSlots(f: IrFunction): Uint8Array {
  const read = new Uint8Array(f.nextSlot);
  const visit = (operand: Operand): void => {
    if (operand.kind === "slot") read[operand.slot.id] = 1;
  };
  for (const block of f.blocks) {
    for (const instruction of block.instructions) {
      switch (instruction.op) {
        case "store":
          visit(instruction.value);
          if (instruction.volatile) visit(instruction.address);
          break;
        case "zero-memory":
          break;
        case "copy-memory":
          visit(instruction.from);
          break;
        default:
          eachOperand(instruction, visit);
      }
    }
    eachTerminatorOperand(block.terminator, visit);
  }
  return read;
}

function isDeadStore(instruction: Instruction, read: Uint8Array): boolean {
  const into = (operand: Operand): boolean =>
    operand.kind === "slot" && read[operand.slot.id] === 0;
  switch (instruction.op) {
    case "store":
      return into(instruction.address);
    case "zero-memory":
      return into(instruction.at);
    case "copy-memory":
      return into(instruction.to);
    default:
      return false;
  }
}
