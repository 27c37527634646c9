// A static riscv64 executable of two segments, byte by byte. Specification: System V ABI, "ELF header" and "Program
// header"; RISC-V ELF psABI.

import { CODE_BASE, DATA_BASE } from "./program.ts";

const PAGE = 4096;
const EM_RISCV = 243;
const ET_EXEC = 2;
const PT_LOAD = 1;
const EF_RISCV_RVC = 1;

export function elfOf(code: Uint8Array, data: Uint8Array): Uint8Array {
  const codeAt = PAGE;
  const dataAt = codeAt + Math.ceil(code.length / PAGE) * PAGE;
  const out = new Uint8Array(dataAt + data.length);
  const view = new DataView(out.buffer);
  out.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, ET_EXEC, true);
  view.setUint16(18, EM_RISCV, true);
  view.setUint32(20, 1, true);
  view.setUint32(24, CODE_BASE, true);
  view.setUint32(32, 64, true);
  view.setUint32(48, EF_RISCV_RVC, true);
  view.setUint16(52, 64, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 2, true);
  const header = (
    index: number,
    flags: number,
    offset: number,
    address: number,
    bytes: number,
  ): void => {
    const at = 64 + 56 * index;
    view.setUint32(at, PT_LOAD, true);
    view.setUint32(at + 4, flags, true);
    for (const [field, value] of [offset, address, address, bytes, bytes, PAGE].entries()) {
      view.setUint32(at + 8 + 8 * field, value, true);
    }
  };
  header(0, 5, codeAt, CODE_BASE, code.length);
  header(1, 6, dataAt, DATA_BASE, data.length);
  out.set(code, codeAt);
  out.set(data, dataAt);
  return out;
}
