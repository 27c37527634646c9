// Many computed gotos and many labels whose address is taken make as many edges as their product, and everything behind would
// go through all of them for each variable. Beyond a measure the gotos become jumps to one block that dispatches, as gcc has
// it for all functions; below it each keeps a jump of its own, which processors predict better.

import { newBlock, newSlot, newTemp, slotAddress } from "../ir/build.ts";
import type { Block, IrFunction } from "../ir/ir.ts";

/** Edges of a function's indirect jumps up to which each of them stays one. */
const MOST_EDGES = 10_000;

interface Dispatch {
  readonly block: Block;
  readonly slot: ReturnType<typeof newSlot>;
}

/** Jumps that have one list of targets go the same ways. */
export function shareDispatch(f: IrFunction): void {
  let jumps = 0;
  let edges = 0;
  for (const { terminator } of f.blocks) {
    if (terminator.op !== "indirect-jump") continue;
    jumps++;
    edges += terminator.targets.length;
  }
  if (edges <= MOST_EDGES || jumps < 2) return;
  const dispatches = new Map<readonly Block[], Dispatch>();
  for (const from of f.blocks) {
    const { terminator } = from;
    if (terminator.op !== "indirect-jump") continue;
    const { address, targets, loc } = terminator;
    let dispatch = dispatches.get(targets);
    if (dispatch === undefined) {
      dispatch = newDispatch(f, targets, loc);
      dispatches.set(targets, dispatch);
    }
    const { block, slot } = dispatch;
    from.instructions.push({
      op: "store",
      size: 8,
      value: address,
      address: slotAddress(slot),
      offset: 0,
      volatile: false,
      loc,
    });
    from.terminator = { op: "jump", to: block, loc };
  }
  for (const { block } of dispatches.values()) f.blocks.push(block);
}

function newDispatch(f: IrFunction, targets: Block[], loc: number): Dispatch {
  const slot = newSlot(f, 8, 8);
  const block = newBlock(f);
  const address = newTemp(f, "l");
  block.instructions.push({
    op: "load",
    to: address,
    from: "64",
    address: slotAddress(slot),
    offset: 0,
    volatile: false,
    loc,
  });
  block.terminator = { op: "indirect-jump", address, targets, loc };
  return { block, slot };
}
