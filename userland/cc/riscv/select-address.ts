// Addresses of loads and stores: offset(register) with 12 bits of offset, a symbol's lower part on top of its upper one,
// or a place in the frame.

import type { Operand } from "../ir/ir.ts";
import { type Machine, machine, NONE } from "./machine.ts";
import {
  constantOf,
  constantRegister,
  definitionOf,
  emitR,
  fits12,
  need,
  newRegister,
  objectOf,
  registerFor,
  resolve,
  type Selection,
  upperPart,
} from "./selection.ts";
import { TP } from "./registers.ts";

/** The last steps of adding constants that are looked through. */
const MOST_STEPS = 8;

/** Appends an access at address + offset; `m` is a load or a store but for where. */
export function access(s: Selection, m: Machine, address: Operand, offset: number): void {
  let at = resolve(s, address);
  let bytes = offset;
  for (let steps = 0; steps < MOST_STEPS && at.kind === "temp"; steps++) {
    const definition = definitionOf(s, at);
    if (definition?.op === "thread-pointer" && fits12(bytes)) {
      m.rs1 = TP;
      m.immediate = bytes;
      s.sequence.push(m);
      return;
    }
    if (definition?.op !== "binary" || definition.to.width !== "l") break;
    // The sum lives on anyway: what it was made from need not.
    if (s.isPhiSource[at.id] === 1) break;
    const { operator } = definition;
    if (operator !== "add" && operator !== "sub") break;
    const right = constantOf(s, definition.right);
    const left = resolve(s, definition.left);
    if (right !== undefined) {
      const sum = BigInt(bytes) + (operator === "add" ? right : -right);
      if (left.kind === "temp" ? !fits12(sum) : sum < -0x4000_0000n || sum > 0x4000_0000n) break;
      at = left;
      bytes = Number(sum);
      continue;
    }
    if (operator === "add" && s.useCounts[at.id] === 1) {
      const other = resolve(s, definition.right);
      const symbol = left.kind === "symbol" ? left : other.kind === "symbol" ? other : undefined;
      const index = symbol === left ? other : left;
      if (symbol !== undefined && index.kind === "temp" && !isUsedInParts(s, symbol.name)) {
        const base = newRegister(s);
        const upper = upperPart(s, symbol.name, symbol.offset + bytes);
        emitR(s, "add", base, upper, need(s, index));
        m.rs1 = base;
        m.symbol = symbol.name;
        s.rigid.add(symbol.name);
        m.immediate = symbol.offset + bytes;
        s.sequence.push(m);
        return;
      }
    }
    break;
  }
  if (at.kind === "slot" && at.slot.align <= 16) {
    m.slot = objectOf(s, at.slot);
    m.immediate = at.offset + bytes;
  } else if (at.kind === "symbol" && !isUsedInParts(s, at.name)) {
    m.rs1 = upperPart(s, at.name, at.offset + bytes);
    m.symbol = at.name;
    m.immediate = at.offset + bytes;
  } else if (at.kind === "constant") {
    const whole = BigInt.asIntN(64, at.value + BigInt(bytes));
    const low = BigInt.asIntN(12, whole);
    m.rs1 = constantRegister(s, BigInt.asIntN(64, whole - low));
    m.immediate = Number(low);
  } else {
    if (at.kind !== "temp" && at.offset !== 0) {
      // The object's first byte serves all accesses.
      const whole = at.offset + bytes;
      if (fits12(whole)) {
        at = { ...at, offset: 0 };
        bytes = whole;
      }
    }
    m.rs1 = registerFor(s, at);
    if (!fits12(bytes)) {
      const low = Number(BigInt.asIntN(12, BigInt(bytes)));
      const base = newRegister(s);
      emitR(s, "add", base, constantRegister(s, BigInt(bytes - low)), m.rs1);
      m.rs1 = base;
      bytes = low;
    }
    m.immediate = bytes;
  }
  s.sequence.push(m);
}

/** Whether the function uses several places of a symbol: then its address in a register is worth having. */
function isUsedInParts(s: Selection, symbol: string): boolean {
  return s.symbolOffsets.get(symbol) === undefined;
}

export function loadFrom(
  s: Selection,
  mnemonic: string,
  rd: number,
  address: Operand,
  offset: number,
): void {
  access(s, machine("load", mnemonic, rd, NONE, NONE, 0, s.loc), address, offset);
}

export function storeTo(
  s: Selection,
  mnemonic: string,
  value: number,
  address: Operand,
  offset: number,
): void {
  access(s, machine("store", mnemonic, NONE, NONE, value, 0, s.loc), address, offset);
}
