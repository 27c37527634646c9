// The part of the CPU that memory management touches: RAM, TLB banks and translated code. Tests hand in a small one.

import type { Cpu, PhysicalMemory } from "../cpu/types.ts";

export interface MemoryCpu extends Pick<
  Cpu,
  "hart" | "banks" | "useBank" | "flushPage" | "flushBank" | "codeFrames" | "dropCode"
> {
  readonly ram: Pick<PhysicalMemory, "frames" | "u8" | "u32">;
}
