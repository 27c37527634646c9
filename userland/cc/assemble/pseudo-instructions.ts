// What is written as an instruction and is another one, or several. (RISC-V Assembly Programmer's Manual, "Pseudoinstructions";
// explicit compressed ones: RISC-V Unprivileged ISA, chapter "C".)

import { compressedInstructions } from "../../../kernel/cpu/isa-compressed.ts";
import { instructionNamed } from "../../../kernel/cpu/isa.ts";
import * as R from "../object/relocation-types.ts";
import {
  anonymousHere,
  type Assembly,
  constantOf,
  emitRelocated,
  emitWord,
  refuse,
  word,
} from "./assembly.ts";
import { constantSequence } from "./constant-sequence.ts";
import {
  emitBranch,
  emitImmediate,
  emitJump,
  emitPcRelative,
  type Handler,
  tableHandlers,
} from "./instructions.ts";
import { csr, expectCount, isRegister, number, register, target, value } from "./operands.ts";
import { put16, put32 } from "./section-builder.ts";

const row = instructionNamed;
const addi = row("addi");
const auipc = row("auipc");
const jalr = row("jalr");

/** Loads a constant. */
function loadConstant(a: Assembly, rd: number, constant: bigint): void {
  let from = 0;
  for (const { name, immediate } of constantSequence(constant)) {
    emitWord(a, word(row(name), rd, name === "lui" ? 0 : from, 0, immediate));
    from = rd;
  }
}

const li: Handler = (a, o, m) => {
  expectCount(a, o, 2, m);
  const rd = register(a, o, 0);
  const wanted = value(a, o, 1);
  const constant = constantOf(a, wanted);
  if (constant !== undefined) loadConstant(a, rd, constant);
  else if (wanted.modifier === "lo") emitImmediate(a, addi, rd, 0, 0, wanted);
  else refuse(a, "li needs a constant; la loads an address");
};

const la: Handler = (a, o, m) => {
  expectCount(a, o, 2, m);
  const rd = register(a, o, 0);
  const constant = o[1]?.kind === "value" ? constantOf(a, o[1].value) : undefined;
  if (constant !== undefined) {
    loadConstant(a, rd, constant);
    return;
  }
  const { symbol, addend } = target(a, o, 1);
  if (rd === 0) refuse(a, `${m} needs a register other than x0`);
  const low = word(addi, rd, rd, 0, 0);
  emitPcRelative(
    a,
    rd,
    (label) => emitRelocated(a, low, R.R_RISCV_PCREL_LO12_I, label, 0n),
    symbol,
    addend,
  );
};

/** The distance of a symbol from tp, from the linker's table. */
const loadThreadDistance: Handler = (a, o, m) => {
  expectCount(a, o, 2, m);
  const rd = register(a, o, 0);
  const { symbol, addend } = target(a, o, 1);
  if (rd === 0) refuse(a, `${m} needs a register other than x0`);
  const label = anonymousHere(a, "pcrel_hi");
  emitRelocated(a, word(auipc, rd, 0, 0, 0), R.R_RISCV_TLS_GOT_HI20, symbol, addend);
  emitRelocated(a, word(row("ld"), rd, rd, 0, 0), R.R_RISCV_PCREL_LO12_I, label, 0n);
};

/** auipc and jalr under one relocation; `rd` is where the way back goes, `through` where the address does. */
function far(
  a: Assembly,
  rd: number,
  through: number,
  o: Parameters<Handler>[1],
  at: number,
): void {
  const { symbol, addend } = target(a, o, at);
  emitRelocated(a, word(auipc, through, 0, 0, 0), R.R_RISCV_CALL_PLT, symbol, addend);
  put32(a.section, word(jalr, rd, through, 0, 0));
}

/** One source, which the instruction has as the first or the second; the other is zero or a number. */
function unary(name: string, rs1: "zero" | "rs", rs2: "zero" | "rs" | number): Handler {
  const one = row(name);
  return (a, o, m) => {
    expectCount(a, o, 2, m);
    const rs = register(a, o, 1);
    const imm = typeof rs2 === "number" ? rs2 : 0;
    emitWord(a, word(one, register(a, o, 0), rs1 === "rs" ? rs : 0, rs2 === "rs" ? rs : 0, imm));
  };
}

