// Runs a program of program.ts on this CPU, its budget cut at random places, and returns its data pages.

import { createFixture, R, U, V, W, X } from "../fixture.ts";
import { CODE_BASE, DATA_BASE, DATA_BYTES } from "./program.ts";
import type { Random } from "./random.ts";

const CAUSE_ECALL_USER = 8;
const TRAP_BUDGET = -1;
const CODE_FRAME = 1;
const FRAMES = 64;
const DATA_FRAME = 48;

export interface Replay {
  readonly data: Uint8Array;
  readonly retired: number;
}

/** `cuts` gives each run's budget; without it the program runs in one. Throws on any trap but the final write(2). */
export function replay(code: Uint8Array, data: Uint8Array, cuts?: Random): Replay {
  const machine = createFixture({ frames: FRAMES, codeFrameLimit: 3 });
  const { cpu } = machine;
  const pages = Math.ceil(code.length / 4096);
  for (let page = 0; page < pages; page++) {
    machine.map(CODE_BASE + page * 4096, CODE_FRAME + page, V | R | X | U);
  }
  for (let page = 0; page < DATA_BYTES / 4096; page++) {
    // Frames in the other order, so that a crossing access that forgets to translate again is wrong.
    machine.map(DATA_BASE + page * 4096, DATA_FRAME - page, V | R | W | U);
    cpu.ram.u8.set(data.subarray(page * 4096, page * 4096 + 4096), (DATA_FRAME - page) * 4096);
  }
  cpu.ram.u8.set(code, CODE_FRAME * 4096);
  machine.start(CODE_BASE);
  for (;;) {
    const budget = cuts === undefined ? 1_000_000 : 1 + cuts.below(cuts.below(8) === 0 ? 300 : 12);
    const cause = cpu.run(budget);
    if (cause === CAUSE_ECALL_USER) break;
    if (cause !== TRAP_BUDGET) {
      throw new Error(
        `cause ${cause} at ${machine.pc().toString(16)}, stval ${machine.trapValue()}`,
      );
    }
    if (cpu.retired !== budget) throw new Error(`a budget of ${budget} retired ${cpu.retired}`);
  }
  const out = new Uint8Array(DATA_BYTES);
  for (let page = 0; page < DATA_BYTES / 4096; page++) {
    const at = (DATA_FRAME - page) * 4096;
    out.set(cpu.ram.u8.subarray(at, at + 4096), page * 4096);
  }
  return { data: out, retired: cpu.totalRetired() };
}
