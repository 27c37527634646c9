// Values that got no register are cut into pieces, and between the pieces they live in the frame, in a home that is written
// after each definition and so always has the present value. First a value is cut along loops: one piece for a whole loop,
// loaded before it. A piece that fails again is cut along inner loops, then into one for each block, and at last into
// one for each instruction, which always finds a register. What a constant or an address was made with makes it again
// instead of a home.

import type { Coalesced } from "./coalesce.ts";
import type { FlowBlock } from "./flow.ts";
import { type Interval, type Intervals, isLiveAt } from "./intervals.ts";
import type { Loop } from "./loops.ts";
import { homeAccess, homeOperand, isRematerialisable, type Machine } from "./machine.ts";
import type { Selection } from "./selection.ts";

/** Stages below this are depths of loops; 0: the value as it came. */
const BLOCK = 100;
export const TINY = 101;

export interface Pieces {
  /** By register: its frame object, −1: none. */
  readonly homes: number[];
  readonly stages: number[];
}

interface Cut {
  readonly interval: Interval;
  stage: number;
  home: number;
  /** What makes the value anew. */
  recipe: Machine | undefined;
  definitions: number;
  deepest: number;
  readonly blocks: FlowBlock[];
  readonly loops: Map<Loop, number>;
  /** In the block at hand: the piece's register, and whether it has the value. */
  piece: number;
  isCurrent: boolean;
  blockOfPiece: number;
}

/** Cuts registers that nobody has looked for a place for into a piece for each block. */
export function cutAtBlocks(
  s: Selection,
  blocks: readonly FlowBlock[],
  pieces: Pieces,
  registers: readonly number[],
): void {
  const of: Interval[] = [];
  const roots = new Int32Array(s.nextRegister);
  for (let register = 0; register < s.nextRegister; register++) {
    roots[register] = register;
    of.push({ register, starts: [], ends: [], cost: 0, crossesCall: false });
  }
  for (const register of registers) pieces.stages[register] = BLOCK - 1;
  const intervals = { of, blockStarts: new Int32Array(blocks.length + 1) };
  cutIntoPieces(s, blocks, intervals, { roots, wishes: [] }, pieces, registers);
}