/** Shifts to the left end and back: extension of what has so many bits. */
function extension(back: "srai" | "srli", bits: number): Handler {
  return (a, o, m) => {
    expectCount(a, o, 2, m);
    const rd = register(a, o, 0);
    emitWord(a, word(row("slli"), rd, register(a, o, 1), 0, 64 - bits));
    emitWord(a, word(row(back), rd, rd, 0, 64 - bits));
  };
}

/** A branch that compares with zero, on either side. */
function zeroBranch(name: string, side: "left" | "right"): Handler {
  const one = row(name);
  return (a, o, m) => {
    expectCount(a, o, 2, m);
    const rs = register(a, o, 0);
    const { symbol, addend } = target(a, o, 1);
    if (side === "left") emitBranch(a, one, rs, 0, symbol, addend);
    else emitBranch(a, one, 0, rs, symbol, addend);
  };
}

function swappedBranch(name: string): Handler {
  const one = row(name);
  return (a, o, m) => {
    expectCount(a, o, 3, m);
    const { symbol, addend } = target(a, o, 2);
    emitBranch(a, one, register(a, o, 1), register(a, o, 0), symbol, addend);
  };
}

function swapped(name: string): Handler {
  const one = row(name);
  return (a, o, m) => {
    expectCount(a, o, 3, m);
    emitWord(a, word(one, register(a, o, 0), register(a, o, 2), register(a, o, 1), 0));
  };
}

function whole(bits: number): Handler {
  return (a, o, m) => {
    expectCount(a, o, 0, m);
    emitWord(a, bits);
  };
}

function readCsr(which: number): Handler {
  return (a, o, m) => {
    expectCount(a, o, 1, m);
    emitWord(a, word(row("csrrs"), register(a, o, 0), 0, 0, which));
  };
}

/** `csrw csr, rs` and its like: what was there is not wanted. */
function writeCsr(name: string): Handler {
  return (a, o, m) => {
    expectCount(a, o, 2, m);
    const which = csr(a, o, 0);
    if (isRegister(o, 1) && !m.endsWith("i")) {
      emitWord(a, word(row(name), 0, register(a, o, 1), 0, which));
    } else emitWord(a, word(row(`${name}i`), 0, number(a, o, 1, 0, 31), 0, which));
  };
}

const pseudo = new Map<string, Handler>([
  ["nop", whole(0x13)],
  ["li", li],
  ["la", la],
  ["la.tls.ie", loadThreadDistance],
  ["lla", la],
  [
    "call",
    (a, o, m) => {
      if (o.length === 2) far(a, register(a, o, 0), register(a, o, 0), o, 1);
      else {
        expectCount(a, o, 1, m);
        far(a, 1, 1, o, 0);
      }
    },
  ],
  [
    "tail",
    (a, o, m) => {
      expectCount(a, o, 1, m);
      far(a, 0, 6, o, 0);
    },
  ],
  [
    "jump",
    (a, o, m) => {
      expectCount(a, o, 2, m);
      far(a, 0, register(a, o, 1), o, 0);
    },
  ],
  [
    "j",
    (a, o, m) => {
      expectCount(a, o, 1, m);
      const { symbol, addend } = target(a, o, 0);
      emitJump(a, symbol, addend);
    },
  ],
  [
    "jr",
    (a, o, m) => {
      const first = o[0];
      if (first?.kind === "memory") {
        expectCount(a, o, 1, m);
        emitImmediate(a, jalr, 0, first.base, 0, first.offset);
      } else if (o.length === 2) emitImmediate(a, jalr, 0, register(a, o, 0), 0, value(a, o, 1));
      else {
        expectCount(a, o, 1, m);
        emitWord(a, word(jalr, 0, register(a, o, 0), 0, 0));
      }
    },
  ],
  ["ret", whole(word(jalr, 0, 1, 0, 0))],
  [
    "unimp",
    (a, o, m) => {
      expectCount(a, o, 0, m);
      // csrrw x0, cycle, x0, or the halfword that is always illegal
      if (a.rvc) put16(a.section, 0);
      else put32(a.section, 0xc0001073);
    },
  ],
  [
    "mv",
    (a, o, m) => {
      expectCount(a, o, 2, m);
      emitWord(a, word(addi, register(a, o, 0), register(a, o, 1), 0, 0));
    },
  ],
  ["not", unary("xori", "rs", -1)],
  ["neg", unary("sub", "zero", "rs")],
  ["negw", unary("subw", "zero", "rs")],
  ["sext.b", extension("srai", 8)],
  ["sext.h", extension("srai", 16)],
  ["sext.w", unary("addiw", "rs", 0)],
  ["zext.b", unary("andi", "rs", 255)],
  ["zext.h", extension("srli", 16)],
  ["zext.w", extension("srli", 32)],
  ["seqz", unary("sltiu", "rs", 1)],
  ["snez", unary("sltu", "zero", "rs")],
  ["sltz", unary("slt", "rs", "zero")],
  ["sgtz", unary("slt", "zero", "rs")],
  ["sgt", swapped("slt")],
  ["sgtu", swapped("sltu")],
  ["beqz", zeroBranch("beq", "left")],
  ["bnez", zeroBranch("bne", "left")],
  ["bltz", zeroBranch("blt", "left")],
  ["bgez", zeroBranch("bge", "left")],
  ["blez", zeroBranch("bge", "right")],
  ["bgtz", zeroBranch("blt", "right")],
  ["bgt", swappedBranch("blt")],
  ["ble", swappedBranch("bge")],
  ["bgtu", swappedBranch("bltu")],
  ["bleu", swappedBranch("bgeu")],
  ["fence.tso", whole(0x8330000f | 0)],
  ["pause", whole(0x0100000f)],
  // The machine has no such modes, but a program may try (RISC-V Privileged Architecture, "Privileged Instructions").
  ["sret", whole(0x10200073)],
  ["mret", whole(0x30200073)],
  ["wfi", whole(0x10500073)],
  ["rdcycle", readCsr(0xc00)],
  ["rdtime", readCsr(0xc01)],
  ["rdinstret", readCsr(0xc02)],
  [
    "csrr",
    (a, o, m) => {
      expectCount(a, o, 2, m);
      emitWord(a, word(row("csrrs"), register(a, o, 0), 0, 0, csr(a, o, 1)));
    },
  ],
  ["csrw", writeCsr("csrrw")],
  ["csrs", writeCsr("csrrs")],
  ["csrc", writeCsr("csrrc")],
  ["csrwi", writeCsr("csrrw")],
  ["csrsi", writeCsr("csrrs")],
  ["csrci", writeCsr("csrrc")],
]);

