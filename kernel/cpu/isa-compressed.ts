// C: each compressed instruction is another spelling of a base instruction, so this table only expands.
// Specification: RISC-V Unprivileged ISA, chapter "C" (the tables "Instruction listing for RVC, Quadrant 0, 1, 2").
//
// Notation of the layouts below: 5 3 means that the bits there are imm[5] and imm[3], as in the specification.
// rd' rs1' rs2' are three-bit names of x8…x15.

import { encode } from "./isa-encode.ts";

export interface Compressed {
  readonly name: string;
  readonly mask: number;
  readonly match: number;
  /** The base instruction, as the documentation writes it. */
  readonly means: string;
  /** Names of base instructions that this one can become. */
  readonly base: string;
  /** Encodings that are reserved, and so illegal. */
  readonly reserved?: (h: number) => boolean;
  readonly expand: (h: number) => number;
}

/** Bits [from, from + width) of h, moved to `to`. */
function field(h: number, from: number, width: number, to: number): number {
  return ((h >>> from) & ((1 << width) - 1)) << to;
}

/** Sign-extends a value of `width` bits. */
function signed(value: number, width: number): number {
  return (value << (32 - width)) >> (32 - width);
}

const rd = (h: number): number => field(h, 7, 5, 0);
const rs2 = (h: number): number => field(h, 2, 5, 0);
const rdShort = (h: number): number => 8 + field(h, 2, 3, 0);
const rs1Short = (h: number): number => 8 + field(h, 7, 3, 0);

// 12: imm[5]; 6…2: imm[4:0]
const imm6 = (h: number): number => signed(field(h, 12, 1, 5) | field(h, 2, 5, 0), 6);
const shamt = (h: number): number => field(h, 12, 1, 5) | field(h, 2, 5, 0);
// 12…10: 5 4 3; 6: 2; 5: 6
const offsetWord = (h: number): number =>
  field(h, 10, 3, 3) | field(h, 6, 1, 2) | field(h, 5, 1, 6);
// 12…10: 5 4 3; 6 5: 7 6
const offsetDouble = (h: number): number => field(h, 10, 3, 3) | field(h, 5, 2, 6);
// 12: 5; 6…4: 4 3 2; 3 2: 7 6
const stackWord = (h: number): number => field(h, 12, 1, 5) | field(h, 4, 3, 2) | field(h, 2, 2, 6);
// 12: 5; 6 5: 4 3; 4…2: 8 7 6
const stackDouble = (h: number): number =>
  field(h, 12, 1, 5) | field(h, 5, 2, 3) | field(h, 2, 3, 6);
// 12…9: 5 4 3 2; 8 7: 7 6
const stackStoreWord = (h: number): number => field(h, 9, 4, 2) | field(h, 7, 2, 6);
// 12…10: 5 4 3; 9…7: 8 7 6
const stackStoreDouble = (h: number): number => field(h, 10, 3, 3) | field(h, 7, 3, 6);
// 12…11: 5 4; 10…7: 9 8 7 6; 6: 2; 5: 3
const addi4spn = (h: number): number =>
  field(h, 11, 2, 4) | field(h, 7, 4, 6) | field(h, 6, 1, 2) | field(h, 5, 1, 3);
// 12: 9; 6: 4; 5: 6; 4 3: 8 7; 2: 5
const addi16sp = (h: number): number =>
  signed(
    field(h, 12, 1, 9) |
      field(h, 6, 1, 4) |
      field(h, 5, 1, 6) |
      field(h, 3, 2, 7) |
      field(h, 2, 1, 5),
    10,
  );
// 12: 11; 11: 4; 10 9: 9 8; 8: 10; 7: 6; 6: 7; 5…3: 3 2 1; 2: 5
const jumpOffset = (h: number): number =>
  signed(
    field(h, 12, 1, 11) |
      field(h, 11, 1, 4) |
      field(h, 9, 2, 8) |
      field(h, 8, 1, 10) |
      field(h, 7, 1, 6) |
      field(h, 6, 1, 7) |
      field(h, 3, 3, 1) |
      field(h, 2, 1, 5),
    12,
  );
// 12: 8; 11 10: 4 3; 6 5: 7 6; 4 3: 2 1; 2: 5
const branchOffset = (h: number): number =>
  signed(
    field(h, 12, 1, 8) |
      field(h, 10, 2, 3) |
      field(h, 5, 2, 6) |
      field(h, 3, 2, 1) |
      field(h, 2, 1, 5),
    9,
  );

