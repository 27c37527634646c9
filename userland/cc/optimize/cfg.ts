// The graph of a function's blocks: reverse postorder, predecessors, the dominator tree (Cooper, Harvey and Kennedy's
// algorithm) and natural loops. Passes work with a block's index in the reverse postorder, which typed arrays are indexed
// with. ir/dominators.ts answers the verifier's questions; this one has what passes need, without maps.

import { successors } from "../ir/build.ts";
import type { Block, IrFunction, Terminator } from "../ir/ir.ts";

export interface Cfg {
  /** The blocks that can be reached, in reverse postorder; the entry is the first. */
  readonly order: readonly Block[];
  /** By a block's id: its index in the order; −1: it cannot be reached. */
  readonly indexOf: Int32Array;
  /** By index: indexes of the blocks that go there, each once. */
  readonly predecessors: readonly (readonly number[])[];
  /** By index: the immediate dominator; the entry's is itself. */
  readonly dominator: Int32Array;
  /** By index: when a walk over the dominator tree comes and leaves. */
  readonly enter: Int32Array;
  readonly leave: Int32Array;
  /** By index: who has this one as its immediate dominator, in reverse postorder. */
  readonly children: readonly (readonly number[])[];
}

export function analyse(f: IrFunction): Cfg {
  const order: Block[] = reversePostorder(f);
  const count = order.length;
  const indexOf = new Int32Array(f.nextBlock).fill(-1);
  for (let index = 0; index < count; index++) {
    const block = order[index];
    if (block !== undefined) indexOf[block.id] = index;
  }
  const predecessors: number[][] = [];
  for (let index = 0; index < count; index++) predecessors.push([]);
  for (let index = 0; index < count; index++) {
    const block = order[index];
    if (block === undefined) continue;
    eachSuccessor(block.terminator, (to) => {
      const list = predecessors[indexOf[to.id] ?? 0];
      // A predecessor's edges come one after the other, so that looking at the last one finds doubles.
      if (list !== undefined && list[list.length - 1] !== index) list.push(index);
    });
  }
  const dominator = immediateDominators(count, predecessors);
  const children: number[][] = [];
  for (let index = 0; index < count; index++) children.push([]);
  for (let index = 1; index < count; index++) children[dominator[index] ?? 0]?.push(index);
  const enter = new Int32Array(count);
  const leave = new Int32Array(count);
  number(children, enter, leave);
  return { order, indexOf, predecessors, dominator, enter, leave, children };
}

/** Whether every way to `below` goes through `above`; both are indexes. A block dominates itself. */
export function dominates(cfg: Cfg, above: number, below: number): boolean {
  const { enter, leave } = cfg;
  return (enter[above] ?? 0) <= (enter[below] ?? 0) && (leave[below] ?? 0) <= (leave[above] ?? 0);
}

export function eachSuccessor(terminator: Terminator, visit: (block: Block) => void): void {
  switch (terminator.op) {
    case "jump":
      visit(terminator.to);
      break;
    case "branch":
      visit(terminator.then);
      visit(terminator.else);
      break;
    case "switch":
      for (const one of terminator.cases) visit(one.to);
      visit(terminator.default);
      break;
    case "indirect-jump":
      for (const to of terminator.targets) visit(to);
      break;
    case "return":
    case "unreachable":
      break;
  }
}

/** Without recursion: machine-made programs have chains of thousands of blocks. */
function reversePostorder(f: IrFunction): Block[] {
  const entry = f.blocks[0];
  if (entry === undefined) return [];
  const seen = new Uint8Array(f.nextBlock);
  const order: Block[] = [];
  const blocks: Block[] = [entry];
  const lists: Block[][] = [successors(entry.terminator)];
  const places: number[] = [0];
  seen[entry.id] = 1;
  for (let top = 0; top >= 0;) {
    // The last successor is walked first, so that the first one comes right behind the block.
    const list = lists[top] ?? [];
    const place = places[top] ?? 0;
    const to = list[list.length - 1 - place];
    if (to === undefined) {
      const done = blocks[top];
      if (done !== undefined) order.push(done);
      top--;
      continue;
    }
    places[top] = place + 1;
    if (seen[to.id] === 1) continue;
    seen[to.id] = 1;
    top++;
    blocks[top] = to;
    lists[top] = successors(to.terminator);
    places[top] = 0;
  }
  return order.reverse();
}

