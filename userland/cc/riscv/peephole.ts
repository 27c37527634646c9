// What is left to improve when registers are known: blocks that only jump are skipped, a value that has just been stored
// or loaded is not loaded again, and moves that say nothing new go.

import type { FlowBlock } from "./flow.ts";
import { type Machine, move } from "./machine.ts";
import { isCalleeSaved, RA } from "./registers.ts";

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

/** Keeps track, within a block, of which registers and homes hold the same value. */
function tidyCode(code: readonly Machine[]): Machine[] {
  const kept: Machine[] = [];
  let next = 32;
  /** A number for what is in each register; equal numbers are equal values. */
  const values = Array.from({ length: 32 }, (_, register) => register);
  const homes = new Map<number, number>();
  const constants = new Map<number | bigint, number>();
  for (const m of code) {
    if (m.form === "u" && m.mnemonic === "mv") {
      const value = values[m.rs1] ?? -1;
      if (values[m.rd] === value) continue;
      values[m.rd] = value;
      kept.push(m);
      continue;
    }
    if (m.form === "li") {
      let value = constants.get(m.immediate);
      if (value === undefined) {
        value = next++;
        constants.set(m.immediate, value);
      }
      if (values[m.rd] === value) continue;
      values[m.rd] = value;
      kept.push(m);
      continue;
    }
    if (m.isHome && m.form === "store") {
      homes.set(m.slot, values[m.rs2] ?? -1);
      kept.push(m);
      continue;
    }
    if (m.isHome && m.form === "load") {
      const value = homes.get(m.slot);
      if (value === undefined) {
        values[m.rd] = next;
        homes.set(m.slot, next++);
        kept.push(m);
        continue;
      }
      if (values[m.rd] === value) continue;
      const holder = values.indexOf(value);
      values[m.rd] = value;
      kept.push(holder < 0 ? m : move(m.rd, holder, m.loc));
      continue;
    }
    if (m.rd > 0) values[m.rd] = next++;
    if (m.defs !== undefined) for (const register of m.defs) values[register] = next++;
    if (m.clobbers !== undefined) for (const register of m.clobbers) values[register] = next++;
    if (m.form === "call") {
      values[RA] = next++;
      for (let register = 5; register < 32; register++)
        if (!isCalleeSaved(register)) values[register] = next++;
    }
    kept.push(m);
  }
  return kept;
}
