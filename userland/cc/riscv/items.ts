// Assembly items by the handful: how the code generator writes down what it means.

import type { AsmItem, AsmOperand, Modifier, Value } from "../assemble/item.ts";
import type { Loc } from "../source/sources.ts";

export function constantValue(addend: bigint): Value {
  return { symbol: undefined, minus: undefined, addend, modifier: undefined };
}

export function symbolValue(symbol: string, addend = 0, modifier?: Modifier): Value {
  return { symbol, minus: undefined, addend: BigInt(addend), modifier };
}

const REGISTERS: readonly AsmOperand[] = Array.from({ length: 32 }, (_, number) => ({
  kind: "register",
  number,
}));

export function registerOperand(number: number): AsmOperand {
  return REGISTERS[number] ?? { kind: "register", number };
}

export function immediateOperand(value: number | bigint): AsmOperand {
  return { kind: "value", value: constantValue(BigInt(value)) };
}

export function symbolOperand(symbol: string, addend = 0, modifier?: Modifier): AsmOperand {
  return { kind: "value", value: symbolValue(symbol, addend, modifier) };
}

export function memoryOperand(base: number, offset: Value): AsmOperand {
  return { kind: "memory", base, offset };
}

export function instructionItem(
  mnemonic: string,
  operands: readonly AsmOperand[],
  loc: Loc,
): AsmItem {
  return { kind: "instruction", mnemonic, operands, loc };
}

export function labelItem(name: string, loc: Loc): AsmItem {
  return { kind: "label", name, loc };
}
