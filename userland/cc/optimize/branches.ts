// Control flow made simpler: branches that always go one way, blocks that only jump on, blocks in a row that are one,
// branches on what the way to them has decided already (jump threading), and blocks that cannot be reached.

import type { Block, Instruction, IrFunction, Operand, Terminator } from "../ir/ir.ts";
import { eachSuccessor } from "./cfg.ts";
import { evaluateCompare } from "./evaluate.ts";
import { eachOperand, eachTerminatorOperand, sameOperand, sourceFrom, ZERO } from "./operands.ts";
import { newSourceFinder } from "./phi-sources.ts";

type Phi = Extract<Instruction, { op: "phi" }>;

/**
 * Whether other passes may find something now that they did not find before. Afterwards there are only blocks that can be
 * reached, or whose address is taken.
 */
export function simplifyBranches(f: IrFunction): boolean {
  let changed = false;
  for (const block of f.blocks) if (decide(block)) changed = true;
  if (shortenSwitches(f)) changed = true;
  if (changed) removeUnreachable(f);
  const predecessors = predecessorsOf(f);
  let moved = threadJumps(f, predecessors);
  if (moved) changed = true;
  const crowds: Crowds = { sets: new Map(), sourceOf: newSourceFinder() };
  for (const block of f.blocks) if (skip(f, block, predecessors, crowds)) moved = true;
  for (const block of f.blocks) while (decide(block)) moved = true;
  if (moved) removeUnreachable(f);
  mergeChains(f);
  return changed;
}

/** Removes what cannot be reached; a block with a symbol stays as an empty one, since data may name it. */
export function removeUnreachable(f: IrFunction): void {
  const reached = reachedBlocks(f);
  let isWhole = true;
  for (const block of f.blocks) if (reached[block.id] === 0) isWhole = false;
  if (isWhole) return;
  const kept: Block[] = [];
  for (const block of f.blocks) {
    if (reached[block.id] === 1) {
      for (const instruction of block.instructions) {
        if (instruction.op !== "phi") break;
        instruction.sources = instruction.sources.filter(
          ({ block: from }) => reached[from.id] === 1,
        );
      }
    } else if (block.symbol !== undefined) {
      block.instructions = [];
      block.terminator = { op: "unreachable", loc: block.terminator.loc };
    } else continue;
    kept.push(block);
  }
  f.blocks = kept;
}

/** By block's id: 1 if it can be reached. */
function reachedBlocks(f: IrFunction): Uint8Array {
  const reached = new Uint8Array(f.nextBlock);
  const [entry] = f.blocks;
  if (entry === undefined) return reached;
  const work = [entry];
  reached[entry.id] = 1;
  const reach = (to: Block): void => {
    if (reached[to.id] === 1) return;
    reached[to.id] = 1;
    work.push(to);
  };
  for (let block = work.pop(); block !== undefined; block = work.pop())
    eachSuccessor(block.terminator, reach);
  return reached;
}

/** By block's id: the blocks that go there, each once. */
function predecessorsOf(f: IrFunction): Block[][] {
  const lists: Block[][] = [];
  for (let id = 0; id < f.nextBlock; id++) lists.push([]);
  for (const block of f.blocks)
    eachSuccessor(block.terminator, (to) => {
      const list = lists[to.id];
      if (list !== undefined && list[list.length - 1] !== block) list.push(block);
    });
  return lists;
}

/** Branches that always go to the same place become jumps. */
function decide(block: Block): boolean {
  const { terminator } = block;
  let to: Block | undefined;
  if (terminator.op === "branch") {
    const { condition, left, right } = terminator;
    if (terminator.then === terminator.else) to = terminator.then;
    else if (left.kind === "constant" && right.kind === "constant")
      to = evaluateCompare(condition, left.value, right.value) ? terminator.then : terminator.else;
    else if (sameOperand(left, right))
      to = evaluateCompare(condition, 0n, 0n) ? terminator.then : terminator.else;
  } else if (terminator.op === "switch") {
    const { value, cases } = terminator;
    if (value.kind === "constant") {
      const number = value.value;
      to =
        cases.find(({ first, last }) => first <= number && number <= last)?.to ??
        terminator.default;
    } else if (cases.every((one) => one.to === terminator.default)) to = terminator.default;
  }
  if (to === undefined) return false;
  eachSuccessor(terminator, (other) => {
    if (other !== to) dropSource(other, block);
  });
  block.terminator = { op: "jump", to, loc: terminator.loc };
  return true;
}

function dropSource(block: Block, from: Block): void {
  for (const instruction of block.instructions) {
    if (instruction.op !== "phi") break;
    const at = instruction.sources.findIndex((source) => source.block === from);
    if (at >= 0) instruction.sources.splice(at, 1);
  }
}

function hasPhis(block: Block): boolean {
  return block.instructions[0]?.op === "phi";
}

