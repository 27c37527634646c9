// A read-only Sv39 walk in TypeScript, for panels and for the kernel: every level's entry, and why it stopped.
// The walker that guests run on is generated (interpreter-mmu.ts); a test keeps the two in agreement.

import type { PhysicalMemory, WalkFault, WalkLevel, WalkResult } from "./types.ts";

const V = 1;
const R = 2;
const W = 4;
const X = 8;
const RWX = R | W | X;
/** A, D and U are reserved in a pointer. */
const POINTER_RESERVED = 0xd0;
const HIGH_RESERVED = 0xffc00000;

function reserved(lo: number, hi: number, level: number): boolean {
  if ((lo & (R | W)) === W || (hi & HIGH_RESERVED) !== 0) return true;
  return (lo & RWX) === 0 && (level === 0 || (lo & POINTER_RESERVED) !== 0);
}

export function walkTables(ram: PhysicalMemory, rootPfn: number, va: number): WalkResult {
  const levels: WalkLevel[] = [];
  const stop = (fault: WalkFault): WalkResult => ({ levels, fault, flags: 0, pageBytes: 0 });
  // Addresses of the upper half (above 2^63) are not numbers that fit; every number from 2^38 on is non-canonical.
  if (va < 0 || va >= 2 ** 38) return stop("non-canonical");
  let tablePfn = rootPfn;
  for (let level = 2; level >= 0; level--) {
    if (tablePfn >= ram.frames) return stop("beyond-ram");
    const pageBytes = 4096 * 512 ** level;
    const index = Math.floor(va / pageBytes) % 512;
    const word = tablePfn * 1024 + index * 2;
    const pteLo = ram.u32[word] ?? 0;
    const pteHi = ram.u32[word + 1] ?? 0;
    levels.push({ level, tablePfn, index, pteLo, pteHi });
    if ((pteLo & V) === 0) return stop("invalid");
    if (reserved(pteLo, pteHi, level)) return stop("reserved");
    const ppn = (pteLo >>> 10) + pteHi * 2 ** 22;
    if ((pteLo & RWX) === 0) {
      tablePfn = ppn;
      continue;
    }
    const span = 512 ** level;
    if (ppn % span !== 0) return stop("misaligned-superpage");
    const pfn = ppn + (Math.floor(va / 4096) % span);
    if (pfn >= ram.frames) return stop("beyond-ram");
    return { levels, pa: pfn * 4096 + (va % 4096), pfn, flags: pteLo & 0x3ff, pageBytes };
  }
  return stop("reserved");
}