export function cutIntoPieces(
  s: Selection,
  blocks: readonly FlowBlock[],
  intervals: Intervals,
  { roots }: Coalesced,
  pieces: Pieces,
  failed: readonly number[],
): void {
  const cuts = new Map<number, Cut>();
  for (const root of failed) {
    const interval = intervals.of[root];
    if (interval === undefined) continue;
    cuts.set(root, {
      interval,
      stage: pieces.stages[root] ?? 0,
      home: pieces.homes[root] ?? -1,
      recipe: undefined,
      definitions: 0,
      deepest: 0,
      blocks: [],
      loops: new Map(),
      piece: -1,
      isCurrent: false,
      blockOfPiece: -1,
    });
  }
  /** The cut that a register belongs to, by register. */
  const cutOf: (Cut | undefined)[] = [];
  for (let register = 0; register < roots.length; register++)
    cutOf.push(cuts.get(roots[register] ?? -1));
  survey(blocks, cutOf);
  for (const cut of cuts.values()) {
    if (cut.definitions !== 1) cut.recipe = undefined;
    cut.stage = nextStage(cut);
    if (cut.recipe === undefined && cut.home < 0) {
      cut.home = s.objects.length;
      s.objects.push({ size: 8, align: 8 });
    }
  }
  const atEnds: { block: FlowBlock; m: Machine }[] = [];

  const newPiece = (cut: Cut): number => {
    const register = s.nextRegister++;
    pieces.homes[register] = cut.home;
    pieces.stages[register] = cut.stage;
    return register;
  };
  const load = (cut: Cut, register: number, loc: number): Machine =>
    cut.recipe === undefined
      ? homeAccess("load", register, cut.home, loc)
      : { ...cut.recipe, rd: register, loc };

  for (const block of blocks) {
    const code: Machine[] = [];
    /** The loop that has one piece here. */
    const regionOf = (cut: Cut): Loop | undefined => {
      if (cut.stage >= BLOCK) return undefined;
      let { loop } = block;
      while (loop !== undefined && loop.depth > cut.stage) loop = loop.parent;
      return loop?.depth === cut.stage && loop.preheader !== undefined ? loop : undefined;
    };
    const loopPiece = (cut: Cut, loop: Loop): number => {
      let register = cut.loops.get(loop);
      if (register === undefined) {
        register = newPiece(cut);
        cut.loops.set(loop, register);
        const { header, preheader } = loop;
        if (
          preheader !== undefined &&
          isLiveAt(cut.interval, intervals.blockStarts[header.index] ?? 0)
        ) {
          atEnds.push({ block: preheader, m: load(cut, register, preheader.last.loc) });
        }
      }
      return register;
    };
    const blockPiece = (cut: Cut): number => {
      if (cut.blockOfPiece !== block.index) {
        cut.blockOfPiece = block.index;
        cut.piece = newPiece(cut);
        cut.isCurrent = false;
      }
      return cut.piece;
    };
    const use = (register: number, loc: number): number => {
      const cut = cutOf[register];
      if (cut === undefined) return register;
      const loop = regionOf(cut);
      if (loop !== undefined) return loopPiece(cut, loop);
      const piece = blockPiece(cut);
      if (!cut.isCurrent) {
        code.push(load(cut, piece, loc));
        cut.isCurrent = true;
      }
      return piece;
    };
    const define = (register: number, loc: number, after: Machine[]): number => {
      const cut = cutOf[register];
      if (cut === undefined) return register;
      const loop = regionOf(cut);
      const piece = loop === undefined ? blockPiece(cut) : loopPiece(cut, loop);
      after.push(homeAccess("store", piece, cut.home, loc));
      cut.isCurrent = true;
      return piece;
    };
    /** Behind an instruction the smallest pieces end. */
    const touched: Cut[] = [];
    const finish = (register: number): void => {
      const cut = cutOf[register];
      if (cut !== undefined && cut.stage === TINY) touched.push(cut);
    };

    for (const m of block.code) {
      const defined = cutOf[m.rd];
      if (defined !== undefined && m.rd >= 0) {
        // The recipe is followed elsewhere; loads from the home, and stores to it, come anew.
        if (defined.recipe !== undefined) continue;
        if (m.form === "load" && m.slot >= 0 && m.slot === defined.home) continue;
      }
      if (m.form === "store" && m.slot >= 0 && m.rs2 >= 0 && cutOf[m.rs2]?.home === m.slot)
        continue;
      const after: Machine[] = [];
      touched.length = 0;
      if (m.form === "parallel") {
        moveParallel(m, after);
        if (m.defs?.length !== 0) code.push(m);
        code.push(...after);
        for (const cut of touched) cut.blockOfPiece = -1;
        continue;
      }
      const { rd, rs1, rs2, uses, defs, loc } = m;
      if (rs1 >= 0) m.rs1 = use(rs1, loc);
      if (rs2 >= 0) m.rs2 = use(rs2, loc);
      if (uses !== undefined) m.uses = uses.map((register) => use(register, loc));
      if (rd >= 0) m.rd = define(rd, loc, after);
      if (defs !== undefined) m.defs = defs.map((register) => define(register, loc, after));
      code.push(m, ...after);
      finish(rs1);
      finish(rs2);
      finish(rd);
      uses?.forEach(finish);
      defs?.forEach(finish);
      for (const cut of touched) cut.blockOfPiece = -1;
    }
    const { last } = block;
    if (last.rs1 >= 0) last.rs1 = use(last.rs1, last.loc);
    if (last.rs2 >= 0) last.rs2 = use(last.rs2, last.loc);
    block.code = code;

    /** A parallel move takes its values from homes and brings them there itself. */
    function moveParallel(m: Machine, after: Machine[]): void {
      const to: number[] = [];
      const from: number[] = [];
      const written: Cut[] = [];
      m.defs?.forEach((def, index) => {
        const source = m.uses?.[index] ?? 0;
        const cutTo = def >= 0 ? cutOf[def] : undefined;
        const cutFrom = source >= 0 ? cutOf[source] : undefined;
        if (cutTo !== undefined && cutTo === cutFrom) return;
        // The value's home as a source, when it has been read from there already: nothing to do.
        if (cutTo !== undefined && source === homeOperand(cutTo.home)) return;
        if (
          cutFrom !== undefined &&
          cutFrom.recipe === undefined &&
          def === homeOperand(cutFrom.home)
        )
          return;
        let rs = source;
        if (cutFrom !== undefined) {
          const loop = regionOf(cutFrom);
          if (loop !== undefined) rs = loopPiece(cutFrom, loop);
          else if (cutFrom.blockOfPiece === block.index && cutFrom.isCurrent) rs = cutFrom.piece;
          else if (cutFrom.recipe === undefined) rs = homeOperand(cutFrom.home);
          else if (cutTo === undefined && def >= 0) {
            after.push({ ...cutFrom.recipe, rd: def, loc: m.loc });
            return;
          } else {
            // A home, of an earlier round too, is written from a register.
            rs = use(source, m.loc);
          }
          finish(source);
        }
        let rd = def;
        if (cutTo !== undefined) {
          const loop = regionOf(cutTo);
          if (loop === undefined) {
            rd = homeOperand(cutTo.home);
            written.push(cutTo);
          } else {
            rd = loopPiece(cutTo, loop);
            after.push(homeAccess("store", rd, cutTo.home, m.loc));
          }
        }
        to.push(rd);
        from.push(rs);
      });
      for (const cut of written) cut.isCurrent = false;
      m.defs = to;
      m.uses = from;
    }
  }
  for (const { block, m } of atEnds) block.code.push(m);
}

