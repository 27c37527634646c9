// Which block is on every way from the entry to which other: the dominator tree, by iteration over the blocks in reverse
// postorder until nothing changes (Cooper, Harvey and Kennedy's algorithm). Control flow of C programs settles in two or
// three rounds.

import { successors } from "./build.ts";
import type { Block, IrFunction } from "./ir.ts";

export interface Dominators {
  /** Reachable blocks in reverse postorder; the entry is the first. */
  readonly order: readonly Block[];
  isReachable(block: Block): boolean;
  /** The closest other block on every way to this one; undefined for the entry and for what cannot be reached. */
  immediate(block: Block): Block | undefined;
  /** A block dominates itself. False where one of them cannot be reached. */
  dominates(above: Block, below: Block): boolean;
}

export function dominators(f: IrFunction): Dominators {
  const order = reversePostorder(f);
  const number = new Map<Block, number>();
  for (const [index, block] of order.entries()) number.set(block, index);
  const predecessors: number[][] = order.map(() => []);
  for (const [index, block] of order.entries())
    for (const to of successors(block.terminator)) {
      const at = number.get(to);
      if (at !== undefined) predecessors[at]?.push(index);
    }
  // idom[i] is the number of i's immediate dominator, −1 as long as it is not known; it is smaller than i.
  const idom = new Int32Array(order.length).fill(-1);
  if (order.length > 0) idom[0] = 0;
  for (let changed = true; changed;) {
    changed = false;
    for (let index = 1; index < order.length; index++) {
      let common = -1;
      for (const from of predecessors[index] ?? []) {
        if ((idom[from] ?? -1) < 0) continue;
        common = common < 0 ? from : meet(idom, common, from);
      }
      if (common !== idom[index]) {
        idom[index] = common;
        changed = true;
      }
    }
  }
  const { enter, leave } = treeIntervals(idom);
  return {
    order,
    isReachable: (block) => number.has(block),
    immediate(block) {
      const index = number.get(block) ?? 0;
      return index === 0 ? undefined : order[idom[index] ?? 0];
    },
    dominates(above, below) {
      const a = number.get(above);
      const b = number.get(below);
      if (a === undefined || b === undefined) return false;
      return (enter[a] ?? 0) <= (enter[b] ?? 0) && (leave[b] ?? 0) <= (leave[a] ?? 0);
    },
  };
}

function meet(idom: Int32Array, one: number, other: number): number {
  let a = one;
  let b = other;
  while (a !== b) {
    while (a > b) a = idom[a] ?? 0;
    while (b > a) b = idom[b] ?? 0;
  }
  return a;
}

/** Without recursion: functions of machine-made programs have chains of thousands of blocks. */
function reversePostorder(f: IrFunction): Block[] {
  const entry = f.blocks[0];
  if (entry === undefined) return [];
  const seen = new Set<Block>([entry]);
  const postorder: Block[] = [];
  const stack = [{ block: entry, next: successors(entry.terminator), at: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const to = top.next[top.at++];
    if (to === undefined) {
      postorder.push(top.block);
      stack.pop();
    } else if (!seen.has(to)) {
      seen.add(to);
      stack.push({ block: to, next: successors(to.terminator), at: 0 });
    }
  }
  return postorder.toReversed();
}

/** When a walk over the dominator tree comes to each node and leaves it: above is who comes earlier and leaves later. */
function treeIntervals(idom: Int32Array): { enter: Int32Array; leave: Int32Array } {
  const children: number[][] = Array.from(idom, () => []);
  for (let index = 1; index < idom.length; index++) children[idom[index] ?? 0]?.push(index);
  const enter = new Int32Array(idom.length);
  const leave = new Int32Array(idom.length);
  let clock = 0;
  const stack = idom.length > 0 ? [{ node: 0, at: 0 }] : [];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (top.at === 0) enter[top.node] = clock++;
    const child = children[top.node]?.[top.at++];
    if (child === undefined) {
      leave[top.node] = clock++;
      stack.pop();
    } else stack.push({ node: child, at: 0 });
  }
  return { enter, leave };
}