export function redirect(terminator: Terminator, from: Block, to: Block): void {
  switch (terminator.op) {
    case "jump":
      if (terminator.to === from) terminator.to = to;
      break;
    case "branch":
      // oxlint-disable-next-line unicorn/no-thenable -- a branch's way is a block, and nobody awaits a terminator
      if (terminator.then === from) terminator.then = to;
      if (terminator.else === from) terminator.else = to;
      break;
    case "switch":
      for (const one of terminator.cases) if (one.to === from) one.to = to;
      if (terminator.default === from) terminator.default = to;
      break;
    case "indirect-jump":
    case "return":
    case "unreachable":
      break;
  }
}

/**
 * Cases of a switch that lead to empty blocks go straight to where these go. One case at a time (as below) would look through
 * all cases for each, and generated programs have tens of thousands of both.
 */
function shortenSwitches(f: IrFunction): boolean {
  /** By empty block: where one gets from there. */
  const ends = new Map<Block, Block>();
  const endOf = (block: Block): Block => {
    const path: Block[] = [];
    let at = block;
    for (;;) {
      const known = ends.get(at);
      if (known !== undefined) at = known;
      const { terminator } = at;
      const isEmpty = at.instructions.length === 0 && at.symbol === undefined;
      if (known !== undefined || !isEmpty || terminator.op !== "jump" || hasPhis(terminator.to))
        break;
      path.push(at);
      // Until the end is known the way back here is a circle.
      ends.set(at, at);
      at = terminator.to;
    }
    for (const passed of path) ends.set(passed, at);
    return at;
  };
  let changed = false;
  for (const { terminator } of f.blocks) {
    if (terminator.op !== "switch") continue;
    for (const one of terminator.cases) {
      const end = endOf(one.to);
      if (end === one.to) continue;
      one.to = end;
      changed = true;
    }
    const end = endOf(terminator.default);
    if (end !== terminator.default) changed = true;
    terminator.default = end;
  }
  return changed;
}

/** What spares looking through the thousands of predecessors that a block of a generated program may have. */
interface Crowds {
  /** Of long lists of predecessors. */
  readonly sets: Map<readonly Block[], Set<Block>>;
  readonly sourceOf: ReturnType<typeof newSourceFinder>;
}

/** Predecessors that are looked through one by one. */
const FEW = 16;

function isAmong({ sets }: Crowds, list: readonly Block[], block: Block): boolean {
  if (list.length <= FEW) return list.includes(block);
  let set = sets.get(list);
  if (set === undefined) {
    set = new Set(list);
    sets.set(list, set);
  }
  return set.has(block);
}

/**
 * Sends those who come to an empty block straight on. When nobody is left, the phis behind keep what they had from there until
 * what cannot be reached is removed.
 */
function skip(f: IrFunction, block: Block, predecessors: Block[][], crowds: Crowds): boolean {
  const { terminator } = block;
  if (block.instructions.length > 0 || block.symbol !== undefined || block === f.blocks[0])
    return false;
  if (terminator.op !== "jump" || terminator.to === block) return false;
  const { to } = terminator;
  const before = predecessors[block.id] ?? [];
  const behind = predecessors[to.id] ?? [];
  const rest: Block[] = [];
  for (const from of before) {
    const isTwice = isAmong(crowds, behind, from);
    if (isTwice && hasPhis(to) && !agrees(to, from, block)) {
      rest.push(from);
      continue;
    }
    redirect(from.terminator, block, to);
    if (isTwice) continue;
    behind.push(from);
    crowds.sets.get(behind)?.add(from);
    for (const instruction of to.instructions) {
      if (instruction.op !== "phi") break;
      const source = crowds.sourceOf(instruction, to, block);
      instruction.sources.push({ block: from, value: source?.value ?? ZERO });
    }
  }
  const changed = rest.length < before.length;
  predecessors[block.id] = rest;
  if (rest.length === 0 && before.length > 0) {
    block.terminator = { op: "unreachable", loc: terminator.loc };
  }
  return changed;
}

/** Whether the phis have the same values from both blocks. */
function agrees(block: Block, one: Block, other: Block): boolean {
  for (const instruction of block.instructions) {
    if (instruction.op !== "phi") break;
    const a = sourceFrom(instruction, one);
    const b = sourceFrom(instruction, other);
    if (a === undefined || b === undefined || !sameOperand(a, b)) return false;
  }
  return true;
}

