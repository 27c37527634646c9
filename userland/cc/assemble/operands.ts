// Reading of an instruction's operands, with complaints when they are not what it takes.

import { type Assembly, constantOf, refuse, symbolNamed, usedSymbol } from "./assembly.ts";
import type { AsmOperand, Value } from "./item.ts";
import { csrNumber } from "./registers.ts";
import type { AsmSymbol } from "./section-builder.ts";

export type Operands = readonly AsmOperand[];

export function expectCount(
  a: Assembly,
  operands: Operands,
  count: number,
  mnemonic: string,
): void {
  if (operands.length !== count) {
    const much = operands.length > count ? "many" : "few";
    refuse(a, `too ${much} operands for '${mnemonic}': it takes ${count}`);
  }
}

const ordinals = ["first", "second", "third", "fourth"];

function ordinal(index: number): string {
  return `${ordinals[index] ?? "last"} operand`;
}

export function register(a: Assembly, operands: Operands, index: number): number {
  const operand = operands[index];
  if (operand?.kind !== "register") refuse(a, `the ${ordinal(index)} must be a register`);
  return operand.number;
}

export function isRegister(operands: Operands, index: number): boolean {
  return operands[index]?.kind === "register";
}

export function value(a: Assembly, operands: Operands, index: number): Value {
  const operand = operands[index];
  if (operand?.kind !== "value") refuse(a, `the ${ordinal(index)} must be a number or a symbol`);
  return operand.value;
}

/** A number in a range. */
export function number(
  a: Assembly,
  operands: Operands,
  index: number,
  low: number,
  high: number,
): number {
  const found = constantOf(a, value(a, operands, index));
  if (found === undefined) refuse(a, `the ${ordinal(index)} must be a constant`);
  return inRange(a, found, low, high);
}

export function inRange(a: Assembly, found: bigint, low: number, high: number): number {
  if (found < BigInt(low) || found > BigInt(high)) {
    refuse(a, `${found} is out of range: it must be ${low} to ${high}`);
  }
  return Number(found);
}

/** A symbol and what is added to it, of an operand without %modifier. */
export function target(
  a: Assembly,
  operands: Operands,
  index: number,
): { symbol: AsmSymbol; addend: bigint } {
  const operand = operands[index];
  // A label that is called like a CSR or a fence's operand.
  if (operand?.kind === "name") return { symbol: symbolNamed(a, operand.name), addend: 0n };
  const found = value(a, operands, index);
  if (found.symbol === undefined || found.minus !== undefined || found.modifier !== undefined) {
    refuse(a, `the ${ordinal(index)} must be a label`);
  }
  return { symbol: usedSymbol(a, found.symbol), addend: found.addend };
}

/** The number of a CSR by name or by number. */
export function csr(a: Assembly, operands: Operands, index: number): number {
  const operand = operands[index];
  if (operand?.kind === "name") {
    const found = csrNumber(operand.name);
    if (found === undefined) refuse(a, `unknown control and status register '${operand.name}'`);
    return found;
  }
  return number(a, operands, index, 0, 4095);
}

/** A fence's `rw`, as its bits. */
export function fenceSet(a: Assembly, operands: Operands, index: number): number {
  const operand = operands[index];
  if (operand?.kind === "value" && operand.value.symbol === undefined) {
    return number(a, operands, index, 0, 15);
  }
  const name = operand?.kind === "name" ? operand.name : "";
  let bits = 0;
  let last = 16;
  for (const letter of name) {
    const at = "iorw".indexOf(letter);
    const bit = at < 0 ? 16 : 8 >> at;
    // Each once and in this order.
    if (bit >= last) refuse(a, `'${name}' is no set of i, o, r and w, in this order`);
    bits |= bit;
    last = bit;
  }
  if (bits === 0) refuse(a, `the ${ordinal(index)} must be a set of i, o, r and w`);
  return bits;
}
