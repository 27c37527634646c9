// RV64I, Zicsr and Zifencei. Specification: RISC-V Unprivileged ISA, chapters RV32I, RV64I, Zifencei, Zicsr.

import type { AccessBytes, Semantics } from "./isa-emitter.ts";
import type { Format } from "./isa-format.ts";
import { instruction } from "./isa-instruction.ts";
import type { Extension, Instruction } from "./isa-instruction.ts";

const CAUSE_BREAKPOINT = 3;
const CAUSE_ECALL_USER = 8;

/** opcode, funct3 and funct7 as they lie in the word. */
function fields(opcode: number, funct3 = 0, funct7 = 0): number {
  return (funct7 << 25) | (funct3 << 12) | opcode;
}

const MASK_OPCODE = 0x7f;
const MASK_F3 = 0x707f;
const MASK_F7 = 0xfe00707f;
const MASK_SHIFT64 = 0xfc00707f;
const MASK_ALL = 0xffffffff;

function row(
  name: string,
  format: Format,
  mask: number,
  match: number,
  does: string,
  semantics: Semantics,
  extension: Extension = "I",
): Instruction {
  return instruction({ name, extension, format, mask, match, does, semantics });
}

function load(name: string, funct3: number, bytes: AccessBytes, signed: boolean): Instruction {
  const does = `rd = ${signed ? "sext" : "zext"}(mem${bytes * 8}[rs1 + imm])`;
  return row(name, "load", MASK_F3, fields(0x03, funct3), does, (e) => {
    e.rd(e.load(bytes, signed, e.add(e.rs1(), e.imm())));
  });
}

function store(name: string, funct3: number, bytes: AccessBytes): Instruction {
  return row(
    name,
    "store",
    MASK_F3,
    fields(0x23, funct3),
    `mem${bytes * 8}[rs1 + imm] = rs2`,
    (e) => {
      e.store(bytes, e.add(e.rs1(), e.imm()), e.rs2());
    },
  );
}

function branch(name: string, funct3: number, test: string, semantics: Semantics): Instruction {
  return row(name, "B", MASK_F3, fields(0x63, funct3), `if (rs1 ${test} rs2) pc += imm`, semantics);
}

function immediate(name: string, funct3: number, does: string, semantics: Semantics): Instruction {
  return row(name, "I", MASK_F3, fields(0x13, funct3), does, semantics);
}

function register(
  name: string,
  opcode: number,
  funct3: number,
  funct7: number,
  does: string,
  semantics: Semantics,
): Instruction {
  return row(name, "R", MASK_F7, fields(opcode, funct3, funct7), does, semantics);
}

function shift64(
  name: string,
  funct3: number,
  funct7: number,
  does: string,
  semantics: Semantics,
): Instruction {
  return row(name, "shift64", MASK_SHIFT64, fields(0x13, funct3, funct7), does, semantics);
}

function shift32(
  name: string,
  funct3: number,
  funct7: number,
  does: string,
  semantics: Semantics,
): Instruction {
  return row(name, "shift32", MASK_F7, fields(0x1b, funct3, funct7), does, semantics);
}

function csr(
  name: string,
  funct3: number,
  format: Format,
  does: string,
  semantics: Semantics,
): Instruction {
  return row(name, format, MASK_F3, fields(0x73, funct3), does, semantics, "Zicsr");
}

