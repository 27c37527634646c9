// Which registers are live at the ends of blocks. Most are used only in the block that defines them and cost nothing here;
// for each of the others the paths from its uses back to its definitions are walked once, so the work is as much as the
// answer is long. Where that is beyond all measure, in functions of ten thousands of blocks with as many variables, the answer
// is which registers make it so: those are better off in the frame between blocks.

import type { FlowBlock } from "./flow.ts";
import { FIRST_VIRTUAL } from "./registers.ts";

export interface Liveness {
  /** For each block the registers that are live at its end; complete where `far` is empty. */
  readonly liveOut: readonly number[][];
  /** Registers that are live in too many blocks; those that most blocks read are not among them. */
  readonly far: readonly number[];
}

/** Entries of all lists together up to which nobody need be told. */
export const MOST_ENTRIES = 2_000_000;
/** Blocks that a register may be live in when there are more, and how many registers may be live in any number. */
const MOST_BLOCKS = 64;
const MOST_LONG = 12;

/** Beyond `most` entries it is found out who is far, and the rest is not to be used. */
export function liveAtEnds(
  blocks: readonly FlowBlock[],
  registers: number,
  most = Infinity,
): Liveness {
  const liveOut: number[][] = blocks.map(() => []);
  const definedIn = new Int32Array(registers).fill(-1);
  const exposedIn = new Int32Array(registers).fill(-1);
  // Lists of blocks for each register: those that use it before they define it, and those that define it.
  const exposures = newLists(registers);
  const definitions = newLists(registers);

  blocks.forEach((block, index) => {
    const use = (register: number): void => {
      if (register <= 0 || definedIn[register] === index || exposedIn[register] === index) return;
      exposedIn[register] = index;
      add(exposures, register, index);
    };
    const define = (register: number): void => {
      if (register <= 0 || definedIn[register] === index) return;
      definedIn[register] = index;
      add(definitions, register, index);
    };
    for (const m of block.code) {
      use(m.rs1);
      use(m.rs2);
      if (m.uses !== undefined) for (const register of m.uses) use(register);
      define(m.rd);
      if (m.defs !== undefined) for (const register of m.defs) define(register);
    }
    use(block.last.rs1);
    use(block.last.rs2);
    for (const register of block.last.uses) use(register);
  });

  const stops = new Int32Array(blocks.length).fill(-1);
  const seenIn = new Int32Array(blocks.length).fill(-1);
  const seenOut = new Int32Array(blocks.length).fill(-1);
  const path: FlowBlock[] = [];
  const long: { readonly register: number; readonly readers: number }[] = [];
  let entries = 0;
  for (let register = 1; register < registers; register++) {
    let count = 0;
    let readers = 0;
    let at = exposures.heads[register] ?? -1;
    if (at < 0) continue;
    for (let d = definitions.heads[register] ?? -1; d >= 0; d = definitions.next[d] ?? -1) {
      stops[definitions.values[d] ?? 0] = register;
    }
    for (; at >= 0; at = exposures.next[at] ?? -1) {
      readers++;
      const start = blocks[exposures.values[at] ?? 0];
      if (start !== undefined) path.push(start);
      for (let block = path.pop(); block !== undefined; block = path.pop()) {
        if (seenIn[block.index] === register) continue;
        if (entries > most && count > MOST_BLOCKS) continue;
        seenIn[block.index] = register;
        for (const before of block.predecessors) {
          if (seenOut[before.index] === register) continue;
          seenOut[before.index] = register;
          count++;
          entries++;
          liveOut[before.index]?.push(register);
          if (stops[before.index] !== register) path.push(before);
        }
      }
    }
    if (count > MOST_BLOCKS && register >= FIRST_VIRTUAL) long.push({ register, readers });
  }
  if (entries <= most) return { liveOut, far: [] };
  long.sort((a, b) => b.readers - a.readers);
  const far = long.slice(MOST_LONG).map(({ register }) => register);
  return far.length > 0 ? { liveOut, far } : liveAtEnds(blocks, registers);
}

interface Lists {
  readonly heads: Int32Array;
  readonly values: number[];
  readonly next: number[];
}

function newLists(count: number): Lists {
  return { heads: new Int32Array(count).fill(-1), values: [], next: [] };
}

function add(lists: Lists, list: number, value: number): void {
  lists.next.push(lists.heads[list] ?? -1);
  lists.heads[list] = lists.values.length;
  lists.values.push(value);
}
