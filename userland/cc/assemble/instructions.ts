// The instructions of the CPU's table, by format: operands are read, checked and encoded. What a program may write beside
// that is in pseudo-instructions.ts. (RISC-V Unprivileged ISA; for the addresses psABI, "Code models".)

import type { Instruction } from "../../../kernel/cpu/isa-instruction.ts";
import { instructionNamed, instructions } from "../../../kernel/cpu/isa.ts";
import * as R from "../object/relocation-types.ts";
import {
  anonymousHere,
  type Assembly,
  constantOf,
  emitRelocated,
  emitWord,
  refuse,
  usedSymbol,
  word,
} from "./assembly.ts";
import { compress } from "./compress.ts";
import type { Modifier, Value } from "./item.ts";
import {
  csr,
  expectCount,
  fenceSet,
  inRange,
  isRegister,
  number,
  register,
  target,
  value,
  type Operands,
} from "./operands.ts";
import type { AsmSymbol } from "./section-builder.ts";

export type Handler = (a: Assembly, operands: Operands, mnemonic: string) => void;

const jal = instructionNamed("jal");
const auipc = instructionNamed("auipc");
const TP = 4;

type Shape = "I" | "S" | "U";

/** The relocation of a modifier in an instruction of that shape, or undefined. */
function relocationOf(modifier: Modifier | undefined, shape: Shape): number | undefined {
  switch (modifier) {
    case "hi":
      return shape === "U" ? R.R_RISCV_HI20 : undefined;
    case "lo":
      return shape === "I" ? R.R_RISCV_LO12_I : shape === "S" ? R.R_RISCV_LO12_S : undefined;
    case "pcrel_hi":
      return shape === "U" ? R.R_RISCV_PCREL_HI20 : undefined;
    case "pcrel_lo":
      return shape === "I"
        ? R.R_RISCV_PCREL_LO12_I
        : shape === "S"
          ? R.R_RISCV_PCREL_LO12_S
          : undefined;
    case "tprel_hi":
      return shape === "U" ? R.R_RISCV_TPREL_HI20 : undefined;
    case "tprel_lo":
      return shape === "I"
        ? R.R_RISCV_TPREL_LO12_I
        : shape === "S"
          ? R.R_RISCV_TPREL_LO12_S
          : undefined;
    case "got_pcrel_hi":
      return shape === "U" ? R.R_RISCV_GOT_HI20 : undefined;
    case "tls_ie_pcrel_hi":
      return shape === "U" ? R.R_RISCV_TLS_GOT_HI20 : undefined;
    case "tprel_add":
    case undefined:
      return undefined;
  }
}

/** Writes an instruction whose immediate is a number or an address with a modifier. */
export function emitImmediate(
  a: Assembly,
  row: Instruction,
  rd: number,
  rs1: number,
  rs2: number,
  immediate: Value,
): void {
  const shape: Shape = row.format === "store" ? "S" : row.format === "U" ? "U" : "I";
  const constant = constantOf(a, immediate);
  if (constant !== undefined) {
    const imm =
      shape === "U" ? inRange(a, constant, 0, 0xfffff) << 12 : inRange(a, constant, -2048, 2047);
    emitWord(a, word(row, rd, rs1, rs2, imm));
    return;
  }
  const type = relocationOf(immediate.modifier, shape);
  if (immediate.symbol === undefined || immediate.minus !== undefined || type === undefined) {
    const wanted = shape === "U" ? "%hi(…) or %pcrel_hi(…)" : "%lo(…) or %pcrel_lo(…)";
    refuse(
      a,
      immediate.modifier === undefined
        ? `an address does not fit here: write ${wanted}`
        : `%${immediate.modifier}(…) does not go into '${row.name}': write ${wanted}`,
    );
  }
  const symbol = usedSymbol(a, immediate.symbol);
  emitRelocated(a, word(row, rd, rs1, rs2, 0), type, symbol, immediate.addend);
}

/** auipc and an instruction that takes the lower part of the distance. */
export function emitPcRelative(
  a: Assembly,
  rd: number,
  low: (label: AsmSymbol) => void,
  symbol: AsmSymbol,
  addend: bigint,
): void {
  const label = anonymousHere(a, "pcrel_hi");
  emitRelocated(a, word(auipc, rd, 0, 0, 0), R.R_RISCV_PCREL_HI20, symbol, addend);
  low(label);
}