const olderNames = [
  ["move", "mv"],
  ["scall", "ecall"],
  ["sbreak", "ebreak"],
] as const;

/** Of the explicit compressed instructions: how each is said in full. */
const longForms = new Map<string, (o: Parameters<Handler>[1]) => Parameters<Handler>[1]>();

/** rd op= rs2 or imm: `c.add rd, rs2` is `add rd, rd, rs2`. */
const repeats =
  "c.addi c.addiw c.addi16sp c.srli c.srai c.andi c.slli c.sub c.xor c.or c.and c.subw c.addw c.add";
for (const name of repeats.split(" ")) {
  longForms.set(name, (o) => (o[0] === undefined ? o : [o[0], ...o]));
}

/** The same under the base instruction's own or a pseudo-instruction's name. */
const renamed = new Map([
  ["c.li", "li"],
  ["c.lui", "lui"],
  ["c.mv", "mv"],
  ["c.j", "j"],
  ["c.jr", "jr"],
  ["c.jalr", "jalr"],
  ["c.beqz", "beqz"],
  ["c.bnez", "bnez"],
]);

/** An instruction that must come out short. A branch is short if its target is near, and is not forced to be. */
function explicit(name: string, base: string): Handler {
  return (a, o, m) => {
    const handler = handlers.get(renamed.get(name) ?? base);
    const { section } = a;
    const before = section.length;
    const long = longForms.get(name)?.(o) ?? o;
    const wasOn = a.rvc;
    a.rvc = true;
    handler?.(a, long, m);
    a.rvc = wasOn;
    if (section.length !== before && section.length !== before + 2) {
      refuse(a, `'${name}' cannot have these operands`);
    }
  };
}

export const handlers: ReadonlyMap<string, Handler> = (() => {
  const all = new Map([...tableHandlers, ...pseudo]);
  for (const [older, newer] of olderNames) {
    const handler = all.get(newer);
    if (handler !== undefined) all.set(older, handler);
  }
  for (const { name, base } of compressedInstructions) all.set(name, explicit(name, base));
  all.set("c.nop", (a, o, m) => {
    expectCount(a, o, 0, m);
    put16(a.section, 1);
  });
  all.set("c.unimp", (a, o, m) => {
    expectCount(a, o, 0, m);
    put16(a.section, 0);
  });
  return all;
})();
