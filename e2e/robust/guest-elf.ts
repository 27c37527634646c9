// Assembles small static executables for tests, so that each byte of the file and each instruction is the test's own.
// Specification: System V gABI chapters 4 and 5, RISC-V ELF psABI.

import {
  EHDR_SIZE,
  EM_RISCV,
  ET_EXEC,
  PF_R,
  PF_W,
  PF_X,
  PHDR_SIZE,
  PT_LOAD,
} from "../../kernel/abi/elf.ts";
import { encode } from "../../kernel/cpu/isa-encode.ts";

export interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly vaddr: number;
  readonly filesz: number;
  readonly memsz: number;
}

export interface ElfParts {
  readonly entry: number;
  readonly segments: readonly Segment[];
  /** Bytes that follow the program headers. */
  readonly body: Uint8Array;
}

/** Where programs of one segment are loaded: headers and code together. */
export const BASE = 0x10000;

/** Offset of what follows the headers when there are so many of them. */
export const bodyOffset = (segments: number): number => EHDR_SIZE + segments * PHDR_SIZE;

/** The file. */
export function elfFile({ entry, segments, body }: ElfParts): Uint8Array {
  const bytes = new Uint8Array(bodyOffset(segments.length) + body.length);
  const view = new DataView(bytes.buffer);
  const u64 = (at: number, value: number): void => view.setBigUint64(at, BigInt(value), true);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, ET_EXEC, true);
  view.setUint16(18, EM_RISCV, true);
  view.setUint32(20, 1, true);
  u64(24, entry);
  u64(32, EHDR_SIZE);
  view.setUint16(52, EHDR_SIZE, true);
  view.setUint16(54, PHDR_SIZE, true);
  view.setUint16(56, segments.length, true);
  segments.forEach((segment, index) => {
    const at = bodyOffset(index);
    view.setUint32(at, segment.type, true);
    view.setUint32(at + 4, segment.flags, true);
    u64(at + 8, segment.offset);
    u64(at + 16, segment.vaddr);
    u64(at + 24, segment.vaddr);
    u64(at + 32, segment.filesz);
    u64(at + 40, segment.memsz);
    u64(at + 48, 4096);
  });
  bytes.set(body, bodyOffset(segments.length));
  return bytes;
}

/** 32-bit instructions as they lie in memory. */
export function codeBytes(instructions: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(instructions).buffer);
}

/** A program of one segment, readable, writable and executable, that begins with its first instruction. */
export function program(instructions: readonly number[], extraMemory = 0): Uint8Array {
  const body = codeBytes(instructions);
  const filesz = bodyOffset(1) + body.length;
  const segment = {
    type: PT_LOAD,
    flags: PF_R | PF_W | PF_X,
    offset: 0,
    vaddr: BASE,
    filesz,
    memsz: filesz + extraMemory,
  };
  return elfFile({ entry: BASE + bodyOffset(1), segments: [segment], body });
}

export const A0 = 10;
export const A1 = 11;
export const A2 = 12;
export const A7 = 17;
export const SP = 2;
export const T0 = 5;

/** rd = value, which has 32 bits (sign-extended). */
export function li(rd: number, value: number): number[] {
  const low = ((value & 0xfff) << 20) >> 20;
  const high = (value - low) | 0;
  if (high === 0) return [encode("addi", { rd, rs1: 0, imm: low })];
  return [encode("lui", { rd, imm: high }), encode("addiw", { rd, rs1: rd, imm: low })];
}

export const ecall = (number: number): number[] => [...li(A7, number), encode("ecall")];

/** exit(status) */
export const exit = (status: number): number[] => [...li(A0, status), ...ecall(93)];
