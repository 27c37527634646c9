// Jumps of functions that are longer than a jump reaches: ±1 MiB (RISC-V Unprivileged ISA, "Unconditional Jumps"). How long
// code is when it has been assembled is not known here, but how long it may be at most is, and where that is too far a jump
// takes its target from a register. No value lives in the scratch register between instructions, so it is free for that.

import type { FlowBlock } from "./flow.ts";
import type { Machine } from "./machine.ts";

/** What jal reaches, less what prologues and epilogues may add around a block. */
const REACH = 2 ** 20 - 2 ** 14;

/** Bytes of the longest form of most instructions: a constant that does not fit, an addition, an access, and a register saved. */
const LONGEST = 32;
/** A return with all registers restored, and the end of a block with a far jump on either side. */
const LONGEST_END = 96;
const LONGEST_CONSTANT = 32;

/** Says of two blocks in their order in memory whether a jump from one may not reach the other. */
export type IsFar = (from: FlowBlock, to: FlowBlock) => boolean;

export function findFarJumps(order: readonly FlowBlock[]): IsFar {
  const starts = new Map<FlowBlock, number>();
  let at = 0;
  for (const block of order) {
    starts.set(block, at);
    for (const m of block.code) at += mostBytes(m);
    at += LONGEST_END;
  }
  if (at <= REACH) return () => false;
  return (from, to) => Math.abs((starts.get(from) ?? 0) - (starts.get(to) ?? 0)) > REACH;
}

function mostBytes(m: Machine): number {
  switch (m.form) {
    case "r":
    case "u":
      return 4;
    case "i":
      return 4;
    case "li":
      return LONGEST_CONSTANT;
    case "hi":
    case "la":
    case "call":
      return 12;
    case "load":
    case "store":
    case "lea":
      return LONGEST;
    case "asm":
      // Nobody counts what directives make; a statement's line is an instruction, as gcc has it.
      return LONGEST * ((m.asm?.instruction.template.match(/[\n;]/g)?.length ?? 0) + 1);
    case "amo":
    case "cas":
    case "fence":
    case "parallel":
    case "nothing":
      return LONGEST;
  }
}
