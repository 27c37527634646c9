// From virtual registers to the machine's: rounds of intervals, coalescing and allocation until everything has a register,
// then every instruction gets its own.

import { allocate } from "./allocate.ts";
import { coalesce } from "./coalesce.ts";
import type { FlowBlock } from "./flow.ts";
import { findIntervals } from "./intervals.ts";
import { liveAtEnds, MOST_ENTRIES } from "./liveness.ts";
import { isRematerialisable, type Machine } from "./machine.ts";
import { sequentialise } from "./parallel-move.ts";
import { FIRST_VIRTUAL } from "./registers.ts";
import type { EarlyExits } from "./shrink-wrap.ts";
import type { Selection } from "./selection.ts";
import { cutAtBlocks, cutIntoPieces, type Pieces } from "./spill.ts";

/** Each round cuts further, and the depth of loops that are told apart is bounded. */
const MOST_ROUNDS = 40;

export function assignRegisters(
  s: Selection,
  blocks: readonly FlowBlock[],
  keepFramePointer: boolean,
  { separated, frameFrequency }: EarlyExits,
): void {
  const pieces: Pieces = { homes: [], stages: [] };
  for (let register = 0; register < s.nextRegister; register++) {
    pieces.homes.push(-1);
    pieces.stages.push(0);
  }
  // Another stage than what they are copied from, so that coalescing leaves them alone.
  for (const register of separated) pieces.stages[register] = -1;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const most = round === 0 ? MOST_ENTRIES : Infinity;
    const { liveOut, far } = liveAtEnds(blocks, s.nextRegister, most);
    if (far.length > 0) {
      cutAtBlocks(s, blocks, pieces, far);
      continue;
    }
    const intervals = findIntervals(blocks, s.nextRegister, liveOut);
    const coalesced = coalesce(blocks, intervals, pieces);
    const recipes = findRecipes(blocks, coalesced.roots);
    const { assigned, failed } = allocate(
      intervals,
      coalesced,
      pieces,
      recipes,
      keepFramePointer,
      frameFrequency,
    );
    if (failed.length === 0) {
      const machineRegisters = new Int32Array(s.nextRegister);
      for (let register = 0; register < s.nextRegister; register++) {
        const root = coalesced.roots[register] ?? register;
        machineRegisters[register] = register < FIRST_VIRTUAL ? register : (assigned[root] ?? -1);
      }
      rewrite(s, blocks, machineRegisters);
      return;
    }
    cutIntoPieces(s, blocks, intervals, coalesced, pieces, failed);
  }
  s.diagnostics?.fatal(s.f.loc, `function '${s.f.symbol}' needs more registers than there are`);
}

/** The roots whose value one instruction makes out of nothing. */
function findRecipes(blocks: readonly FlowBlock[], roots: Int32Array): Uint8Array {
  const definitions = new Uint8Array(roots.length);
  const recipes = new Uint8Array(roots.length);
  const define = (register: number, byRecipe: boolean): void => {
    const root = roots[register] ?? 0;
    definitions[root] = Math.min(2, (definitions[root] ?? 0) + 1);
    recipes[root] = byRecipe && definitions[root] === 1 ? 1 : 0;
  };
  for (const block of blocks) {
    for (const m of block.code) {
      if (m.rd >= FIRST_VIRTUAL) define(m.rd, isRematerialisable(m));
      if (m.defs !== undefined)
        for (const register of m.defs) if (register >= FIRST_VIRTUAL) define(register, false);
    }
  }
  return recipes;
}

function rewrite(s: Selection, blocks: readonly FlowBlock[], registers: Int32Array): void {
  const map = (register: number): number =>
    register < FIRST_VIRTUAL ? register : (registers[register] ?? -1);
  let emergencySlot = -1;
  const emergency = (): number => {
    if (emergencySlot < 0) emergencySlot = s.objects.push({ size: 8, align: 8 }) - 1;
    return emergencySlot;
  };
  for (const block of blocks) {
    const code: Machine[] = [];
    for (const m of block.code) {
      if (m.form === "parallel") {
        sequentialise((m.defs ?? []).map(map), (m.uses ?? []).map(map), m.loc, code, emergency);
        continue;
      }
      m.rd = map(m.rd);
      m.rs1 = map(m.rs1);
      m.rs2 = map(m.rs2);
      if (m.uses !== undefined) m.uses = m.uses.map(map);
      if (m.defs !== undefined) m.defs = m.defs.map(map);
      if (m.form === "u" && m.mnemonic === "mv" && m.rd === m.rs1) continue;
      code.push(m);
    }
    block.code = code;
    block.last.rs1 = map(block.last.rs1);
    block.last.rs2 = map(block.last.rs2);
  }
}
