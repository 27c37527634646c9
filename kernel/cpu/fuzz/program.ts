// Random programs whose result qemu-riscv64 and this CPU must agree on.
//
//   CODE_BASE   prologue: registers from the data pages; random instructions; epilogue: registers to the data pages,
//               write(1, DATA_BASE, DATA_BYTES), exit(0)
//   DATA_BASE   +---------------------------------------------------------+
//               | random bytes                          | x1 … x31 (SAVE) |   DATA_BYTES, read and written
//               +---------------------------------------------------------+
//
// x2, x3 and x8 point into the data and are never written, so that every access is safe: x3 at the border of two
// pages, x2 and x8 before it. Branches and jumps go forward only.

import { compressedInstructions, expandCompressed, findCompressed } from "../isa-compressed.ts";
import type { Compressed } from "../isa-compressed.ts";
import { encode } from "../isa-encode.ts";
import { immediateOf, rdOf, readsRs2, rs1Of, writesRd } from "../isa-format.ts";
import { findInstruction, instructions } from "../isa.ts";
import type { Instruction } from "../isa-instruction.ts";
import type { Random } from "./random.ts";

export const CODE_BASE = 0x10000;
export const DATA_BASE = 0x40000;
export const DATA_BYTES = 8192;
const POINTER = DATA_BASE + 4096;
/** Offset of the saved registers from x3; random accesses stay below. */
const SAVE = 1792;
export const SAVED_REGISTERS = POINTER + SAVE - DATA_BASE;

const reservedRegisters = new Set([2, 3, 8]);
const pointers: readonly (readonly [number, number])[] = [
  [2, DATA_BASE + 2048],
  [3, POINTER],
  [8, POINTER - 72],
];

/** A few instructions that stay together. A branch's offset is filled in when the layout is known. */
interface Atom {
  readonly parts: number[];
  /** Branch: the last part, once its offset (from that part to the target) is known. */
  readonly aim?: (offset: number) => number;
}

function freeRegister(random: Random): number {
  for (;;) {
    const register = random.below(32);
    if (!reservedRegisters.has(register)) return register;
  }
}

/** Encodings of a compressed branch or jump by its offset. */
function offsetsOf(row: Compressed): Map<number, number> {
  const found = new Map<number, number>();
  for (let h = 0; h < 65536; h++) {
    if ((h & row.mask) !== row.match || (row.name !== "c.j" && (h & 0x380) !== 0)) continue;
    const format = row.name === "c.j" ? "J" : "B";
    found.set(immediateOf(format, row.expand(h)), h);
  }
  return found;
}

const compressedBranches = new Map(
  ["c.j", "c.beqz", "c.bnez"].map((name) => {
    const row = compressedInstructions.find((one) => one.name === name);
    if (row === undefined) throw new Error(`no ${name}`);
    return [name, offsetsOf(row)];
  }),
);

const skipped = new Set(["ecall", "ebreak", "c.ebreak", "c.jr", "c.jalr"]);
const plain = instructions.filter((one) => one.extension !== "Zicsr" && !skipped.has(one.name));
const short = compressedInstructions.filter((one) => !skipped.has(one.name));

const offsetOfAccess = (random: Random): number => random.below(SAVE + 2048 - 8) - 2048;

/** x9 = an aligned address in the data. */
function aligned(random: Random, bytes: number): number {
  const imm = offsetOfAccess(random) & -bytes;
  return encode("addi", { rd: 9, rs1: 3, imm });
}

function atomic(one: Instruction, random: Random): Atom {
  const bytes = one.name.endsWith("d") ? 8 : 4;
  const rd = freeRegister(random);
  const rs2 = random.below(32);
  const ordering = random.below(4) << 25;
  const address = aligned(random, bytes);
  if (one.name.startsWith("lr") || one.name.startsWith("sc")) {
    const suffix = one.name.slice(2);
    const middle = one.name.startsWith("lr")
      ? [encode("addi", { rd: 9, rs1: 9 })]
      : [encode("xor", { rd: 10, rs1: 10, rs2: 11 })];
    const reserve = encode(`lr${suffix}`, { rd: rd === 9 ? 0 : rd, rs1: 9 }) | ordering;
    const store = encode(`sc${suffix}`, { rd, rs1: 9, rs2 }) | ordering;
    // Now and then without a reservation: it fails.
    return {
      parts: random.below(5) === 0 ? [address, store] : [address, reserve, ...middle, store],
    };
  }
  return { parts: [address, encode(one.name, { rd, rs1: 9, rs2 }) | ordering] };
}

function fromTable(one: Instruction, random: Random): Atom {
  const rd = freeRegister(random);
  const rs1 = random.below(32);
  const rs2 = random.below(32);
  switch (one.format) {
    case "B":
      return { parts: [0], aim: (offset) => encode(one.name, { rs1, rs2, imm: offset }) };
    case "J":
      return { parts: [0], aim: (offset) => encode(one.name, { rd, imm: offset }) };
    case "jalr": {
      const compressed = random.below(3);
      const jump = compressed === 1 ? 0x8482 : compressed === 2 ? 0x9482 : undefined;
      // auipc x9, 0 then jalr, or with addi between and c.jr x9 or c.jalr x9.
      if (jump === undefined) {
        return {
          parts: [encode("auipc", { rd: 9 }), 0],
          aim: (offset) => encode("jalr", { rd, rs1: 9, imm: offset + 4 + random.below(2) }),
        };
      }
      return {
        parts: [encode("auipc", { rd: 9 }), 0, jump],
        aim: (offset) => encode("addi", { rd: 9, rs1: 9, imm: offset + 4 }),
      };
    }
    case "load":
      return { parts: [encode(one.name, { rd, rs1: 3, imm: offsetOfAccess(random) })] };
    case "store":
      return { parts: [encode(one.name, { rs1: 3, rs2, imm: offsetOfAccess(random) })] };
    case "amo":
    case "lr":
      return atomic(one, random);
    default: {
      const bits = (random.bits() & ~one.mask) | one.match;
      if (!writesRd(one.format)) return { parts: [one.match >>> 0] };
      return { parts: [((bits & ~(31 << 7)) | (rd << 7)) >>> 0] };
    }
  }
}

