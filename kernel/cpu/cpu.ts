// The CPU, put together: memory, interpreter, TLBs, decode cache. types.ts says what the kernel may do with it.

import { createCodeCache } from "./code-cache.ts";
import { createCsrs } from "./csr.ts";
import { buildInterpreter } from "./interpreter.ts";
import type { Accesses } from "./interpreter-loop.ts";
import type { InterpreterImports } from "./interpreter.ts";
import {
  BANK_BYTES,
  BANKS,
  HART,
  layoutFor,
  STATE_BANK,
  STATE_RESERVATION,
  STATE_RETIRED,
  STATE_ROOT,
  STATE_TRAP_VALUE,
  TLB,
} from "./layout.ts";
import type { Layout } from "./layout.ts";
import { createTlbFile } from "./tlb.ts";
import { HART_WORDS } from "./types.ts";
import type { Cpu, PhysicalMemory } from "./types.ts";
import { walkTables } from "./walk.ts";

export * from "./types.ts";

export interface CpuOptions {
  /** Size of RAM; rounded down to whole frames. Below 2 GiB. */
  readonly ramBytes: number;
  /** Bound of the decode cache, in frames of guest code (16 KiB each). Smaller only in tests. */
  readonly codeFrameLimit?: number;
}

interface Compiled {
  readonly module: WebAssembly.Module;
  readonly accesses: Accesses;
}

/** Modules by the layout that they were made for: a second machine of the same size costs nothing to generate. */
const compiled = new Map<string, Compiled>();

function interpreterFor(layout: Layout): Compiled {
  const key = JSON.stringify(layout);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const { bytes, accesses } = buildInterpreter(layout);
  const made: Compiled = { module: new WebAssembly.Module(bytes), accesses };
  compiled.set(key, made);
  return made;
}

/** Makes a CPU, synchronously. All memory is allocated here and never grows. */
export function createCpu(options: CpuOptions): Cpu {
  const layout = layoutFor(options.ramBytes, options.codeFrameLimit);
  const { frames, ramBase, wasmPages } = layout;
  const memory = new WebAssembly.Memory({ initial: wasmPages, maximum: wasmPages });
  const { buffer } = memory;
  const words = new Int32Array(buffer);
  const ram: PhysicalMemory = {
    memory,
    ramBase,
    frames,
    u8: new Uint8Array(buffer, ramBase, frames * 4096),
    u32: new Uint32Array(buffer, ramBase, frames * 1024),
    i32: new Int32Array(buffer, ramBase, frames * 1024),
  };

  const { module, accesses } = interpreterFor(layout);
  const tlbs = createTlbFile(memory);
  const code = createCodeCache(memory, layout, tlbs, accesses);
  const csrs = createCsrs(memory);
  const imports: InterpreterImports = {
    decode: code.decode,
    allocate: code.allocate,
    drop: code.drop,
    straddle: code.straddle,
    csr: csrs.access,
  };
  const instance = new WebAssembly.Instance(module, { m: { memory, ...imports } });
  // The module that this file has just built exports exactly this function.
  const enter = instance.exports["run"] as (budget: number) => number;

  let retired = 0;
  let total = 0;

  function clearReservation(): void {
    words[STATE_RESERVATION >>> 2] = -1;
    words[(STATE_RESERVATION >>> 2) + 1] = -1;
  }

  function useBank(bank: number, rootPfn: number): void {
    words[STATE_BANK >>> 2] = TLB + bank * BANK_BYTES;
    words[STATE_ROOT >>> 2] = rootPfn;
    clearReservation();
  }
  useBank(0, 0);

  return {
    ram,
    hart: new Int32Array(buffer, HART, HART_WORDS),
    run(budget) {
      const cause = enter(budget);
      retired = words[STATE_RETIRED >>> 2] ?? 0;
      total += retired;
      csrs.retire(retired);
      return cause;
    },
    get retired() {
      return retired;
    },
    get trapValueLo() {
      return words[STATE_TRAP_VALUE >>> 2] ?? 0;
    },
    get trapValueHi() {
      return words[(STATE_TRAP_VALUE >>> 2) + 1] ?? 0;
    },
    totalRetired: () => total,
    banks: BANKS,
    useBank,
    flushPage: tlbs.flushPage,
    flushBank: tlbs.flushBank,
    clearReservation,
    codeFrames: code.codeFlags,
    dropCode: code.drop,
    flushCode: code.dropAll,
    setTime: csrs.set,
    walk: (rootPfn, va) => walkTables(ram, rootPfn, va),
  };
}
