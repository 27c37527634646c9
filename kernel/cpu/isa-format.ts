// Operand formats: where the fields of a 32-bit instruction are, and how each is written in assembly.
// Specification: RISC-V Unprivileged ISA, "Base Instruction Formats" and "Immediate Encoding Variants".
//
//    31          25 24   20 19   15 14  12 11         7 6      0
//   +--------------+-------+-------+------+------------+--------+
// R |    funct7    |  rs2  |  rs1  |funct3|     rd     | opcode |
// I |      imm[11:0]       |  rs1  |funct3|     rd     | opcode |
// S |   imm[11:5]  |  rs2  |  rs1  |funct3|  imm[4:0]  | opcode |
// B | imm[12|10:5] |  rs2  |  rs1  |funct3|imm[4:1|11] | opcode |
// U |                imm[31:12]           |     rd     | opcode |
// J |          imm[20|10:1|11|19:12]      |     rd     | opcode |
//   +--------------+-------+-------+------+------------+--------+

export type Format =
  | "R" // rd, rs1, rs2
  | "I" // rd, rs1, imm
  | "shift64" // rd, rs1, shamt of six bits
  | "shift32" // rd, rs1, shamt of five bits
  | "load" // rd, imm(rs1)
  | "store" // rs2, imm(rs1)
  | "B" // rs1, rs2, target
  | "U" // rd, imm20
  | "J" // rd, target
  | "jalr" // rd, imm(rs1)
  | "amo" // rd, rs2, (rs1)
  | "lr" // rd, (rs1)
  | "csr" // rd, csr, rs1
  | "csri" // rd, csr, uimm5
  | "fence" // predecessor, successor
  | "none";

export interface Operands {
  rd: number;
  rs1: number;
  rs2: number;
  /** The immediate as the instruction uses it (LUI's is already shifted); a CSR's number; a fence's fields. */
  imm: number;
}

export function rdOf(bits: number): number {
  return (bits >>> 7) & 31;
}

export function rs1Of(bits: number): number {
  return (bits >>> 15) & 31;
}

export function rs2Of(bits: number): number {
  return (bits >>> 20) & 31;
}

/** The immediate of an instruction in that format; 0 where the format has none. */
export function immediateOf(format: Format, bits: number): number {
  switch (format) {
    case "I":
    case "load":
    case "jalr":
      return bits >> 20;
    case "shift64":
      return (bits >>> 20) & 63;
    case "shift32":
      return (bits >>> 20) & 31;
    case "csr":
    case "csri":
    case "fence":
      return bits >>> 20;
    case "store":
      return ((bits >> 25) << 5) | ((bits >>> 7) & 31);
    case "B":
      return (
        ((bits >> 31) << 12) |
        (((bits >>> 7) & 1) << 11) |
        (((bits >>> 25) & 63) << 5) |
        (((bits >>> 8) & 15) << 1)
      );
    case "U":
      return bits & 0xfffff000;
    case "J":
      return (
        ((bits >> 31) << 20) |
        (((bits >>> 12) & 255) << 12) |
        (((bits >>> 20) & 1) << 11) |
        (((bits >>> 21) & 1023) << 1)
      );
    case "R":
    case "amo":
    case "lr":
    case "none":
      return 0;
  }
}

/** The bits of an immediate, at their places; the inverse of immediateOf. */
export function placeImmediate(format: Format, imm: number): number {
  switch (format) {
    case "I":
    case "load":
    case "jalr":
    case "shift64":
    case "shift32":
    case "csr":
    case "csri":
    case "fence":
      return imm << 20;
    case "store":
      return (((imm >> 5) & 127) << 25) | ((imm & 31) << 7);
    case "B":
      return (
        (((imm >> 12) & 1) << 31) |
        (((imm >> 5) & 63) << 25) |
        (((imm >> 1) & 15) << 8) |
        (((imm >> 11) & 1) << 7)
      );
    case "U":
      return imm & 0xfffff000;
    case "J":
      return (
        (((imm >> 20) & 1) << 31) |
        (((imm >> 1) & 1023) << 21) |
        (((imm >> 11) & 1) << 20) |
        (((imm >> 12) & 255) << 12)
      );
    case "R":
    case "amo":
    case "lr":
    case "none":
      return 0;
  }
}

export function writesRd(format: Format): boolean {
  return format !== "store" && format !== "B" && format !== "fence" && format !== "none";
}

export function readsRs1(format: Format): boolean {
  return !["U", "J", "csri", "fence", "none"].includes(format);
}

export function readsRs2(format: Format): boolean {
  return ["R", "store", "B", "amo"].includes(format);
}
