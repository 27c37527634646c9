// Natural loops: dominators by Cooper, Harvey and Kennedy's method, loops by their headers, inner before outer. A loop gets
// a preheader, one block before it that everybody passes who enters, for what is made once for all rounds. A circle with
// two entrances is no loop here.

import type { FlowBlock } from "./flow.ts";
import { callsLibrary } from "./memory.ts";

export interface Loop {
  readonly header: FlowBlock;
  /** The only block outside that goes to the header; undefined: indirect jumps do, which no block can be put behind. */
  preheader: FlowBlock | undefined;
  parent: Loop | undefined;
  /** 1: in no other. */
  depth: number;
  hasCall: boolean;
}

/** Finds loops and puts preheaders in; true: there are new blocks, which have no index yet. */
export function findLoops(
  blocks: readonly FlowBlock[],
  newPreheader: (header: FlowBlock) => FlowBlock,
): boolean {
  const dominator = immediateDominators(blocks);
  const dominates = (above: number, below: number): boolean => {
    let at = below;
    while (at > above) at = dominator[at] ?? 0;
    return at === above;
  };
  const loops: Loop[] = [];
  // From the innermost outwards: a header of an inner loop comes later in reverse postorder than its outer loops'.
  for (let index = blocks.length - 1; index >= 0; index--) {
    const header = blocks[index];
    if (header === undefined) continue;
    const work: FlowBlock[] = [];
    let isEnteredAnyhow = false;
    for (const latch of header.predecessors) {
      if (latch.index >= index && dominates(index, latch.index)) work.push(latch);
      else if (latch.end.op === "indirect") isEnteredAnyhow = true;
    }
    // A computed goto goes to the label itself: nothing can be put before it.
    if (work.length === 0 || isEnteredAnyhow) continue;
    const loop: Loop = { header, preheader: header, parent: undefined, depth: 1, hasCall: false };
    loops.push(loop);
    for (let block = work.pop(); block !== undefined; block = work.pop()) {
      let inner = block.loop;
      if (inner === undefined) {
        block.loop = loop;
        if (block !== header) work.push(...block.predecessors);
        continue;
      }
      while (inner.parent !== undefined) inner = inner.parent;
      if (inner === loop) continue;
      inner.parent = loop;
      for (const before of inner.header.predecessors) {
        if (outermost(before) !== loop) work.push(before);
      }
    }
    if (header.loop === undefined) header.loop = loop;
  }
  let isNew = false;
  // Outer loops first: depths come from above.
  for (let at = loops.length - 1; at >= 0; at--) {
    const loop = loops[at];
    if (loop === undefined) continue;
    loop.depth = (loop.parent?.depth ?? 0) + 1;
    const { header } = loop;
    if (header.symbol !== undefined) {
      loop.preheader = undefined;
      continue;
    }
    const outside = header.predecessors.filter((block) => !isIn(block, loop));
    const only = outside[0];
    if (
      outside.length === 1 &&
      only !== undefined &&
      only.successors.length === 1 &&
      only.end.op === "jump"
    ) {
      loop.preheader = only;
      continue;
    }
    const preheader = newPreheader(header);
    preheader.loop = loop.parent;
    for (const block of outside) {
      block.successors = block.successors.map((one) => (one === header ? preheader : one));
    }
    header.predecessors = header.predecessors.filter((block) => isIn(block, loop));
    header.predecessors.push(preheader);
    preheader.predecessors = outside;
    loop.preheader = preheader;
    isNew = true;
  }
  for (const block of blocks) {
    if (
      block.loop !== undefined &&
      block.instructions.some((one) => one.op === "call" || callsLibrary(one))
    ) {
      for (
        let loop: Loop | undefined = block.loop;
        loop !== undefined && !loop.hasCall;
        loop = loop.parent
      )
        loop.hasCall = true;
    }
  }
  return isNew;
}

function outermost(block: FlowBlock): Loop | undefined {
  let { loop } = block;
  while (loop?.parent !== undefined) loop = loop.parent;
  return loop;
}

export function isIn(block: FlowBlock, loop: Loop): boolean {
  for (let at = block.loop; at !== undefined; at = at.parent) if (at === loop) return true;
  return false;
}

export function immediateDominators(blocks: readonly FlowBlock[]): Int32Array {
  const dominator = new Int32Array(blocks.length).fill(-1);
  if (blocks.length > 0) dominator[0] = 0;
  const meet = (a: number, b: number): number => {
    while (a !== b) {
      while (a > b) a = dominator[a] ?? 0;
      while (b > a) b = dominator[b] ?? 0;
    }
    return a;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (let index = 1; index < blocks.length; index++) {
      let best = -1;
      for (const before of blocks[index]?.predecessors ?? []) {
        if (dominator[before.index] === -1) continue;
        best = best < 0 ? before.index : meet(best, before.index);
      }
      // Nobody goes to a block that only has a name.
      if (best < 0) best = 0;
      if (dominator[index] !== best) {
        dominator[index] = best;
        changed = true;
      }
    }
  }
  return dominator;
}