function immediateDominators(count: number, predecessors: readonly number[][]): Int32Array {
  const dominator = new Int32Array(count).fill(-1);
  if (count === 0) return dominator;
  dominator[0] = 0;
  for (let changed = true; changed;) {
    changed = false;
    for (let index = 1; index < count; index++) {
      let common = -1;
      for (const from of predecessors[index] ?? []) {
        if ((dominator[from] ?? -1) < 0) continue;
        if (common < 0) common = from;
        else {
          let other = from;
          while (common !== other) {
            while (common > other) common = dominator[common] ?? 0;
            while (other > common) other = dominator[other] ?? 0;
          }
        }
      }
      if (common !== dominator[index]) {
        dominator[index] = common;
        changed = true;
      }
    }
  }
  return dominator;
}

function number(children: readonly number[][], enter: Int32Array, leave: Int32Array): void {
  if (children.length === 0) return;
  const nodes = [0];
  const places = [0];
  let clock = 1;
  for (let top = 0; top >= 0;) {
    const node = nodes[top] ?? 0;
    const child = children[node]?.[places[top] ?? 0];
    if (child === undefined) {
      leave[node] = clock++;
      top--;
      continue;
    }
    places[top] = (places[top] ?? 0) + 1;
    enter[child] = clock++;
    top++;
    nodes[top] = child;
    places[top] = 0;
  }
}

export interface Loop {
  /** Indexes in the order. The header dominates all of them and is where the loop is entered. */
  readonly header: number;
  /** In reverse postorder, the header first. */
  readonly blocks: number[];
  /** Those that go back to the header. */
  readonly latches: readonly number[];
  parent: Loop | undefined;
  /** Nobody has it as the parent. */
  innermost: boolean;
}

/** Blocks in all loops together, those in inner loops more than once, after which no more loops are looked for. */
const MOST_IN_LOOPS = 200_000;

/** The natural loops, inner ones before those around them. Ways into a loop past its header make no loop here. */
export function loopsOf(cfg: Cfg): Loop[] {
  const { order, predecessors } = cfg;
  const loops: Loop[] = [];
  let total = 0;
  // By block: the outermost loop that is known so far.
  const outermost: (Loop | undefined)[] = new Array<Loop | undefined>(order.length).fill(undefined);
  // Headers of inner loops come later in the order than those of loops around them.
  for (let header = order.length - 1; header >= 0; header--) {
    const latches = (predecessors[header] ?? []).filter((from) => dominates(cfg, header, from));
    if (latches.length === 0) continue;
    // Thousands of loops in each other are machine-made; those around are left alone.
    if (total > MOST_IN_LOOPS) break;
    const loop: Loop = { header, blocks: [], latches, parent: undefined, innermost: true };
    const seen = new Set<number>([header]);
    const work = [...latches];
    for (let at = work.pop(); at !== undefined; at = work.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      for (const from of predecessors[at] ?? []) if (!seen.has(from)) work.push(from);
    }
    for (const index of [...seen].sort((a, b) => a - b)) loop.blocks.push(index);
    total += loop.blocks.length;
    for (const index of loop.blocks) {
      const inner = outermost[index];
      if (inner !== undefined && inner.parent === undefined && inner !== loop) {
        inner.parent = loop;
        loop.innermost = false;
      }
      outermost[index] = loop;
    }
    loops.push(loop);
  }
  return loops;
}