function fromCompressed(row: Compressed, random: Random): Atom | undefined {
  const offsets = compressedBranches.get(row.name);
  if (offsets !== undefined) {
    const register = row.name === "c.j" ? 0 : random.below(8) << 7;
    return { parts: [0], aim: (offset) => (offsets.get(offset) ?? 0) | register };
  }
  let h = (random.bits() & 0xffff & ~row.mask) | row.match;
  if (["c.lw", "c.ld", "c.sw", "c.sd"].includes(row.name)) h &= ~0x380;
  if (findCompressed(h) !== row) return undefined;
  const word = expandCompressed(h);
  const one = findInstruction(word);
  if (one === undefined || (writesRd(one.format) && reservedRegisters.has(rdOf(word))))
    return undefined;
  if (one.format === "load" || (one.format === "store" && readsRs2(one.format))) {
    if (!reservedRegisters.has(rs1Of(word))) return undefined;
  }
  return { parts: [h] };
}

/** Fresh values in a few registers, since random arithmetic tends to 0 and -1. */
function refresh(random: Random): Atom {
  const rd = freeRegister(random);
  return { parts: [encode("ld", { rd, rs1: 3, imm: offsetOfAccess(random) })] };
}

function randomAtom(random: Random): Atom {
  for (;;) {
    const kind = random.below(10);
    if (kind === 0) return refresh(random);
    if (kind < 7) return fromTable(random.pick(plain), random);
    const atom = fromCompressed(random.pick(short), random);
    if (atom !== undefined) return atom;
  }
}

function lengthOf(bits: number): number {
  return (bits & 3) === 3 ? 4 : 2;
}

/** Lengths must be known before offsets are: a branch's placeholder is as long as what replaces it. */
function measure(atom: Atom): number[] {
  const last = atom.aim?.(64);
  return atom.parts.map((part) =>
    part === 0 && last !== undefined ? lengthOf(last) : lengthOf(part),
  );
}

function prologue(): number[] {
  const out = [encode("lui", { rd: 3, imm: POINTER })];
  for (let register = 1; register < 32; register++) {
    if (!reservedRegisters.has(register)) {
      out.push(encode("ld", { rd: register, rs1: 3, imm: SAVE + 8 * (register - 1) }));
    }
  }
  for (const [register, address] of pointers) {
    if (register !== 3) out.push(encode("addi", { rd: register, rs1: 3, imm: address - POINTER }));
  }
  return out;
}

function epilogue(): number[] {
  const out: number[] = [];
  for (let register = 1; register < 32; register++) {
    out.push(encode("sd", { rs1: 3, rs2: register, imm: SAVE + 8 * (register - 1) }));
  }
  out.push(
    encode("addi", { rd: 10, imm: 1 }),
    encode("lui", { rd: 11, imm: DATA_BASE }),
    encode("lui", { rd: 12, imm: DATA_BYTES }),
    encode("addi", { rd: 17, imm: 64 }),
    encode("ecall"),
    encode("addi", { rd: 10, imm: 0 }),
    encode("addi", { rd: 17, imm: 93 }),
    encode("ecall"),
  );
  return out;
}

/** The program's bytes, to be put at CODE_BASE. */
export function randomProgram(random: Random, atoms: number): Uint8Array {
  const list = Array.from({ length: atoms }, () => randomAtom(random));
  const lengths = list.map(measure);
  const starts: number[] = [];
  let at = 0;
  for (const each of lengths) {
    starts.push(at);
    for (const length of each) at += length;
  }
  starts.push(at);
  const body: number[] = [];
  for (const [index, atom] of list.entries()) {
    const target = Math.min(index + 1 + random.below(8), atoms);
    let place = starts[index] ?? 0;
    for (const [part, bits] of atom.parts.entries()) {
      const offset = (starts[target] ?? 0) - place;
      body.push(bits === 0 && atom.aim !== undefined ? atom.aim(offset) : bits);
      place += lengths[index]?.[part] ?? 0;
    }
  }
  return assembleBytes([...prologue(), ...body, ...epilogue()]);
}

function assembleBytes(instructionWords: readonly number[]): Uint8Array {
  const out: number[] = [];
  for (const bits of instructionWords) {
    out.push(bits & 255, (bits >>> 8) & 255);
    if (lengthOf(bits) === 4) out.push((bits >>> 16) & 255, (bits >>> 24) & 255);
  }
  return Uint8Array.from(out);
}

/** The data pages before the program runs; the registers' first values are among them. */
export function randomData(random: Random): Uint8Array {
  const out = new Uint8Array(DATA_BYTES);
  const words = new Uint32Array(out.buffer);
  // Extremes are where arithmetic goes wrong.
  const extremes = [0, 1, 0xffffffff, 0x80000000, 0x7fffffff];
  for (let index = 0; index < words.length; index++) {
    words[index] = random.below(4) === 0 ? random.pick(extremes) : random.bits();
  }
  return out;
}