/** Writes a jump that is as long as its distance wants. */
export function emitJump(a: Assembly, symbol: AsmSymbol, addend: bigint): void {
  a.section.fragments.push({
    kind: "branch",
    raw: a.section.length,
    size: a.rvc ? 2 : 4,
    word: jal.match,
    isJump: true,
    hasShort: a.rvc,
    target: symbol,
    addend: Number(addend),
    relaxes: a.relax,
    isOpen: false,
    loc: a.loc,
  });
}

/** Writes a conditional branch that is as long as its distance wants. */
export function emitBranch(
  a: Assembly,
  row: Instruction,
  rs1: number,
  rs2: number,
  symbol: AsmSymbol,
  addend: bigint,
): void {
  const bits = word(row, 0, rs1, rs2, 0);
  const hasShort = a.rvc && compress(bits) !== 0;
  a.section.fragments.push({
    kind: "branch",
    raw: a.section.length,
    size: hasShort ? 2 : 4,
    word: bits,
    isJump: false,
    hasShort,
    target: symbol,
    addend: Number(addend),
    relaxes: a.relax,
    isOpen: false,
    loc: a.loc,
  });
}

/** `add rd, rs1, 5` means addi, and so on. */
const immediateForms = new Map([
  ["add", "addi"],
  ["and", "andi"],
  ["or", "ori"],
  ["xor", "xori"],
  ["slt", "slti"],
  ["sltu", "sltiu"],
  ["sll", "slli"],
  ["srl", "srli"],
  ["sra", "srai"],
  ["addw", "addiw"],
  ["sllw", "slliw"],
  ["srlw", "srliw"],
  ["sraw", "sraiw"],
]);

function handlerOf(row: Instruction): Handler {
  switch (row.format) {
    case "R": {
      const immediate = immediateForms.get(row.name);
      const other = immediate === undefined ? undefined : handlerOf(instructionNamed(immediate));
      return (a, o, m) => {
        if (o.length === 4 && row.name === "add") {
          addThreadPointer(a, o, row);
          return;
        }
        expectCount(a, o, 3, m);
        if (other !== undefined && !isRegister(o, 2)) other(a, o, m);
        else emitWord(a, word(row, register(a, o, 0), register(a, o, 1), register(a, o, 2), 0));
      };
    }
    case "I":
      return (a, o, m) => {
        expectCount(a, o, 3, m);
        emitImmediate(a, row, register(a, o, 0), register(a, o, 1), 0, value(a, o, 2));
      };
    case "shift64":
    case "shift32": {
      const most = row.format === "shift64" ? 63 : 31;
      return (a, o, m) => {
        expectCount(a, o, 3, m);
        const shift = number(a, o, 2, 0, most);
        emitWord(a, word(row, register(a, o, 0), register(a, o, 1), 0, shift));
      };
    }
    case "load":
      return (a, o, m) => {
        expectCount(a, o, 2, m);
        const rd = register(a, o, 0);
        const memory = o[1];
        if (memory?.kind === "memory") {
          emitImmediate(a, row, rd, memory.base, 0, memory.offset);
          return;
        }
        // A load from a symbol makes the address in the register that it loads.
        const { symbol, addend } = target(a, o, 1);
        if (rd === 0) refuse(a, "a load from a symbol needs a register other than x0");
        const low = word(row, rd, rd, 0, 0);
        emitPcRelative(
          a,
          rd,
          (label) => emitRelocated(a, low, R.R_RISCV_PCREL_LO12_I, label, 0n),
          symbol,
          addend,
        );
      };
    case "store":
      return (a, o, m) => {
        const rs2 = register(a, o, 0);
        const memory = o[1];
        if (memory?.kind === "memory") {
          expectCount(a, o, 2, m);
          emitImmediate(a, row, 0, memory.base, rs2, memory.offset);
          return;
        }
        if (o.length === 2)
          refuse(a, "a store to a symbol needs a third operand: a register for the address");
        expectCount(a, o, 3, m);
        const { symbol, addend } = target(a, o, 1);
        const rt = register(a, o, 2);
        const low = word(row, 0, rt, rs2, 0);
        emitPcRelative(
          a,
          rt,
          (label) => emitRelocated(a, low, R.R_RISCV_PCREL_LO12_S, label, 0n),
          symbol,
          addend,
        );
      };
    case "B":
      return (a, o, m) => {
        expectCount(a, o, 3, m);
        const { symbol, addend } = target(a, o, 2);
        emitBranch(a, row, register(a, o, 0), register(a, o, 1), symbol, addend);
      };
    case "U":
      return (a, o, m) => {
        expectCount(a, o, 2, m);
        emitImmediate(a, row, register(a, o, 0), 0, 0, value(a, o, 1));
      };
    case "J":
      return (a, o, m) => {
        const rd = o.length === 1 ? 1 : register(a, o, 0);
        if (o.length !== 1) expectCount(a, o, 2, m);
        const { symbol, addend } = target(a, o, o.length - 1);
        if (rd === 0) emitJump(a, symbol, addend);
        else emitRelocated(a, word(row, rd, 0, 0, 0), R.R_RISCV_JAL, symbol, addend);
      };
    case "jalr":
      return jumpRegister(row);
    case "amo":
      return (a, o, m) => {
        expectCount(a, o, 3, m);
        emitWord(a, word(row, register(a, o, 0), address(a, o, 2), register(a, o, 1), 0));
      };
    case "lr":
      return (a, o, m) => {
        expectCount(a, o, 2, m);
        emitWord(a, word(row, register(a, o, 0), address(a, o, 1), 0, 0));
      };
    case "csr": {
      const other = handlerOf(instructionNamed(`${row.name}i`));
      return (a, o, m) => {
        expectCount(a, o, 3, m);
        if (isRegister(o, 2)) {
          emitWord(a, word(row, register(a, o, 0), register(a, o, 2), 0, csr(a, o, 1)));
        } else other(a, o, m);
      };
    }
    case "csri":
      return (a, o, m) => {
        expectCount(a, o, 3, m);
        emitWord(a, word(row, register(a, o, 0), number(a, o, 2, 0, 31), 0, csr(a, o, 1)));
      };
    case "fence":
      if (row.name !== "fence") {
        return (a, o, m) => {
          expectCount(a, o, 0, m);
          emitWord(a, row.match);
        };
      }
      return (a, o, m) => {
        if (o.length > 0) expectCount(a, o, 2, m);
        const bits = o.length === 0 ? 0xff : (fenceSet(a, o, 0) << 4) | fenceSet(a, o, 1);
        emitWord(a, word(row, 0, 0, 0, bits));
      };
    case "none":
      return (a, o, m) => {
        expectCount(a, o, 0, m);
        emitWord(a, row.match);
      };
  }
}