/** Finds out where the failed registers are named. */
function survey(blocks: readonly FlowBlock[], cutOf: readonly (Cut | undefined)[]): void {
  for (const block of blocks) {
    const note = (register: number): Cut | undefined => {
      const cut = register >= 0 ? cutOf[register] : undefined;
      if (cut === undefined) return undefined;
      if (cut.blocks.at(-1) !== block) cut.blocks.push(block);
      cut.deepest = Math.max(cut.deepest, block.loop?.depth ?? 0);
      return cut;
    };
    for (const m of block.code) {
      note(m.rs1);
      note(m.rs2);
      const cut = note(m.rd);
      if (cut !== undefined) {
        cut.definitions++;
        cut.recipe = isRematerialisable(m) ? m : undefined;
      }
      if (m.uses !== undefined) for (const register of m.uses) note(register);
      if (m.defs !== undefined) {
        for (const register of m.defs) {
          const other = note(register);
          if (other !== undefined) other.definitions += 2;
        }
      }
    }
    note(block.last.rs1);
    note(block.last.rs2);
  }
}

function nextStage(cut: Cut): number {
  if (cut.blocks.length <= 1 || cut.stage >= BLOCK) return TINY;
  if (cut.recipe !== undefined) return BLOCK;
  for (let depth = cut.stage + 1; depth <= cut.deepest; depth++) {
    const first = regionAt(cut.blocks[0], depth);
    if (cut.blocks.some((block) => regionAt(block, depth) !== first)) return depth;
  }
  return BLOCK;
}

function regionAt(block: FlowBlock | undefined, depth: number): Loop | FlowBlock | undefined {
  let loop = block?.loop;
  while (loop !== undefined && loop.depth > depth) loop = loop.parent;
  return loop !== undefined && loop.depth === depth ? loop : block;
}
