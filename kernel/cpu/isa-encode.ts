// Encoding: an instruction's bits from its name and operands. For tests, the fuzzer and compilers.

import { instructionNamed } from "./isa.ts";
import { placeImmediate, readsRs1, readsRs2, writesRd } from "./isa-format.ts";
import type { Operands } from "./isa-format.ts";

/** Fields that the format lacks are ignored; csri's five-bit immediate is rs1. The result is unsigned. */
export function encode(name: string, operands: Partial<Operands> = {}): number {
  const { match, format } = instructionNamed(name);
  let bits = match | placeImmediate(format, operands.imm ?? 0);
  if (writesRd(format)) bits |= (operands.rd ?? 0) << 7;
  if (readsRs1(format) || format === "csri") bits |= (operands.rs1 ?? 0) << 15;
  if (readsRs2(format)) bits |= (operands.rs2 ?? 0) << 20;
  return bits >>> 0;
}