/** `add rd, rs1, tp, %tprel_add(symbol)`: the linker may take it out, so that it has all its bytes. */
function addThreadPointer(a: Assembly, operands: Operands, row: Instruction): void {
  const { symbol, addend, modifier } = value(a, operands, 3);
  if (symbol === undefined || modifier !== "tprel_add" || register(a, operands, 2) !== TP)
    refuse(a, "the fourth operand of 'add' must be %tprel_add(…), and the third tp");
  const bits = word(row, register(a, operands, 0), register(a, operands, 1), TP, 0);
  emitRelocated(a, bits, R.R_RISCV_TPREL_ADD, usedSymbol(a, symbol), addend);
}

/** `jalr rd, offset(rs1)`, `jalr rd, rs1, offset`, and the same without what is ra or 0. */
function jumpRegister(row: Instruction): Handler {
  return (a, o, m) => {
    const last = o.at(-1);
    if (last?.kind === "memory") {
      if (o.length > 1) expectCount(a, o, 2, m);
      const rd = o.length === 1 ? 1 : register(a, o, 0);
      emitImmediate(a, row, rd, last.base, 0, last.offset);
    } else if (last?.kind === "value") {
      const rd = o.length === 2 ? 1 : register(a, o, 0);
      if (o.length !== 2) expectCount(a, o, 3, m);
      emitImmediate(a, row, rd, register(a, o, o.length - 2), 0, last.value);
    } else {
      if (o.length !== 1) expectCount(a, o, 2, m);
      const rd = o.length === 1 ? 1 : register(a, o, 0);
      emitWord(a, word(row, rd, register(a, o, o.length - 1), 0, 0));
    }
  };
}

/** `(rs1)`, the address of an atomic instruction. */
function address(a: Assembly, operands: Operands, index: number): number {
  const operand = operands[index];
  if (operand?.kind !== "memory") refuse(a, "the last operand must be an address like (a0)");
  if (constantOf(a, operand.offset) !== 0n) refuse(a, "atomic instructions take no offset");
  return operand.base;
}

const orderings = [
  [".rl", 1],
  [".aq", 2],
  [".aqrl", 3],
] as const;

export const tableHandlers: ReadonlyMap<string, Handler> = (() => {
  const handlers = new Map<string, Handler>();
  for (const row of instructions) {
    handlers.set(row.name, handlerOf(row));
    if (row.format !== "amo" && row.format !== "lr") continue;
    for (const [suffix, bits] of orderings) {
      const ordered = { ...row, match: row.match | (bits << 25) };
      handlers.set(`${row.name}${suffix}`, handlerOf(ordered));
    }
  }
  return handlers;
})();
