// The disassembler: one instruction as a person writes it, in the manner of objdump -M no-aliases with register names
// of the ABI. Compressed instructions keep their own names, with the operands of what they stand for.

import { expandCompressed, findCompressed } from "./isa-compressed.ts";
import { immediateOf, rdOf, rs1Of, rs2Of } from "./isa-format.ts";
import { findInstruction } from "./isa.ts";
import type { Instruction } from "./isa-instruction.ts";

/** ABI names of x0 … x31 (RISC-V ELF psABI, "Register Convention"). */
export const registerNames: readonly string[] = [
  ..."zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7".split(" "),
  ..."s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6".split(" "),
];

const csrNames = new Map([
  [0x001, "fflags"],
  [0x002, "frm"],
  [0x003, "fcsr"],
  [0xc00, "cycle"],
  [0xc01, "time"],
  [0xc02, "instret"],
]);

/** Length in bytes of the instruction whose low 16 bits are given: 2 or 4. */
export function instructionBytes(bits: number): 2 | 4 {
  return (bits & 3) === 3 ? 4 : 2;
}

function operandsText(one: Instruction, bits: number, pc: number | undefined): string {
  const imm = immediateOf(one.format, bits);
  const name = (register: number): string => registerNames[register] ?? `x${register}`;
  const rd = name(rdOf(bits));
  const rs1 = name(rs1Of(bits));
  const rs2 = name(rs2Of(bits));
  const target =
    pc === undefined ? `. ${imm < 0 ? "-" : "+"} ${Math.abs(imm)}` : `0x${(pc + imm).toString(16)}`;
  const csr = csrNames.get(imm) ?? `0x${imm.toString(16)}`;
  switch (one.format) {
    case "R":
      return `${rd}, ${rs1}, ${rs2}`;
    case "I":
    case "shift64":
    case "shift32":
      return `${rd}, ${rs1}, ${imm}`;
    case "load":
    case "jalr":
      return `${rd}, ${imm}(${rs1})`;
    case "store":
      return `${rs2}, ${imm}(${rs1})`;
    case "B":
      return `${rs1}, ${rs2}, ${target}`;
    case "U":
      return `${rd}, 0x${(imm >>> 12).toString(16)}`;
    case "J":
      return `${rd}, ${target}`;
    case "amo":
      return `${rd}, ${rs2}, (${rs1})`;
    case "lr":
      return `${rd}, (${rs1})`;
    case "csr":
      return `${rd}, ${csr}, ${rs1}`;
    case "csri":
      return `${rd}, ${csr}, ${rs1Of(bits)}`;
    case "fence":
    case "none":
      return "";
  }
}

/**
 * The text of one instruction. `bits` is a 32-bit word, of which only the low half counts for a compressed one; `pc`
 * makes targets absolute. What is not in the table reads "illegal".
 */
export function disassemble(bits: number, pc?: number): string {
  const short = instructionBytes(bits) === 2 ? bits & 0xffff : undefined;
  const word = short === undefined ? bits : expandCompressed(short);
  const one = findInstruction(word);
  if (one === undefined) return `illegal 0x${(short ?? bits >>> 0).toString(16)}`;
  const name = (short === undefined ? undefined : findCompressed(short)?.name) ?? one.name;
  const ordering = one.format === "amo" || one.format === "lr" ? orderingText(bits) : "";
  return `${name}${ordering} ${operandsText(one, word, pc)}`.trimEnd();
}

function orderingText(bits: number): string {
  return ["", ".rl", ".aq", ".aqrl"][(bits >>> 25) & 3] ?? "";
}
