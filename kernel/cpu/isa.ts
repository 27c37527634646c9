// The instruction table: RV64IMAC with Zicsr and Zifencei. The interpreter, the disassembler, the fuzzer and the
// documentation all read it; compressed instructions are rows of isa-compressed.ts, which expand to these.

import { atomicInstructions } from "./isa-atomic.ts";
import { baseInstructions } from "./isa-base.ts";
import type { Instruction } from "./isa-instruction.ts";
import { multiplyInstructions } from "./isa-multiply.ts";

export const instructions: readonly Instruction[] = [
  ...baseInstructions,
  ...multiplyInstructions,
  ...atomicInstructions,
];

/** Candidates by opcode bits 6…2 and funct3: a handful each, so that decoding is a short search. */
const candidates: readonly (readonly Instruction[])[] = Array.from({ length: 256 }, (_, key) => {
  const probe = ((key >>> 3) << 2) | 3 | ((key & 7) << 12);
  return instructions.filter((one) => ((probe ^ one.match) & one.mask & 0x707f) === 0);
});

/** The instruction that a 32-bit word encodes, or undefined: it is illegal. */
export function findInstruction(bits: number): Instruction | undefined {
  if ((bits & 3) !== 3) return undefined;
  const key = (((bits >>> 2) & 31) << 3) | ((bits >>> 12) & 7);
  return candidates[key]?.find((one) => ((bits ^ one.match) & one.mask) === 0);
}

const byName = new Map(instructions.map((one) => [one.name, one]));

/** The row of that mnemonic. Throws if there is none: names in the code are literals. */
export function instructionNamed(name: string): Instruction {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`no instruction is called ${name}`);
  return found;
}
