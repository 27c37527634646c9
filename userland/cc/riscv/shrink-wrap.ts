// Functions that often return early should not make a frame before they know (shrink wrapping). Before allocation, values
// that live into the part that calls others get registers of their own there, so that the way before it can do with
// registers that need no saving; afterwards the prologue goes to the one place that dominates all who need the frame.

import type { FlowBlock } from "./flow.ts";
import { type Frame, usesFramePointer } from "./frame.ts";
import { immediateDominators } from "./loops.ts";
import { isRematerialisable, type Machine, NO_SLOT, parallel } from "./machine.ts";
import { renumber } from "./peephole.ts";
import { FIRST_VIRTUAL, isCalleeSaved, RA, SP } from "./registers.ts";
import type { Selection } from "./selection.ts";

/** When nearly everybody gets there, copies are not worth it. */
const OFTEN = 0.9;
/** A return block that short is copied rather than shared between those with a frame and those without. */
const SHORT = 4;

export interface EarlyExits {
  /** Registers that have copies in the part with the frame, and are not to become one with these again. */
  readonly separated: readonly number[];
  /** How often that part is expected to be reached. */
  readonly frameFrequency: number;
}

const NOTHING: EarlyExits = { separated: [], frameFrequency: 1 };

/**
 * Renames what lives into the part of the function that needs a frame.
 */
export function separateEarlyExits(s: Selection, blocks: readonly FlowBlock[]): EarlyExits {
  if (usesFramePointer(s) || s.f.isVariadic) return NOTHING;
  const dominator = immediateDominators(blocks);
  const start = commonDominator(blocks, dominator, (block) =>
    block.code.some((m) => m.form === "call" || m.slot !== NO_SLOT),
  );
  const place = blocks[start];
  if (place === undefined || start <= 0 || place.frequency > OFTEN) return NOTHING;
  const isInside = dominatedBy(blocks, dominator, start);
  const definedInside = new Set<number>();
  /** Of registers that nothing but this defines. */
  const recipes = new Map<number, Machine>();
  const definedOutside = new Set<number>();
  for (const block of blocks) {
    const set = isInside[block.index] === 1 ? definedInside : definedOutside;
    for (const m of block.code) {
      if (m.rd >= FIRST_VIRTUAL) {
        if (isRematerialisable(m) && !set.has(m.rd)) recipes.set(m.rd, m);
        else recipes.delete(m.rd);
        set.add(m.rd);
      }
      m.defs?.forEach((register) => {
        set.add(register);
        recipes.delete(register);
      });
    }
  }
  const renamed = new Map<number, number>();
  const rename = (register: number): number => {
    if (register < FIRST_VIRTUAL || definedInside.has(register) || !definedOutside.has(register))
      return register;
    let other = renamed.get(register);
    if (other === undefined) {
      other = s.nextRegister++;
      renamed.set(register, other);
    }
    return other;
  };
  for (const block of blocks) {
    if (isInside[block.index] !== 1) continue;
    for (const m of block.code) {
      m.rs1 = rename(m.rs1);
      m.rs2 = rename(m.rs2);
      if (m.uses !== undefined) m.uses = m.uses.map(rename);
    }
    block.last.rs1 = rename(block.last.rs1);
    block.last.rs2 = rename(block.last.rs2);
  }
  const defs: number[] = [];
  const uses: number[] = [];
  const again: Machine[] = [];
  for (const [from, to] of renamed) {
    const recipe = recipes.get(from);
    if (recipe === undefined) {
      defs.push(to);
      uses.push(from);
    } else {
      again.push({ ...recipe, rd: to });
    }
  }
  if (defs.length > 0) place.code.unshift(parallel(defs, uses, place.last.loc));
  place.code.unshift(...again);
  return { separated: uses, frameFrequency: place.frequency };
}

export interface Placement {
  readonly blocks: FlowBlock[];
  readonly prologueAt: FlowBlock;
  readonly hasFrame: (block: FlowBlock) => boolean;
}

/** Where the prologue goes. Return blocks that both sides share are copied. */
export function placePrologue(blocks: FlowBlock[], frame: Frame): Placement {
  const [entry] = blocks;
  if (entry === undefined) throw new RangeError("a function without blocks");
  const everywhere: Placement = { blocks, prologueAt: entry, hasFrame: () => true };
  if (frame.size === 0 || frame.usesFramePointer || frame.variadicArea > 0) return everywhere;
  const dominator = immediateDominators(blocks);
  const start = commonDominator(blocks, dominator, needsFrame);
  const place = blocks[start];
  if (place === undefined || start <= 0) return everywhere;
  const isInside = dominatedBy(blocks, dominator, start);
  // Everybody who can be reached from there has the frame: they must not be reached without it.
  const isReached = new Set<FlowBlock>([place]);
  const work = [place];
  const shared: FlowBlock[] = [];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (isInside[block.index] !== 1) {
      if (block.last.op !== "return" || block.code.length > SHORT || block.symbol !== undefined)
        return everywhere;
      shared.push(block);
    }
    for (const to of block.successors) {
      if (to === place) return everywhere;
      if (!isReached.has(to)) {
        isReached.add(to);
        work.push(to);
      }
    }
  }
  for (const block of shared) {
    const copy: FlowBlock = {
      ...block,
      code: block.code.map((m) => ({ ...m })),
      last: { ...block.last },
    };
    for (const before of blocks) {
      if (!isReached.has(before))
        before.successors = before.successors.map((one) => (one === block ? copy : one));
    }
    blocks.push(copy);
  }
  return { blocks: renumber(blocks), prologueAt: place, hasFrame: (block) => isReached.has(block) };
}

function needsFrame({ code }: FlowBlock): boolean {
  const isKept = (register: number): boolean =>
    isCalleeSaved(register) || register === RA || register === SP;
  return code.some(
    (m) =>
      m.form === "call" ||
      m.slot !== NO_SLOT ||
      isKept(m.rd) ||
      isKept(m.rs1) ||
      isKept(m.rs2) ||
      m.defs?.some(isKept) === true ||
      m.uses?.some(isKept) === true ||
      m.clobbers?.some(isKept) === true,
  );
}

/** The block outside of loops that dominates all that need something; −1: nobody does. */
function commonDominator(
  blocks: readonly FlowBlock[],
  dominator: Int32Array,
  needs: (block: FlowBlock) => boolean,
): number {
  let common = -1;
  for (const block of blocks) {
    if (!needs(block)) continue;
    let other = block.index;
    if (common < 0) common = other;
    while (common !== other) {
      if (common > other) common = dominator[common] ?? 0;
      else other = dominator[other] ?? 0;
    }
  }
  while (common > 0 && blocks[common]?.loop !== undefined) common = dominator[common] ?? 0;
  return common;
}

function dominatedBy(
  blocks: readonly FlowBlock[],
  dominator: Int32Array,
  above: number,
): Uint8Array {
  const isInside = new Uint8Array(blocks.length);
  isInside[above] = 1;
  for (let index = above + 1; index < blocks.length; index++) {
    // A block comes after its dominator.
    if (isInside[dominator[index] ?? 0] === 1) isInside[index] = 1;
  }
  return isInside;
}
