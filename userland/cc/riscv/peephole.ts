// What is left to improve when registers are known: blocks that only jump are skipped, a value that has just been stored
// or loaded is not loaded again, and moves that say nothing new go.

import type { FlowBlock } from "./flow.ts";
import { liveAtEnds } from "./liveness.ts";
import { type Machine, move } from "./machine.ts";
import { ALLOCATABLE, isCalleeSaved, RA, SCRATCH } from "./registers.ts";

/** The blocks that are still needed, in the old order and with indices of their own. */
export function tidyBlocks(blocks: readonly FlowBlock[]): FlowBlock[] {
  for (const block of blocks) tidyCode(block);
  removeUnused(blocks);
  removeUnreadHomes(blocks);
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
    // A block's edges come one after the other, so that looking at the last one finds doubles.
    for (const { predecessors } of block.successors)
      if (predecessors[predecessors.length - 1] !== block) predecessors.push(block);
  }
  return blocks;
}

/** Keeps track, within a block, of which registers and homes hold the same value. */
function tidyCode(block: FlowBlock): void {
  const kept: Machine[] = [];
  let next = 32;
  /** A number for what is in each register; equal numbers are equal values. */
  const values = Array.from({ length: 32 }, (_, register) => register);
  const homes = new Map<number, number>();
  const constants = new Map<number | bigint, number>();
  /** Who reads a copy can read the register that it was made from, as long as that has the value. */
  const originals = Array.from({ length: 32 }, (_, register) => register);
  const original = (register: number): number => {
    const from = originals[register] ?? register;
    return from !== register && register > 0 && values[from] === values[register] ? from : register;
  };
  for (const m of block.code) {
    if (m.form !== "asm" && m.form !== "call" && m.form !== "cas") {
      m.rs1 = original(m.rs1);
      m.rs2 = original(m.rs2);
    } else if (m.form === "call") {
      m.rs1 = original(m.rs1);
    }
    if (m.form === "u" && m.mnemonic === "mv") {
      const value = values[m.rs1] ?? -1;
      if (values[m.rd] === value) continue;
      values[m.rd] = value;
      originals[m.rd] = m.rs1;
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
      if (holder >= 0) originals[m.rd] = holder;
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
  block.last.rs1 = original(block.last.rs1);
  block.last.rs2 = original(block.last.rs2);
  block.code = kept;
}

/** Removes what is written to a register and never read. */
function removeUnused(blocks: readonly FlowBlock[]): void {
  const { liveOut } = liveAtEnds(blocks, 32);
  const isLive = new Uint8Array(32);
  const read = (register: number): void => {
    if (register > 0) isLive[register] = 1;
  };
  for (const block of blocks) {
    isLive.fill(0);
    for (const register of liveOut[block.index] ?? []) isLive[register] = 1;
    read(block.last.rs1);
    read(block.last.rs2);
    block.last.uses.forEach(read);
    let isAllUsed = true;
    for (let at = block.code.length - 1; at >= 0; at--) {
      const m = block.code[at];
      if (m === undefined) continue;
      if (m.rd >= 0 && isLive[m.rd] !== 1 && isWithoutEffect(m)) {
        m.form = "nothing";
        isAllUsed = false;
        continue;
      }
      if (m.rd >= 0) isLive[m.rd] = 0;
      if (m.defs !== undefined) for (const register of m.defs) isLive[register] = 0;
      read(m.rs1);
      read(m.rs2);
      if (m.uses !== undefined) m.uses.forEach(read);
    }
    if (!isAllUsed) block.code = block.code.filter((m) => m.form !== "nothing");
  }
}

/** A home that is nowhere loaded from any more need not be written. */
function removeUnreadHomes(blocks: readonly FlowBlock[]): void {
  const isRead = new Set<number>();
  let count = 0;
  for (const block of blocks) {
    for (const m of block.code) {
      if (!m.isHome) continue;
      count++;
      if (m.form === "load") isRead.add(m.slot);
    }
  }
  if (count === 0) return;
  for (const block of blocks) {
    block.code = block.code.filter((m) => !m.isHome || m.form === "load" || isRead.has(m.slot));
  }
}

/** Registers with meanings of their own are nobody's to leave alone. */
function isWithoutEffect(m: Machine): boolean {
  if (ALLOCATABLE[m.rd] !== true && m.rd !== SCRATCH) return false;
  return (
    m.form === "u" ||
    m.form === "li" ||
    m.form === "hi" ||
    m.form === "la" ||
    m.form === "lea" ||
    m.form === "i" ||
    m.form === "r" ||
    (m.form === "load" && m.isHome)
  );
}
