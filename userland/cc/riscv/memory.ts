// Copying and clearing memory of known size: a few loads and stores as wide as the alignment allows, or a call.

import type { Instruction, Operand } from "../ir/ir.ts";
import { callLibrary } from "./call.ts";
import { ZERO } from "./registers.ts";
import { loadFrom, storeTo } from "./select-address.ts";
import { newRegister, resolve, registerFor, type Selection } from "./selection.ts";

/** So many accesses in a row are shorter than a call and what it takes. */
export const MOST_ACCESSES = 16;
/** Loads before the first of their stores: enough to hide a load's latency, few enough for the registers. */
const AT_ONCE = 4;

const LOADS: Readonly<Record<number, string>> = { 1: "lbu", 2: "lhu", 4: "lw", 8: "ld" };
const STORES: Readonly<Record<number, string>> = { 1: "sb", 2: "sh", 4: "sw", 8: "sd" };

/** The accesses that cover `size` bytes; undefined: too many. */
function pieces(size: number, align: number): { offset: number; bytes: number }[] | undefined {
  const widest = Math.min(8, align);
  if (size > widest * MOST_ACCESSES) return undefined;
  const list: { offset: number; bytes: number }[] = [];
  let bytes = widest;
  for (let offset = 0; offset < size; offset += bytes) {
    while (bytes > size - offset) bytes >>= 1;
    list.push({ offset, bytes });
  }
  return list.length > MOST_ACCESSES ? undefined : list;
}

/** Whether the instruction becomes a call. */
export function callsLibrary(instruction: Instruction): boolean {
  return (
    (instruction.op === "copy-memory" || instruction.op === "zero-memory") &&
    pieces(instruction.size, instruction.align) === undefined
  );
}

export function selectCopyMemory(
  s: Selection,
  m: Extract<Instruction, { op: "copy-memory" }>,
): void {
  const list = pieces(m.size, m.align);
  if (list === undefined) {
    callLibrary(s, "memcpy", [m.to, m.from, { kind: "constant", value: BigInt(m.size) }]);
    return;
  }
  const to = base(s, m.to);
  const from = base(s, m.from);
  for (let at = 0; at < list.length; at += AT_ONCE) {
    const group = list.slice(at, at + AT_ONCE);
    const registers = group.map(({ offset, bytes }) => {
      const register = newRegister(s);
      loadFrom(s, LOADS[bytes] ?? "lbu", register, from, offset);
      return register;
    });
    group.forEach(({ offset, bytes }, index) => {
      storeTo(s, STORES[bytes] ?? "sb", registers[index] ?? ZERO, to, offset);
    });
  }
}

export function selectZeroMemory(
  s: Selection,
  m: Extract<Instruction, { op: "zero-memory" }>,
): void {
  const list = pieces(m.size, m.align);
  if (list === undefined) {
    const zero: Operand = { kind: "constant", value: 0n };
    callLibrary(s, "memset", [m.at, zero, { kind: "constant", value: BigInt(m.size) }]);
    return;
  }
  const at = base(s, m.at);
  for (const { offset, bytes } of list) storeTo(s, STORES[bytes] ?? "sb", ZERO, at, offset);
}

/** A symbol that is accessed in several places counts as such for everybody (select-address.ts). */
function base(s: Selection, operand: Operand): Operand {
  const at = resolve(s, operand);
  if (at.kind === "symbol") {
    s.symbolOffsets.set(at.name, undefined);
    registerFor(s, at);
  }
  return at;
}