/** A block whose only predecessor jumps to it is appended to that one. */
function mergeChains(f: IrFunction): void {
  const predecessors = predecessorsOf(f);
  const gone = new Set<Block>();
  /** By block: the one that it has become a part of. */
  const renamed = new Map<Block, Block>();
  for (const block of f.blocks) {
    if (gone.has(block)) continue;
    for (;;) {
      const { terminator } = block;
      if (terminator.op !== "jump") break;
      const { to } = terminator;
      if (to === block || to.symbol !== undefined || to === f.blocks[0] || gone.has(to)) break;
      if ((predecessors[to.id] ?? []).length !== 1) break;
      for (const instruction of to.instructions) {
        if (instruction.op !== "phi") {
          block.instructions.push(instruction);
          continue;
        }
        const value = instruction.sources[0]?.value ?? ZERO;
        const { to: temp, loc } = instruction;
        block.instructions.push({ op: "unary", to: temp, operator: "copy", value, loc });
      }
      block.terminator = to.terminator;
      gone.add(to);
      renamed.set(to, block);
    }
  }
  if (gone.size === 0) return;
  f.blocks = f.blocks.filter((block) => !gone.has(block));
  for (const block of f.blocks)
    for (const instruction of block.instructions) {
      if (instruction.op !== "phi") break;
      for (const source of instruction.sources) {
        let { block: from } = source;
        for (let at = renamed.get(from); at !== undefined; at = renamed.get(from)) from = at;
        source.block = from;
      }
    }
}

/** Where more ways meet, each would be looked for among all of them. */
const MOST_THREADED = 1000;

/**
 * A block of phis and a branch on one of them: whoever comes with a constant there goes straight to where the branch would
 * send it. The phis may be used only by the branch and by phis behind it, whose new edges get the values.
 */
function threadJumps(f: IrFunction, predecessors: Block[][]): boolean {
  let uses: Int32Array | undefined;
  let changed = false;
  for (const block of f.blocks) {
    const { terminator, instructions } = block;
    if (!hasPhis(block) || block.symbol !== undefined || terminator.op !== "branch") continue;
    const { condition, left, right } = terminator;
    if (left.kind !== "temp" || right.kind !== "constant") continue;
    if (terminator.then === block || terminator.else === block) continue;
    if (!instructions.every(({ op }) => op === "phi")) continue;
    const tested = instructions.find(
      (one): one is Phi => one.op === "phi" && one.to.id === left.id,
    );
    if (tested === undefined || tested.sources.length > MOST_THREADED) continue;
    if (!tested.sources.some(({ value }) => value.kind === "constant")) continue;
    uses ??= countUses(f);
    if (!usesStay(block, uses)) continue;
    for (const { block: from, value } of tested.sources.slice()) {
      if (value.kind !== "constant" || from.terminator.op === "indirect-jump") continue;
      const to = evaluateCompare(condition, value.value, right.value)
        ? terminator.then
        : terminator.else;
      const behind = predecessors[to.id] ?? [];
      if (behind.includes(from)) continue;
      for (const phi of to.instructions) {
        if (phi.op !== "phi") break;
        const before = sourceFrom(phi, block) ?? ZERO;
        const onward = onEdge(block, before, from);
        phi.sources.push({ block: from, value: onward });
        if (onward.kind === "temp") uses[onward.id] = (uses[onward.id] ?? 0) + 1;
      }
      redirect(from.terminator, block, to);
      dropSource(block, from);
      behind.push(from);
      const list = predecessors[block.id] ?? [];
      list.splice(list.indexOf(from), 1);
      changed = true;
    }
  }
  return changed;
}

/** What an operand at the block's end is worth when the block was entered from there. */
function onEdge(block: Block, operand: Operand, from: Block): Operand {
  if (operand.kind !== "temp") return operand;
  for (const phi of block.instructions)
    if (phi.op === "phi" && phi.to.id === operand.id) return sourceFrom(phi, from) ?? ZERO;
  return operand;
}

function countUses(f: IrFunction): Int32Array {
  const counts = new Int32Array(f.nextTemp);
  const count = (operand: Operand): void => {
    if (operand.kind === "temp") counts[operand.id] = (counts[operand.id] ?? 0) + 1;
  };
  for (const block of f.blocks) {
    for (const instruction of block.instructions) eachOperand(instruction, count);
    eachTerminatorOperand(block.terminator, count);
  }
  return counts;
}

/** Whether the block's phis are used by its branch and by the next blocks' phis only. */
function usesStay(block: Block, uses: Int32Array): boolean {
  const here = new Map<number, number>();
  for (const phi of block.instructions) if (phi.op === "phi") here.set(phi.to.id, 0);
  const count = (operand: Operand): void => {
    const known = operand.kind === "temp" ? here.get(operand.id) : undefined;
    if (operand.kind === "temp" && known !== undefined) here.set(operand.id, known + 1);
  };
  eachTerminatorOperand(block.terminator, count);
  const visited: Block[] = [];
  eachSuccessor(block.terminator, (to) => {
    if (visited.includes(to)) return;
    visited.push(to);
    for (const phi of to.instructions) {
      if (phi.op !== "phi") break;
      const value = sourceFrom(phi, block);
      if (value !== undefined) count(value);
    }
  });
  for (const [id, number] of here) if (uses[id] !== number) return false;
  return true;
}
