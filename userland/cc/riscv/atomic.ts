// Atomic operations (RISC-V unprivileged ISA, extension A), all of them sequentially consistent.

import type { AtomicOperator, Instruction } from "../ir/ir.ts";
import { NONE } from "./machine.ts";
import { emit, newRegister, registerFor, registerOf, type Selection } from "./selection.ts";

const NAMES: Readonly<Record<AtomicOperator, string>> = {
  swap: "amoswap",
  add: "amoadd",
  and: "amoand",
  or: "amoor",
  xor: "amoxor",
};

export function selectAtomic(s: Selection, m: Extract<Instruction, { op: "atomic" }>): void {
  const address = registerFor(s, m.address);
  const value = registerFor(s, m.value);
  const name = `${NAMES[m.operator]}.${m.size === 4 ? "w" : "d"}.aqrl`;
  emit(s, "amo", name, registerOf(m.to), address, value);
}

/** A loop of load-reserved and store-conditional that stays together: emit.ts writes it. */
export function selectCompareExchange(
  s: Selection,
  m: Extract<Instruction, { op: "compare-exchange" }>,
): void {
  const address = registerFor(s, m.address);
  const expected = registerFor(s, m.expected);
  const desired = registerFor(s, m.desired);
  const item = emit(s, "cas", m.size === 4 ? "w" : "d", NONE, address, expected);
  item.uses = [desired];
  // Both are written while the others are still to be read again.
  item.defs = [registerOf(m.to), newRegister(s)];
  item.early = [true, true];
}
