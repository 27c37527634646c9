// What is left to improve when registers are known: blocks that only jump are skipped, a value that has just been stored
// or loaded is not loaded again, and copies that say nothing new go.

import type { FlowBlock } from "./flow.ts";
import type { Machine } from "./machine.ts";
import { isCalleeSaved } from "./registers.ts";

/** The blocks that are still needed, in the old order and with indices of their own. */
export function tidyBlocks(blocks: readonly FlowBlock[]): FlowBlock[] {
  for (const block of blocks) block.code = tidyCode(block.code);
  const forward = (block: FlowBlock): FlowBlock => {
    let target = block;
    // A circle of empty blocks is a program that waits for ever.
    for (let steps = 0; steps < 64; steps++) {
      const [next] = target.successors;
      if (
        target.code.length > 0 ||
        target.last.op !== "jump" ||
        target.symbol !== undefined ||
        next === undefined
      )
        break;
      target = next;
    }
    return target;
  };
  const isReached = new Set<FlowBlock>();
  const work: FlowBlock[] = [];
  const reach = (block: FlowBlock): void => {
    if (isReached.has(block)) return;
    isReached.add(block);
    work.push(block);
  };
  const [entry] = blocks;
  if (entry !== undefined) reach(entry);
  for (const block of blocks) if (block.symbol !== undefined) reach(block);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    block.successors = block.successors.map(forward);
    const [then, other] = block.successors;
    if (block.last.op === "branch" && then !== undefined && then === other) {
      block.last.op = "jump";
      block.successors = [then];
    }
    block.successors.forEach(reach);
  }
  const kept = blocks.filter((block) => isReached.has(block));
  return renumber(kept);
}

export function renumber(blocks: FlowBlock[]): FlowBlock[] {
  blocks.forEach((block, index) => {
    block.index = index;
    block.predecessors = [];
  });
  for (const block of blocks) {
    for (const to of block.successors)
      if (!to.predecessors.includes(block)) to.predecessors.push(block);
  }
  return blocks;
}

/** Homes in the frame that a register is known to hold, within a block. */
function tidyCode(code: readonly Machine[]): Machine[] {
  const kept: Machine[] = [];
  /** By frame object: the register. */
  const holders = new Map<number, number>();
  const forget = (register: number): void => {
    for (const [slot, holder] of holders) if (holder === register) holders.delete(slot);
  };
  for (const m of code) {
    if (m.form === "u" && m.mnemonic === "mv" && m.rd === m.rs1) continue;
    if (m.form === "call") {
      for (const [slot, holder] of holders) if (!isCalleeSaved(holder)) holders.delete(slot);
      kept.push(m);
      continue;
    }
    const isHome = m.slot >= 0 && m.immediate === 0 && m.rs1 < 0;
    if (m.form === "load" && m.mnemonic === "ld" && isHome && m.isHome) {
      const holder = holders.get(m.slot);
      if (holder !== undefined) {
        if (holder === m.rd) continue;
        forget(m.rd);
        kept.push({ ...m, form: "u", mnemonic: "mv", rs1: holder, slot: -1, isHome: false });
        continue;
      }
      forget(m.rd);
      holders.set(m.slot, m.rd);
      kept.push(m);
      continue;
    }
    if (m.rd > 0) forget(m.rd);
    if (m.defs !== undefined) m.defs.forEach(forget);
    if (m.clobbers !== undefined) m.clobbers.forEach(forget);
    if (m.form === "store" && isHome && m.isHome) holders.set(m.slot, m.rs2);
    kept.push(m);
  }
  return kept;
}
