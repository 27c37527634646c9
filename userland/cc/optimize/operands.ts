// What an instruction uses, what it defines, and whether it may be left out: the questions that every pass asks.

import type { Block, Constant, Instruction, Operand, Temp, Terminator, Width } from "../ir/ir.ts";

export const ZERO: Constant = { kind: "constant", value: 0n };
export const ONE: Constant = { kind: "constant", value: 1n };

const SMALL: Constant[] = Array.from({ length: 256 }, (_, value) => ({
  kind: "constant",
  value: BigInt(value),
}));

/** A constant in the range of the width. */
export function constantOf(value: bigint, width: Width): Constant {
  if (value >= 0n && value < 256n) return SMALL[Number(value)] ?? ZERO;
  return { kind: "constant", value: BigInt.asIntN(width === "w" ? 32 : 64, value) };
}

/** Puts what `change` makes of it in each operand's place. */
export function mapOperands(instruction: Instruction, change: (operand: Operand) => Operand): void {
  switch (instruction.op) {
    case "binary":
    case "compare":
      instruction.left = change(instruction.left);
      instruction.right = change(instruction.right);
      break;
    case "unary":
      instruction.value = change(instruction.value);
      break;
    case "load":
      instruction.address = change(instruction.address);
      break;
    case "store":
      instruction.value = change(instruction.value);
      instruction.address = change(instruction.address);
      break;
    case "copy-memory":
      instruction.to = change(instruction.to);
      instruction.from = change(instruction.from);
      break;
    case "zero-memory":
      instruction.at = change(instruction.at);
      break;
    case "call":
      instruction.callee = change(instruction.callee);
      for (const argument of instruction.arguments) argument.value = change(argument.value);
      break;
    case "alloca":
      instruction.size = change(instruction.size);
      break;
    case "atomic":
      instruction.address = change(instruction.address);
      instruction.value = change(instruction.value);
      break;
    case "compare-exchange":
      instruction.address = change(instruction.address);
      instruction.expected = change(instruction.expected);
      instruction.desired = change(instruction.desired);
      break;
    case "asm":
      for (const input of instruction.inputs) input.value = change(input.value);
      break;
    case "phi":
      for (const source of instruction.sources) source.value = change(source.value);
      break;
    case "va-start":
    case "frame-address":
    case "return-address":
    case "thread-pointer":
    case "fence":
      break;
  }
}

export function mapTerminator(terminator: Terminator, change: (operand: Operand) => Operand): void {
  switch (terminator.op) {
    case "branch":
      terminator.left = change(terminator.left);
      terminator.right = change(terminator.right);
      break;
    case "switch":
      terminator.value = change(terminator.value);
      break;
    case "indirect-jump":
      terminator.address = change(terminator.address);
      break;
    case "return":
      for (const one of terminator.values) one.value = change(one.value);
      break;
    case "jump":
    case "unreachable":
      break;
  }
}

export function eachOperand(instruction: Instruction, visit: (operand: Operand) => void): void {
  switch (instruction.op) {
    case "binary":
    case "compare":
      visit(instruction.left);
      visit(instruction.right);
      break;
    case "unary":
      visit(instruction.value);
      break;
    case "load":
      visit(instruction.address);
      break;
    case "store":
      visit(instruction.value);
      visit(instruction.address);
      break;
    case "copy-memory":
      visit(instruction.to);
      visit(instruction.from);
      break;
    case "zero-memory":
      visit(instruction.at);
      break;
    case "call":
      visit(instruction.callee);
      for (const argument of instruction.arguments) visit(argument.value);
      break;
    case "alloca":
      visit(instruction.size);
      break;
    case "atomic":
      visit(instruction.address);
      visit(instruction.value);
      break;
    case "compare-exchange":
      visit(instruction.address);
      visit(instruction.expected);
      visit(instruction.desired);
      break;
    case "asm":
      for (const input of instruction.inputs) visit(input.value);
      break;
    case "phi":
      for (const source of instruction.sources) visit(source.value);
      break;
    case "va-start":
    case "frame-address":
    case "return-address":
    case "thread-pointer":
    case "fence":
      break;
  }
}

export function eachTerminatorOperand(
  terminator: Terminator,
  visit: (operand: Operand) => void,
): void {
  switch (terminator.op) {
    case "branch":
      visit(terminator.left);
      visit(terminator.right);
      break;
    case "switch":
      visit(terminator.value);
      break;
    case "indirect-jump":
      visit(terminator.address);
      break;
    case "return":
      for (const one of terminator.values) visit(one.value);
      break;
    case "jump":
    case "unreachable":
      break;
  }
}

export function eachDefinition(instruction: Instruction, visit: (temp: Temp) => void): void {
  switch (instruction.op) {
    case "call":
      for (const temp of instruction.results) visit(temp);
      break;
    case "asm":
      for (const output of instruction.outputs) visit(output.to);
      break;
    case "store":
    case "copy-memory":
    case "zero-memory":
    case "fence":
      break;
    default:
      visit(instruction.to);
  }
}

/** Whether it may be left out when nobody uses what it defines. */
export function isRemovable(instruction: Instruction): boolean {
  switch (instruction.op) {
    case "binary":
    case "unary":
    case "compare":
    case "phi":
    case "va-start":
    case "frame-address":
    case "return-address":
    case "thread-pointer":
      return true;
    case "load":
      return !instruction.volatile;
    case "asm":
      return !instruction.isVolatile && instruction.outputs.length > 0;
    default:
      return false;
  }
}

/** Whether it computes its result from its operands alone and cannot fail, so that it may move to where these are known. */
export function isMovable(instruction: Instruction): boolean {
  return instruction.op === "binary" || instruction.op === "unary" || instruction.op === "compare";
}

/** The phi's value on the edge from a block. */
export function sourceFrom(
  phi: Extract<Instruction, { op: "phi" }>,
  block: Block,
): Operand | undefined {
  for (const source of phi.sources) if (source.block === block) return source.value;
  return undefined;
}

/** Whether the operands say the same value. */
export function sameOperand(a: Operand, b: Operand): boolean {
  switch (a.kind) {
    case "temp":
      return b.kind === "temp" && a.id === b.id;
    case "constant":
      return b.kind === "constant" && a.value === b.value;
    case "symbol":
      return b.kind === "symbol" && a.name === b.name && a.offset === b.offset;
    case "slot":
      return b.kind === "slot" && a.slot === b.slot && a.offset === b.offset;
  }
}
