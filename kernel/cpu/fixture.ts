// A machine for tests: a CPU with page tables that map what the test asks for, and code put where it says.

import { createCpu } from "./cpu.ts";
import type { Cpu } from "./cpu.ts";
import { HART_PC } from "./types.ts";

export const V = 1;
export const R = 2;
export const W = 4;
export const X = 8;
export const U = 16;
export const A = 64;
export const D = 128;

export interface Fixture {
  readonly cpu: Cpu;
  readonly rootPfn: number;
  /** Maps one page; tables are made as needed, from the end of RAM. Flushes nothing. */
  map(va: number, pfn: number, flags: number): void;
  /** Physical address of the level-0 PTE that maps `va`; its tables must exist. */
  pteAddress(va: number): number;
  /** Puts 32-bit or (below 0x10000, low bits not 11) 16-bit instructions at a physical address. */
  code(pa: number, instructions: readonly number[]): void;
  /** Sets pc, a virtual address. */
  start(va: number): void;
  pc(): number;
  /** Register as a BigInt, unsigned. */
  x(register: number): bigint;
  setX(register: number, value: bigint | number): void;
  trapValue(): number;
}

export function createFixture(options: { frames?: number; codeFrameLimit?: number } = {}): Fixture {
  const frames = options.frames ?? 64;
  const cpu = createCpu({ ramBytes: frames * 4096, ...options });
  const { ram, hart } = cpu;
  let next = frames - 1;
  const rootPfn = next--;
  cpu.useBank(0, rootPfn);

  function table(pfn: number, index: number): number {
    const word = pfn * 1024 + index * 2;
    const pte = ram.u32[word] ?? 0;
    if ((pte & V) !== 0) return pte >>> 10;
    const made = next--;
    ram.u32.fill(0, made * 1024, made * 1024 + 1024);
    ram.u32[word] = (made << 10) | V;
    return made;
  }

  function pteAddress(va: number): number {
    const level1 = table(rootPfn, Math.floor(va / 2 ** 30) % 512);
    const level0 = table(level1, Math.floor(va / 2 ** 21) % 512);
    return level0 * 4096 + (Math.floor(va / 4096) % 512) * 8;
  }

  return {
    cpu,
    rootPfn,
    pteAddress,
    map(va, pfn, flags) {
      const at = pteAddress(va) >>> 2;
      ram.u32[at] = (pfn << 10) | flags;
      ram.u32[at + 1] = 0;
    },
    code(pa, instructions) {
      let at = pa;
      for (const bits of instructions) {
        ram.u8[at++] = bits;
        ram.u8[at++] = bits >>> 8;
        if ((bits & 3) !== 3) continue;
        ram.u8[at++] = bits >>> 16;
        ram.u8[at++] = bits >>> 24;
      }
    },
    start(va) {
      hart[HART_PC] = va | 0;
      hart[HART_PC + 1] = Math.floor(va / 2 ** 32);
    },
    pc: () => ((hart[HART_PC] ?? 0) >>> 0) + (hart[HART_PC + 1] ?? 0) * 2 ** 32,
    x(register) {
      const low = BigInt((hart[2 * register] ?? 0) >>> 0);
      const high = BigInt((hart[2 * register + 1] ?? 0) >>> 0);
      return low | (high << 32n);
    },
    setX(register, value) {
      const bits = BigInt.asUintN(64, BigInt(value));
      hart[2 * register] = Number(bits & 0xffffffffn) | 0;
      hart[2 * register + 1] = Number(bits >> 32n) | 0;
    },
    trapValue: () => (cpu.trapValueLo >>> 0) + cpu.trapValueHi * 2 ** 32,
  };
}
