// From an instruction to its compressed spelling, by turning isa-compressed.ts around. In each of its rows a bit of the
// short instruction sets or clears always the same bits of the long one, so probing a row with one bit at a time tells
// how to read the short bits out of the long word. (RISC-V Unprivileged ISA, chapter "C".)

import {
  compressedInstructions,
  findCompressed,
  type Compressed,
} from "../../../kernel/cpu/isa-compressed.ts";
import { rdOf, rs1Of, rs2Of } from "../../../kernel/cpu/isa-format.ts";
import { instructionNamed } from "../../../kernel/cpu/isa.ts";

interface Inverse {
  readonly row: Compressed;
  /** What the short instruction with all free bits clear stands for. */
  readonly base: number;
  /** Bits of the long word that no short bit changes. */
  readonly fixed: number;
  /** For each free bit: itself, a long bit that only it changes, and all that it changes. */
  readonly short: readonly number[];
  readonly pivot: readonly number[];
  readonly long: readonly number[];
}

function inverseOf(row: Compressed): Inverse {
  const base = row.expand(row.match) | 0;
  const short: number[] = [];
  const long: number[] = [];
  let all = 0;
  for (let bit = 0; bit < 16; bit++) {
    if (((row.mask >>> bit) & 1) !== 0) continue;
    short.push(1 << bit);
    const changed = (row.expand(row.match | (1 << bit)) ^ base) | 0;
    long.push(changed);
    all |= changed;
  }
  const pivot = long.map((mine, index) => {
    let own = mine;
    for (const [other, theirs] of long.entries()) if (other !== index) own &= ~theirs;
    return own & -own;
  });
  return { row, base, fixed: ~all, short, pivot, long };
}

/** By opcode bits 6…2 and funct3 of the long instruction: the rows it might have been shortened by. */
const inverses: readonly (readonly Inverse[])[] = (() => {
  const table: Inverse[][] = Array.from({ length: 256 }, () => []);
  for (const row of compressedInstructions) {
    const one = instructionNamed(row.base);
    const inverse = inverseOf(row);
    const hasFunct3 = (one.mask & 0x7000) !== 0;
    for (let funct3 = 0; funct3 < 8; funct3++) {
      if (hasFunct3 && ((one.match >>> 12) & 7) !== funct3) continue;
      table[keyOf(one.match | (hasFunct3 ? 0 : funct3 << 12))]?.push(inverse);
    }
  }
  return table;
})();

function keyOf(word: number): number {
  return (((word >>> 2) & 31) << 3) | ((word >>> 12) & 7);
}

const NOP = 0x13;
const HINTS = new Set(["c.addi", "c.li", "c.lui", "c.slli", "c.srli", "c.srai", "c.mv", "c.add"]);

/** Encodings that mean nothing now, and may mean something one day. */
function isHint(row: Compressed, word: number): boolean {
  if (word === NOP || !HINTS.has(row.name)) return false;
  if (rdOf(word) === 0) return true;
  return (
    (row.name === "c.addi" && word >>> 20 === 0) ||
    ((row.name === "c.slli" || row.name === "c.srli" || row.name === "c.srai") &&
      ((word >>> 20) & 63) === 0)
  );
}

/** The 16-bit instruction that stands for the same, or 0. */
export function compress(word: number): number {
  const found = exact(word);
  if (found !== 0) return found;
  const funct7 = word >>> 25;
  const opcode = word & 0x7f;
  const funct3 = (word >>> 12) & 7;
  // rd = rs1 op rd: the operands of these may change places. add with x0 on either side is c.mv.
  const commutes =
    funct7 === 0 &&
    ((opcode === 0x33 && (funct3 === 0 || funct3 === 4 || funct3 === 6 || funct3 === 7)) ||
      (opcode === 0x3b && funct3 === 0));
  if (commutes) {
    const rs1 = rs1Of(word);
    const rs2 = rs2Of(word);
    return exact((word & ~0x1ff8000) | (rs2 << 15) | (rs1 << 20));
  }
  // addi rd, rs1, 0 is c.mv too, which the ISA has as an add.
  if ((word & 0xfff0707f) === 0x13 && rs1Of(word) !== 0 && rdOf(word) !== 0) {
    return exact(0x33 | (rdOf(word) << 7) | (rs1Of(word) << 20));
  }
  return 0;
}

function exact(word: number): number {
  const candidates = inverses[keyOf(word)] ?? [];
  for (const inverse of candidates) {
    const { row, short, pivot, long } = inverse;
    const difference = word ^ inverse.base;
    if ((difference & inverse.fixed) !== 0) continue;
    let half = row.match;
    let made = 0;
    for (let at = 0; at < short.length; at++) {
      if ((difference & (pivot[at] ?? 0)) === 0) continue;
      half |= short[at] ?? 0;
      made ^= long[at] ?? 0;
    }
    if (made === difference && findCompressed(half) === row && !isHint(row, word)) return half;
  }
  return 0;
}