export const baseInstructions: readonly Instruction[] = [
  row("lui", "U", MASK_OPCODE, 0x37, "rd = imm", (e) => e.rd(e.imm())),
  row("auipc", "U", MASK_OPCODE, 0x17, "rd = pc + imm", (e) => e.rd(e.add(e.pc(), e.imm()))),
  row("jal", "J", MASK_OPCODE, 0x6f, "rd = next; pc += imm", (e) => {
    e.rd(e.next());
    e.jump();
  }),
  row("jalr", "jalr", MASK_F3, fields(0x67), "t = (rs1 + imm) & ~1; rd = next; pc = t", (e) => {
    const target = e.let(e.and(e.add(e.rs1(), e.imm()), e.constant(-2)));
    e.rd(e.next());
    e.jumpTo(target);
  }),

  branch("beq", 0, "==", (e) => e.branch(e.eq(e.rs1(), e.rs2()))),
  branch("bne", 1, "!=", (e) => e.branch(e.ne(e.rs1(), e.rs2()))),
  branch("blt", 4, "<s", (e) => e.branch(e.ltS(e.rs1(), e.rs2()))),
  branch("bge", 5, ">=s", (e) => e.branch(e.geS(e.rs1(), e.rs2()))),
  branch("bltu", 6, "<u", (e) => e.branch(e.ltU(e.rs1(), e.rs2()))),
  branch("bgeu", 7, ">=u", (e) => e.branch(e.geU(e.rs1(), e.rs2()))),

  load("lb", 0, 1, true),
  load("lh", 1, 2, true),
  load("lw", 2, 4, true),
  load("ld", 3, 8, true),
  load("lbu", 4, 1, false),
  load("lhu", 5, 2, false),
  load("lwu", 6, 4, false),
  store("sb", 0, 1),
  store("sh", 1, 2),
  store("sw", 2, 4),
  store("sd", 3, 8),

  immediate("addi", 0, "rd = rs1 + imm", (e) => e.rd(e.add(e.rs1(), e.imm()))),
  immediate("slti", 2, "rd = rs1 <s imm", (e) => e.rd(e.flag(e.ltS(e.rs1(), e.imm())))),
  immediate("sltiu", 3, "rd = rs1 <u imm", (e) => e.rd(e.flag(e.ltU(e.rs1(), e.imm())))),
  immediate("xori", 4, "rd = rs1 ^ imm", (e) => e.rd(e.xor(e.rs1(), e.imm()))),
  immediate("ori", 6, "rd = rs1 | imm", (e) => e.rd(e.or(e.rs1(), e.imm()))),
  immediate("andi", 7, "rd = rs1 & imm", (e) => e.rd(e.and(e.rs1(), e.imm()))),
  shift64("slli", 1, 0, "rd = rs1 << imm", (e) => e.rd(e.shl(e.rs1(), e.imm()))),
  shift64("srli", 5, 0, "rd = rs1 >>u imm", (e) => e.rd(e.shr(e.rs1(), e.imm()))),
  shift64("srai", 5, 0x20, "rd = rs1 >>s imm", (e) => e.rd(e.sar(e.rs1(), e.imm()))),

  register("add", 0x33, 0, 0, "rd = rs1 + rs2", (e) => e.rd(e.add(e.rs1(), e.rs2()))),
  register("sub", 0x33, 0, 0x20, "rd = rs1 - rs2", (e) => e.rd(e.sub(e.rs1(), e.rs2()))),
  register("sll", 0x33, 1, 0, "rd = rs1 << (rs2 & 63)", (e) => e.rd(e.shl(e.rs1(), e.rs2()))),
  register("slt", 0x33, 2, 0, "rd = rs1 <s rs2", (e) => e.rd(e.flag(e.ltS(e.rs1(), e.rs2())))),
  register("sltu", 0x33, 3, 0, "rd = rs1 <u rs2", (e) => e.rd(e.flag(e.ltU(e.rs1(), e.rs2())))),
  register("xor", 0x33, 4, 0, "rd = rs1 ^ rs2", (e) => e.rd(e.xor(e.rs1(), e.rs2()))),
  register("srl", 0x33, 5, 0, "rd = rs1 >>u (rs2 & 63)", (e) => e.rd(e.shr(e.rs1(), e.rs2()))),
  register("sra", 0x33, 5, 0x20, "rd = rs1 >>s (rs2 & 63)", (e) => e.rd(e.sar(e.rs1(), e.rs2()))),
  register("or", 0x33, 6, 0, "rd = rs1 | rs2", (e) => e.rd(e.or(e.rs1(), e.rs2()))),
  register("and", 0x33, 7, 0, "rd = rs1 & rs2", (e) => e.rd(e.and(e.rs1(), e.rs2()))),

  row("addiw", "I", MASK_F3, fields(0x1b, 0), "rd = sext32(rs1 + imm)", (e) => {
    e.rd(e.sext32(e.add(e.rs1(), e.imm())));
  }),
  shift32("slliw", 1, 0, "rd = sext32(rs1 << imm)", (e) => {
    e.rd(e.sext32(e.shl(e.rs1(), e.imm())));
  }),
  shift32("srliw", 5, 0, "rd = sext32(zext32(rs1) >>u imm)", (e) => {
    e.rd(e.sext32(e.shr(e.zext32(e.rs1()), e.imm())));
  }),
  shift32("sraiw", 5, 0x20, "rd = sext32(rs1) >>s imm", (e) => {
    e.rd(e.sar(e.sext32(e.rs1()), e.imm()));
  }),
  register("addw", 0x3b, 0, 0, "rd = sext32(rs1 + rs2)", (e) => {
    e.rd(e.sext32(e.add(e.rs1(), e.rs2())));
  }),
  register("subw", 0x3b, 0, 0x20, "rd = sext32(rs1 - rs2)", (e) => {
    e.rd(e.sext32(e.sub(e.rs1(), e.rs2())));
  }),
  register("sllw", 0x3b, 1, 0, "rd = sext32(rs1 << (rs2 & 31))", (e) => {
    e.rd(e.sext32(e.shl(e.rs1(), e.and(e.rs2(), e.constant(31)))));
  }),
  register("srlw", 0x3b, 5, 0, "rd = sext32(zext32(rs1) >>u (rs2 & 31))", (e) => {
    e.rd(e.sext32(e.shr(e.zext32(e.rs1()), e.and(e.rs2(), e.constant(31)))));
  }),
  register("sraw", 0x3b, 5, 0x20, "rd = sext32(rs1) >>s (rs2 & 31)", (e) => {
    e.rd(e.sar(e.sext32(e.rs1()), e.and(e.rs2(), e.constant(31))));
  }),

  row(
    "fence",
    "fence",
    MASK_F3,
    fields(0x0f, 0),
    "nothing: one hart sees its own order",
    () => undefined,
  ),
  row(
    "fence.i",
    "none",
    MASK_F3,
    fields(0x0f, 1),
    "stores become instructions",
    (e) => e.fenceI(),
    "Zifencei",
  ),
  row("ecall", "none", MASK_ALL, 0x00000073, "trap 8", (e) => e.trap(CAUSE_ECALL_USER)),
  row("ebreak", "none", MASK_ALL, 0x00100073, "trap 3", (e) => e.trap(CAUSE_BREAKPOINT)),

  csr("csrrw", 1, "csr", "rd = csr; csr = rs1", (e) => e.csr("write")),
  csr("csrrs", 2, "csr", "rd = csr; if (rs1 is not x0) csr |= rs1", (e) => e.csr("set")),
  csr("csrrc", 3, "csr", "rd = csr; if (rs1 is not x0) csr &= ~rs1", (e) => e.csr("clear")),
  csr("csrrwi", 5, "csri", "rd = csr; csr = uimm", (e) => e.csr("write")),
  csr("csrrsi", 6, "csri", "rd = csr; if (uimm) csr |= uimm", (e) => e.csr("set")),
  csr("csrrci", 7, "csri", "rd = csr; if (uimm) csr &= ~uimm", (e) => e.csr("clear")),
];
