// Loop-invariant code motion: what a loop computes from values that are the same in all rounds is computed before it.
// Loads move where nobody in the loop may write, if they would be executed anyway or cannot fail.

import type { Instruction, IrFunction, Operand } from "../ir/ir.ts";
import type { Cfg, Loop } from "./cfg.ts";
import {
  isBarrier,
  mayBeWritten,
  modelMemory,
  UNKNOWN,
  type Effects,
  type MemoryModel,
  type Symbols,
} from "./memory.ts";
import { eachDefinition, eachOperand, isMovable } from "./operands.ts";
import { preheaderOf, type Loops } from "./preheaders.ts";

/** What a loop has computed before it needs registers all the time: beyond so many it is as well computed in each round. */
const MOST_MOVED = 100;

/** Moves what does not change in loops out of them, inner loops first, so that it may leave several. */
export function hoistInvariants(f: IrFunction, { cfg, loops }: Loops, symbols: Symbols): boolean {
  if (loops.length === 0) return false;
  const memory = modelMemory(f, cfg, symbols);
  // By temporary: the index of the block that defines it; parameters are everybody's.
  const home = new Int32Array(f.nextTemp).fill(-1);
  for (const [index, block] of cfg.order.entries())
    for (const instruction of block.instructions)
      eachDefinition(instruction, (temp) => {
        home[temp.id] = index;
      });
  let changed = false;
  for (const loop of loops) if (hoistFrom(cfg, loop, memory, home)) changed = true;
  return changed;
}

function hoistFrom(cfg: Cfg, loop: Loop, memory: MemoryModel, home: Int32Array): boolean {
  const preheader = preheaderOf(cfg, loop);
  if (preheader === undefined) return false;
  const inside = new Set(loop.blocks);
  const isInvariant = (operand: Operand): boolean =>
    operand.kind !== "temp" || !inside.has(home[operand.id] ?? -1);
  const target = cfg.indexOf[preheader.id] ?? 0;
  const moved: Instruction[] = [];
  const effects = effectsOf(loop, memory);
  for (const index of loop.blocks) {
    const block = cfg.order[index];
    if (block === undefined) continue;
    // The header's beginning is executed whenever the loop is entered.
    let isCertain = index === loop.header;
    let kept = 0;
    const { instructions } = block;
    for (const instruction of instructions) {
      if (isBarrier(instruction) || instruction.op === "asm") isCertain = false;
      const may =
        moved.length < MOST_MOVED &&
        (isMovable(instruction) ||
          (instruction.op === "load" && mayMove(instruction, isCertain, memory, effects)));
      let allInvariant = may;
      if (may)
        eachOperand(instruction, (operand) => {
          if (!isInvariant(operand)) allInvariant = false;
        });
      if (!allInvariant) {
        instructions[kept++] = instruction;
        continue;
      }
      moved.push(instruction);
      eachDefinition(instruction, (temp) => {
        home[temp.id] = target;
      });
    }
    instructions.length = kept;
  }
  if (moved.length === 0) return false;
  for (const instruction of moved) preheader.instructions.push(instruction);
  return true;
}

function effectsOf(loop: Loop, memory: MemoryModel): Effects {
  const sum: Effects = { writes: [], barrier: false };
  for (const index of loop.blocks) {
    const one = memory.effects[index];
    if (one?.barrier === true) sum.barrier = true;
    for (const root of one?.writes ?? []) if (!sum.writes.includes(root)) sum.writes.push(root);
  }
  return sum;
}

function mayMove(
  load: Extract<Instruction, { op: "load" }>,
  isCertain: boolean,
  memory: MemoryModel,
  effects: Effects,
): boolean {
  if (load.volatile) return false;
  const root = memory.rootOf(load.address);
  // An address that was computed may be good only under a condition; so may that of a weak symbol.
  const isObject = load.address.kind === "slot" || load.address.kind === "symbol";
  if (!isCertain && (!isObject || root === UNKNOWN)) return false;
  return !mayBeWritten(memory, root, effects);
}
