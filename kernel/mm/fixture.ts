// A small CPU for the tests of memory: RAM, TLB banks that remember translations until they are flushed, and decoded
// code that stays as it was until it is dropped. A flush that memory management forgets therefore shows as wrong data.

import { PTE_A, PTE_D, PTE_R, PTE_U, PTE_V, PTE_W, PTE_X } from "../abi/sv39.ts";
import { MAP_ANONYMOUS, MAP_FIXED, MAP_PRIVATE, PROT_READ, PROT_WRITE } from "../abi/mman.ts";
import { HART_WORDS } from "../cpu/types.ts";
import { EventStream } from "../lib/event-stream.ts";
import { KernelLog } from "../lib/kernel-log.ts";
import { panic } from "../lib/panic.ts";
import type { AddressSpace } from "./address-space.ts";
import { ACCESS_EXECUTE, ACCESS_READ, ACCESS_WRITE, FAULT_OK } from "./fault-result.ts";
import type { AccessKind, FaultResult } from "./fault-result.ts";
import type { MemoryCpu } from "./memory-cpu.ts";
import { MemoryManager } from "./memory-manager.ts";
import type { SwapParts } from "./swap/swap.ts";

const NEEDED = {
  [ACCESS_READ]: PTE_V | PTE_U | PTE_R,
  [ACCESS_WRITE]: PTE_V | PTE_U | PTE_R | PTE_W,
  [ACCESS_EXECUTE]: PTE_V | PTE_U | PTE_X,
} as const;

export class FakeCpu implements MemoryCpu {
  readonly ram: MemoryCpu["ram"];
  readonly hart = new Int32Array(HART_WORDS);
  readonly banks = 3;
  readonly codeFrames: Uint8Array;
  /** By bank: page × 3 + access → PFN. */
  readonly #tlbs: Map<number, number>[];
  readonly #code = new Map<number, Uint8Array>();
  #bank = 0;
  #root = 0;

  constructor(frames: number) {
    const buffer = new ArrayBuffer(frames * 4096);
    this.ram = { frames, u8: new Uint8Array(buffer), u32: new Uint32Array(buffer) };
    // Frames hold rubbish before they are used.
    this.ram.u32.fill(0xa5a5a5a5);
    this.codeFrames = new Uint8Array(frames);
    this.#tlbs = Array.from({ length: this.banks }, () => new Map<number, number>());
  }

  useBank(bank: number, rootPfn: number): void {
    this.#bank = bank;
    this.#root = rootPfn;
  }

  flushPage(bank: number, va: number): void {
    for (let access = 0; access < 3; access++) {
      this.#tlbs[bank]?.delete(Math.floor(va / 4096) * 3 + access);
    }
  }

  flushBank(bank: number): void {
    this.#tlbs[bank]?.clear();
  }

  dropCode(pfn: number): void {
    this.#code.delete(pfn);
    this.codeFrames[pfn] = 0;
  }

  /** PFN for an access, from the TLB or by a walk; −1 is a page fault. */
  translate(va: number, access: AccessKind): number {
    const page = Math.floor(va / 4096);
    const tlb = this.#tlbs[this.#bank] ?? panic("no such bank", this.#bank);
    const cached = tlb.get(page * 3 + access);
    if (cached !== undefined) return cached;
    let table = this.#root;
    for (let level = 2; level >= 0; level--) {
      const word = table * 1024 + (Math.floor(page / 512 ** level) % 512) * 2;
      const entry = this.ram.u32[word] ?? 0;
      if ((entry & PTE_V) === 0) return -1;
      if (level > 0) {
        table = entry >>> 10;
        continue;
      }
      const needed = NEEDED[access];
      if ((entry & needed) !== needed) return -1;
      this.ram.u32[word] = entry | PTE_A | (access === ACCESS_WRITE ? PTE_D : 0);
      tlb.set(page * 3 + access, entry >>> 10);
      return entry >>> 10;
    }
    return -1;
  }

  load(pfn: number, va: number): number {
    return this.ram.u8[pfn * 4096 + (va % 4096)] ?? -1;
  }

  store(pfn: number, va: number, value: number): void {
    if (this.codeFrames[pfn] !== 0) this.dropCode(pfn);
    this.ram.u8[pfn * 4096 + (va % 4096)] = value;
  }

  /** Reads a byte of decoded code, decoding the frame when it is not. */
  fetch(pfn: number, va: number): number {
    let code = this.#code.get(pfn);
    if (code === undefined) {
      code = this.ram.u8.slice(pfn * 4096, (pfn + 1) * 4096);
      this.#code.set(pfn, code);
      this.codeFrames[pfn] = 1;
    }
    return code[va % 4096] ?? -1;
  }
}

/** Negative results of `guest` accesses: minus the FaultResult. */
export type GuestResult = number;

export interface TestMachine {
  readonly cpu: FakeCpu;
  readonly mm: MemoryManager;
  readonly events: EventStream;
  readonly log: KernelLog;
  space(pid?: number): AddressSpace;
  /** What a program's load, store or fetch does: the byte, or minus the FaultResult. */
  read(space: AddressSpace, va: number): GuestResult;
  write(space: AddressSpace, va: number, value: number): GuestResult;
  execute(space: AddressSpace, va: number): GuestResult;
}

/** Without `swap` nothing ever waits; with it a result may be −FAULT_WAIT (swap/fixture.ts). */
export function testMachine(frames = 512, swap?: SwapParts): TestMachine {
  const cpu = new FakeCpu(frames);
  const events = new EventStream(() => 0);
  const log = new KernelLog(() => 0);
  const mm = new MemoryManager({ cpu, events, log, ...(swap === undefined ? {} : { swap }) });
  let pids = 1;
  const access = (space: AddressSpace, va: number, kind: AccessKind): number => {
    space.activate();
    for (let tries = 0; tries < 4; tries++) {
      const pfn = cpu.translate(va, kind);
      if (pfn >= 0) return pfn;
      const result: FaultResult = space.fault(va, kind);
      if (result !== FAULT_OK) return -result;
    }
    return panic("a fault that never ends", va);
  };
  return {
    cpu,
    mm,
    events,
    log,
    space(pid = pids++) {
      return must(mm.createSpace(pid));
    },
    read(space, va) {
      const pfn = access(space, va, ACCESS_READ);
      return pfn < 0 ? pfn : cpu.load(pfn, va);
    },
    write(space, va, value) {
      const pfn = access(space, va, ACCESS_WRITE);
      if (pfn < 0) return pfn;
      cpu.store(pfn, va, value);
      return 0;
    },
    execute(space, va) {
      const pfn = access(space, va, ACCESS_EXECUTE);
      return pfn < 0 ? pfn : cpu.fetch(pfn, va);
    },
  };
}

/** Unwraps what cannot fail in a test. */
export function must<T>(result: T | number): T {
  if (typeof result === "number") panic("it failed", result);
  return result;
}

/** Maps private anonymous read-write pages at `va`. */
export function anonymous(space: AddressSpace, va: number, pages: number, flags = 0): number {
  return space.map({
    addr: va,
    length: pages * 4096,
    prot: PROT_READ | PROT_WRITE,
    flags: MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags,
  });
}

/** The areas as /proc/PID/maps lists them, without names: `start-end` in pages from `base`. */
export function areas(space: AddressSpace, base: number): string {
  return space
    .vmas()
    .map((vma) => `${(vma.start - base) / 4096}-${(vma.end - base) / 4096}:${vma.prot}`)
    .join(" ");
}