/** rd' = rd' op rs2' */
function arithmetic(name: string, match: number, base: string): Compressed {
  return {
    name,
    mask: 0xfc63,
    match,
    base,
    means: `${base} rd', rd', rs2'`,
    expand: (h) => encode(base, { rd: rs1Short(h), rs1: rs1Short(h), rs2: rdShort(h) }),
  };
}

// Order matters: the first row that matches wins (c.jr before c.mv, c.addi16sp before c.lui).
export const compressedInstructions: readonly Compressed[] = [
  {
    name: "c.addi4spn",
    mask: 0xe003,
    match: 0x0000,
    base: "addi",
    means: "addi rd', x2, imm",
    reserved: (h) => addi4spn(h) === 0,
    expand: (h) => encode("addi", { rd: rdShort(h), rs1: 2, imm: addi4spn(h) }),
  },
  {
    name: "c.lw",
    mask: 0xe003,
    match: 0x4000,
    base: "lw",
    means: "lw rd', imm(rs1')",
    expand: (h) => encode("lw", { rd: rdShort(h), rs1: rs1Short(h), imm: offsetWord(h) }),
  },
  {
    name: "c.ld",
    mask: 0xe003,
    match: 0x6000,
    base: "ld",
    means: "ld rd', imm(rs1')",
    expand: (h) => encode("ld", { rd: rdShort(h), rs1: rs1Short(h), imm: offsetDouble(h) }),
  },
  {
    name: "c.sw",
    mask: 0xe003,
    match: 0xc000,
    base: "sw",
    means: "sw rs2', imm(rs1')",
    expand: (h) => encode("sw", { rs2: rdShort(h), rs1: rs1Short(h), imm: offsetWord(h) }),
  },
  {
    name: "c.sd",
    mask: 0xe003,
    match: 0xe000,
    base: "sd",
    means: "sd rs2', imm(rs1')",
    expand: (h) => encode("sd", { rs2: rdShort(h), rs1: rs1Short(h), imm: offsetDouble(h) }),
  },
  {
    name: "c.addi",
    mask: 0xe003,
    match: 0x0001,
    base: "addi",
    means: "addi rd, rd, imm (c.nop for x0)",
    expand: (h) => encode("addi", { rd: rd(h), rs1: rd(h), imm: imm6(h) }),
  },
  {
    name: "c.addiw",
    mask: 0xe003,
    match: 0x2001,
    base: "addiw",
    means: "addiw rd, rd, imm",
    reserved: (h) => rd(h) === 0,
    expand: (h) => encode("addiw", { rd: rd(h), rs1: rd(h), imm: imm6(h) }),
  },
  {
    name: "c.li",
    mask: 0xe003,
    match: 0x4001,
    base: "addi",
    means: "addi rd, x0, imm",
    expand: (h) => encode("addi", { rd: rd(h), imm: imm6(h) }),
  },
  {
    name: "c.addi16sp",
    mask: 0xef83,
    match: 0x6101,
    base: "addi",
    means: "addi x2, x2, imm",
    reserved: (h) => addi16sp(h) === 0,
    expand: (h) => encode("addi", { rd: 2, rs1: 2, imm: addi16sp(h) }),
  },
  {
    name: "c.lui",
    mask: 0xe003,
    match: 0x6001,
    base: "lui",
    means: "lui rd, imm",
    reserved: (h) => imm6(h) === 0,
    expand: (h) => encode("lui", { rd: rd(h), imm: imm6(h) << 12 }),
  },
  {
    name: "c.srli",
    mask: 0xec03,
    match: 0x8001,
    base: "srli",
    means: "srli rd', rd', shamt",
    expand: (h) => encode("srli", { rd: rs1Short(h), rs1: rs1Short(h), imm: shamt(h) }),
  },
  {
    name: "c.srai",
    mask: 0xec03,
    match: 0x8401,
    base: "srai",
    means: "srai rd', rd', shamt",
    expand: (h) => encode("srai", { rd: rs1Short(h), rs1: rs1Short(h), imm: shamt(h) }),
  },
  {
    name: "c.andi",
    mask: 0xec03,
    match: 0x8801,
    base: "andi",
    means: "andi rd', rd', imm",
    expand: (h) => encode("andi", { rd: rs1Short(h), rs1: rs1Short(h), imm: imm6(h) }),
  },
  arithmetic("c.sub", 0x8c01, "sub"),
  arithmetic("c.xor", 0x8c21, "xor"),
  arithmetic("c.or", 0x8c41, "or"),
  arithmetic("c.and", 0x8c61, "and"),
  arithmetic("c.subw", 0x9c01, "subw"),
  arithmetic("c.addw", 0x9c21, "addw"),
  {
    name: "c.j",
    mask: 0xe003,
    match: 0xa001,
    base: "jal",
    means: "jal x0, offset",
    expand: (h) => encode("jal", { imm: jumpOffset(h) }),
  },
  {
    name: "c.beqz",
    mask: 0xe003,
    match: 0xc001,
    base: "beq",
    means: "beq rs1', x0, offset",
    expand: (h) => encode("beq", { rs1: rs1Short(h), imm: branchOffset(h) }),
  },
  {
    name: "c.bnez",
    mask: 0xe003,
    match: 0xe001,
    base: "bne",
    means: "bne rs1', x0, offset",
    expand: (h) => encode("bne", { rs1: rs1Short(h), imm: branchOffset(h) }),
  },
  {
    name: "c.slli",
    mask: 0xe003,
    match: 0x0002,
    base: "slli",
    means: "slli rd, rd, shamt",
    expand: (h) => encode("slli", { rd: rd(h), rs1: rd(h), imm: shamt(h) }),
  },
  {
    name: "c.lwsp",
    mask: 0xe003,
    match: 0x4002,
    base: "lw",
    means: "lw rd, imm(x2)",
    reserved: (h) => rd(h) === 0,
    expand: (h) => encode("lw", { rd: rd(h), rs1: 2, imm: stackWord(h) }),
  },
  {
    name: "c.ldsp",
    mask: 0xe003,
    match: 0x6002,
    base: "ld",
    means: "ld rd, imm(x2)",
    reserved: (h) => rd(h) === 0,
    expand: (h) => encode("ld", { rd: rd(h), rs1: 2, imm: stackDouble(h) }),
  },
  {
    name: "c.ebreak",
    mask: 0xffff,
    match: 0x9002,
    base: "ebreak",
    means: "ebreak",
    expand: () => encode("ebreak"),
  },
  {
    name: "c.jr",
    mask: 0xf07f,
    match: 0x8002,
    base: "jalr",
    means: "jalr x0, 0(rs1)",
    reserved: (h) => rd(h) === 0,
    expand: (h) => encode("jalr", { rs1: rd(h) }),
  },
  {
    name: "c.mv",
    mask: 0xf003,
    match: 0x8002,
    base: "add",
    means: "add rd, x0, rs2",
    expand: (h) => encode("add", { rd: rd(h), rs2: rs2(h) }),
  },
  {
    name: "c.jalr",
    mask: 0xf07f,
    match: 0x9002,
    base: "jalr",
    means: "jalr x1, 0(rs1)",
    expand: (h) => encode("jalr", { rd: 1, rs1: rd(h) }),
  },
  {
    name: "c.add",
    mask: 0xf003,
    match: 0x9002,
    base: "add",
    means: "add rd, rd, rs2",
    expand: (h) => encode("add", { rd: rd(h), rs1: rd(h), rs2: rs2(h) }),
  },
  {
    name: "c.swsp",
    mask: 0xe003,
    match: 0xc002,
    base: "sw",
    means: "sw rs2, imm(x2)",
    expand: (h) => encode("sw", { rs2: rs2(h), rs1: 2, imm: stackStoreWord(h) }),
  },
  {
    name: "c.sdsp",
    mask: 0xe003,
    match: 0xe002,
    base: "sd",
    means: "sd rs2, imm(x2)",
    expand: (h) => encode("sd", { rs2: rs2(h), rs1: 2, imm: stackStoreDouble(h) }),
  },
];

/** Candidates by quadrant and funct3. */
const candidates: readonly (readonly Compressed[])[] = Array.from({ length: 32 }, (_, key) =>
  compressedInstructions.filter(
    (one) => (((key >>> 2) << 13) | (key & 3)) === (one.match & 0xe003),
  ),
);

/** The row that a 16-bit instruction (low bits not 11) matches, or undefined: it is illegal. */
export function findCompressed(h: number): Compressed | undefined {
  const row = candidates[((h >>> 13) << 2) | (h & 3)]?.find((one) => (h & one.mask) === one.match);
  return row?.reserved?.(h) === true ? undefined : row;
}

/** The 32-bit word that a 16-bit instruction stands for, or 0 (which is illegal) if it is none. */
export function expandCompressed(h: number): number {
  const row = findCompressed(h);
  return row === undefined ? 0 : row.expand(h);
}
