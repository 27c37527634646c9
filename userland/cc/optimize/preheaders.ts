// A block before each loop that is passed once when the loop is entered: where what is computed for all rounds belongs.

import { newTemp } from "../ir/build.ts";
import type { Block, Instruction, IrFunction, PhiSource } from "../ir/ir.ts";
import { analyse, loopsOf, type Cfg, type Loop } from "./cfg.ts";
import { redirect } from "./branches.ts";

export interface Loops {
  readonly cfg: Cfg;
  /** Inner ones before those around them. */
  readonly loops: readonly Loop[];
}

/** The loops, each of which has a preheader: the header's only predecessor outside, which only jumps there. */
export function findLoops(f: IrFunction, cfg: Cfg): Loops {
  const loops = loopsOf(cfg);
  const made = new Map<Block, Block>();
  for (const loop of loops) {
    if (preheaderOf(cfg, loop) !== undefined) continue;
    const header = cfg.order[loop.header];
    if (header === undefined || header.symbol !== undefined) continue;
    made.set(header, makePreheader(f, cfg, loop, header));
  }
  if (made.size === 0) return { cfg, loops };
  const blocks: Block[] = [];
  for (const block of f.blocks) {
    const before = made.get(block);
    if (before !== undefined) blocks.push(before);
    blocks.push(block);
  }
  f.blocks = blocks;
  const again = analyse(f);
  return { cfg: again, loops: loopsOf(again) };
}

export function preheaderOf(cfg: Cfg, loop: Loop): Block | undefined {
  let found: Block | undefined;
  for (const from of cfg.predecessors[loop.header] ?? []) {
    if (loop.latches.includes(from)) continue;
    if (found !== undefined) return undefined;
    found = cfg.order[from];
  }
  return found?.terminator.op === "jump" ? found : undefined;
}

function makePreheader(f: IrFunction, cfg: Cfg, loop: Loop, header: Block): Block {
  const { loc } = header.terminator;
  const block: Block = {
    id: f.nextBlock++,
    instructions: [],
    terminator: { op: "jump", to: header, loc },
    symbol: undefined,
  };
  const outside = new Set<Block>();
  for (const from of cfg.predecessors[loop.header] ?? []) {
    const before = cfg.order[from];
    if (before === undefined || loop.latches.includes(from)) continue;
    outside.add(before);
    redirect(before.terminator, header, block);
  }
  for (const instruction of header.instructions) {
    if (instruction.op !== "phi") break;
    const inner: PhiSource[] = [];
    const outer: PhiSource[] = [];
    for (const source of instruction.sources)
      (outside.has(source.block) ? outer : inner).push(source);
    const [only] = outer;
    if (only !== undefined && outer.length === 1) inner.push({ block, value: only.value });
    else {
      const to = newTemp(f, instruction.to.width);
      const phi: Instruction = { op: "phi", to, sources: outer, loc };
      block.instructions.push(phi);
      inner.push({ block, value: to });
    }
    instruction.sources = inner;
  }
  return block;
}
