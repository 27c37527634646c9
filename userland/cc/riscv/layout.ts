// The order of blocks in memory. Each block wants the block behind it that saves the most jumps: one that ends with a jump
// its target, one that ends with a branch either of its targets, since branches can be turned round. Edges are taken from
// the most frequent on (after Pettis and Hansen), so a loop with its test at the top is rotated by itself: the jump
// back is more frequent than the way in.

import type { FlowBlock } from "./flow.ts";

interface Edge {
  readonly from: FlowBlock;
  readonly to: FlowBlock;
  readonly weight: number;
}

/** `blocks` in an order that begins with the entry. */
export function layOut(blocks: readonly FlowBlock[]): FlowBlock[] {
  const edges: Edge[] = [];
  for (const block of blocks) {
    const { successors, last } = block;
    if (last.op !== "jump" && last.op !== "branch") continue;
    for (const to of successors) {
      if (to === blocks[0]) continue;
      // A branch's own jump is only needed when none of its targets is next, and then on its rarer way.
      const weight =
        last.op === "jump"
          ? block.frequency
          : Math.min(block.frequency / 2, to.frequency) * 0.9 +
            (inSameLoop(block, to) ? 0 : -0.01 * to.frequency);
      edges.push({ from: block, to, weight });
    }
  }
  edges.sort(
    (a, b) => b.weight - a.weight || a.from.index - b.from.index || a.to.index - b.to.index,
  );
  const next: (FlowBlock | undefined)[] = blocks.map(() => undefined);
  const hasBefore = new Uint8Array(blocks.length);
  /** For a chain's first block its last one, and the other way round. */
  const otherEnd = blocks.map((_, index) => index);
  for (const { from, to } of edges) {
    if (next[from.index] !== undefined || hasBefore[to.index] === 1) continue;
    const first = otherEnd[from.index] ?? 0;
    if (first === to.index) continue;
    const last = otherEnd[to.index] ?? 0;
    next[from.index] = to;
    hasBefore[to.index] = 1;
    otherEnd[first] = last;
    otherEnd[last] = first;
  }
  const order: FlowBlock[] = [];
  const isPlaced = new Uint8Array(blocks.length);
  for (const head of blocks) {
    if (hasBefore[head.index] === 1) continue;
    for (let block: FlowBlock | undefined = head; block !== undefined; block = next[block.index]) {
      if (isPlaced[block.index] === 1) break;
      isPlaced[block.index] = 1;
      order.push(block);
    }
  }
  return order;
}

function inSameLoop(a: FlowBlock, b: FlowBlock): boolean {
  return a.loop === b.loop;
}
