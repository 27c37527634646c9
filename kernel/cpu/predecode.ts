// From an instruction's bits to the two words of its decoded form (operations.ts draws it).

import { expandCompressed } from "./isa-compressed.ts";
import { immediateOf, rdOf, rs1Of, rs2Of, writesRd } from "./isa-format.ts";
import { findInstruction } from "./isa.ts";
import type { Instruction } from "./isa-instruction.ts";
import { OP_ILLEGAL, OP_NOP2, OP_NOP4, operationFor } from "./operations.ts";

export interface Decoded {
  op: number;
  /** The second word of the entry. */
  operands: number;
  /** Control does not go on to the next instruction, or not always. */
  ends: boolean;
}

const ending = new Set(["B", "J", "jalr"]);

function operandsOf(one: Instruction, bits: number, near: boolean): number {
  const { format } = one;
  const imm = immediateOf(format, bits);
  const a = (writesRd(format) ? rdOf(bits) : rs2Of(bits)) << 3;
  switch (format) {
    case "U":
      return a | ((imm >> 12) << 8);
    case "J":
      return a | ((near ? 4 * imm : imm) << 8);
    case "R":
    case "amo":
      return a | (rs1Of(bits) << 11) | (rs2Of(bits) << 19);
    case "B":
      return a | (rs1Of(bits) << 11) | ((near ? 4 * imm : imm) << 16);
    default:
      return a | (rs1Of(bits) << 11) | (imm << 16);
  }
}

/** Expansions found so far; 0 where there is none yet, or none at all. */
const expansions = new Int32Array(65536);

function expanded(h: number): number {
  const known = expansions[h] ?? 0;
  if (known !== 0) return known;
  const word = expandCompressed(h);
  expansions[h] = word;
  return word;
}

/**
 * Decodes one instruction into `out`. `bits` is the 32-bit word, or a 16-bit instruction whose low bits are not 11;
 * `offset` is its place in its page, in bytes, or -1 to make every branch a far one.
 */
export function decodeInstruction(bits: number, offset: number, out: Decoded): void {
  const bytes = (bits & 3) === 3 ? 4 : 2;
  const word = bytes === 4 ? bits : expanded(bits);
  const one = findInstruction(word);
  if (one === undefined) {
    out.op = OP_ILLEGAL;
    out.operands = bits;
    out.ends = true;
    return;
  }
  const discard = writesRd(one.format) && rdOf(word) === 0;
  out.ends = ending.has(one.format) || one.name === "ecall" || one.name === "ebreak";
  if ((discard && one.pure) || one.format === "fence") {
    out.op = bytes === 4 ? OP_NOP4 : OP_NOP2;
    out.operands = 0;
    return;
  }
  const relative = one.format === "B" || one.format === "J";
  const target = offset + (relative ? immediateOf(one.format, word) : 0);
  const near = relative && offset >= 0 && target >= 0 && target < 4096;
  const zero =
    one.format === "B" && rs2Of(word) === 0
      ? "rs2"
      : (one.format === "R" || one.format === "I") && rs1Of(word) === 0
        ? "rs1"
        : undefined;
  out.op = operationFor(one, { bytes, discard, far: relative && !near, zero });
  out.operands = operandsOf(one, word, near);
}
