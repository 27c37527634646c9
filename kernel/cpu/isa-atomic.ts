// A: load-reserved, store-conditional and atomic memory operations. Specification: RISC-V Unprivileged ISA, chapter
// "A". The aq and rl bits (26, 25) order memory between harts; one hart needs nothing for them, so they are ignored.

import type { Emitter } from "./isa-emitter.ts";
import { instruction } from "./isa-instruction.ts";
import type { Instruction } from "./isa-instruction.ts";

type Combine = <V, B>(e: Emitter<V, B>, old: V, operand: V) => V;

const widths = [
  { suffix: "w", bytes: 4, funct3: 2 },
  { suffix: "d", bytes: 8, funct3: 3 },
] as const;

function match(funct5: number, funct3: number): number {
  return (funct5 << 27) | (funct3 << 12) | 0x2f;
}

function amo(name: string, funct5: number, does: string, combine: Combine): Instruction[] {
  return widths.map(({ suffix, bytes, funct3 }) =>
    instruction({
      name: `${name}.${suffix}`,
      extension: "A",
      format: "amo",
      mask: 0xf800707f,
      match: match(funct5, funct3),
      does: `rd = sext(mem${bytes * 8}[rs1]); mem${bytes * 8}[rs1] = ${does}`,
      semantics: (e) => e.amo(bytes, (old, operand) => combine(e, old, operand)),
    }),
  );
}

const loadReserved = widths.map(({ suffix, bytes, funct3 }) =>
  instruction({
    name: `lr.${suffix}`,
    extension: "A",
    format: "lr",
    mask: 0xf9f0707f,
    match: match(2, funct3),
    does: `rd = sext(mem${bytes * 8}[rs1]); reserve rs1`,
    semantics: (e) => e.loadReserved(bytes),
  }),
);

const storeConditional = widths.map(({ suffix, bytes, funct3 }) =>
  instruction({
    name: `sc.${suffix}`,
    extension: "A",
    format: "amo",
    mask: 0xf800707f,
    match: match(3, funct3),
    does: `if (rs1 is reserved) { mem${bytes * 8}[rs1] = rs2; rd = 0 } else rd = 1; reserve nothing`,
    semantics: (e) => e.storeConditional(bytes),
  }),
);

// Minimum and maximum compare sign-extended operands; sign extension keeps the unsigned order of words too.
export const atomicInstructions: readonly Instruction[] = [
  ...loadReserved,
  ...storeConditional,
  ...amo("amoswap", 0x01, "rs2", (_, __, operand) => operand),
  ...amo("amoadd", 0x00, "old + rs2", (e, old, operand) => e.add(old, operand)),
  ...amo("amoxor", 0x04, "old ^ rs2", (e, old, operand) => e.xor(old, operand)),
  ...amo("amoand", 0x0c, "old & rs2", (e, old, operand) => e.and(old, operand)),
  ...amo("amoor", 0x08, "old | rs2", (e, old, operand) => e.or(old, operand)),
  ...amo("amomin", 0x10, "min_s(old, rs2)", (e, old, operand) =>
    e.choose(
      e.ltS(old, operand),
      () => old,
      () => operand,
    ),
  ),
  ...amo("amomax", 0x14, "max_s(old, rs2)", (e, old, operand) =>
    e.choose(
      e.ltS(old, operand),
      () => operand,
      () => old,
    ),
  ),
  ...amo("amominu", 0x18, "min_u(old, rs2)", (e, old, operand) =>
    e.choose(
      e.ltU(old, operand),
      () => old,
      () => operand,
    ),
  ),
  ...amo("amomaxu", 0x1c, "max_u(old, rs2)", (e, old, operand) =>
    e.choose(
      e.ltU(old, operand),
      () => operand,
      () => old,
    ),
  ),
];
