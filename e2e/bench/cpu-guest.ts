// Runs a static riscv64 ELF on the bare CPU: no kernel, only write(1) and exit. For the CPU's bench, in Node and in a
// browser.

import { syscallNumbers } from "../../kernel/abi/syscall-numbers.ts";
import { CAUSE_ECALL_USER } from "../../kernel/abi/traps.ts";
import { createCpu } from "../../kernel/cpu/cpu.ts";
import { HART_PC } from "../../kernel/cpu/types.ts";

const PTE_VRWXU = 31;
const STACK_TOP = 0x3000_0000;
const STACK_PAGES = 16;
const SLICE = 10_000_000;
const RAM_BYTES = 32 << 20;

export interface GuestRun {
  readonly output: string;
  readonly instructions: number;
  readonly ms: number;
}

/** Sees each instruction after it ran: its bits and its place in its page. Returns false to end the run. */
export type Observer = (bits: number, offset: number) => boolean;

/** With an observer the guest runs an instruction at a time. */
export function runGuest(elf: Uint8Array, observe?: Observer): GuestRun {
  const cpu = createCpu({ ramBytes: RAM_BYTES });
  const { ram, hart } = cpu;
  const view = new DataView(elf.buffer, elf.byteOffset, elf.byteLength);
  let free = 1;
  const rootPfn = 0;

  function table(pfn: number, index: number): number {
    const word = pfn * 1024 + index * 2;
    const pte = ram.u32[word] ?? 0;
    if (pte !== 0) return pte >>> 10;
    const made = free++;
    ram.u32[word] = (made << 10) | 1;
    return made;
  }
  /** Frame behind an address; mapped on the way if need be. */
  function frame(va: number): number {
    const level0 = table(table(rootPfn, va >>> 30), (va >>> 21) & 511);
    const word = level0 * 1024 + ((va >>> 12) & 511) * 2;
    const pte = ram.u32[word] ?? 0;
    if (pte !== 0) return pte >>> 10;
    const made = free++;
    ram.u32[word] = (made << 10) | PTE_VRWXU;
    return made;
  }

  const headers = Number(view.getBigUint64(32, true));
  for (let index = 0; index < view.getUint16(56, true); index++) {
    const at = headers + index * view.getUint16(54, true);
    if (view.getUint32(at, true) !== 1) continue;
    const offset = view.getUint32(at + 8, true);
    const va = view.getUint32(at + 16, true);
    const fileBytes = view.getUint32(at + 32, true);
    const memoryBytes = view.getUint32(at + 40, true);
    for (let page = va & ~4095; page < va + memoryBytes; page += 4096) frame(page);
    for (let byte = 0; byte < fileBytes; byte++) {
      const to = va + byte;
      ram.u8[frame(to) * 4096 + (to & 4095)] = elf[offset + byte] ?? 0;
    }
  }
  for (let page = 1; page <= STACK_PAGES; page++) frame(STACK_TOP - page * 4096);

  const half = (va: number): number => {
    const at = frame(va) * 4096 + (va & 4095);
    return (ram.u8[at] ?? 0) | ((ram.u8[at + 1] ?? 0) << 8);
  };
  const instructionAt = (pc: number): number => {
    const low = half(pc);
    return (low & 3) === 3 ? low | (half(pc + 2) << 16) : low;
  };

  cpu.useBank(0, rootPfn);
  hart[HART_PC] = view.getUint32(24, true);
  hart[2 * 2] = STACK_TOP - 64;
  let output = "";
  const start = performance.now();
  for (;;) {
    const pc = (hart[HART_PC] ?? 0) >>> 0;
    const cause = cpu.run(observe === undefined ? SLICE : 1);
    if (observe !== undefined && !observe(instructionAt(pc), pc & 4095)) break;
    if (cause === -1) continue;
    if (cause !== CAUSE_ECALL_USER) {
      const pc = ((hart[HART_PC] ?? 0) >>> 0).toString(16);
      throw new Error(`guest stopped: cause ${cause} at ${pc}, stval ${cpu.trapValueLo}`);
    }
    const number = hart[17 * 2];
    if (number === syscallNumbers.exit) break;
    if (number !== syscallNumbers.write) throw new Error(`the bench has no system call ${number}`);
    const from = hart[11 * 2] ?? 0;
    const length = hart[12 * 2] ?? 0;
    for (let at = from; at < from + length; at++) {
      output += String.fromCharCode(ram.u8[frame(at) * 4096 + (at & 4095)] ?? 0);
    }
    hart[10 * 2] = length;
    hart[10 * 2 + 1] = 0;
    hart[HART_PC] = (hart[HART_PC] ?? 0) + 4;
  }
  return { output, instructions: cpu.totalRetired(), ms: performance.now() - start };
}
