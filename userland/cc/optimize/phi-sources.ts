// Finding a phi's value by the way that the program came. Where thousands of ways meet, at the end of a generated switch, looking
// through all for each would be their square.

import type { Block, Instruction, PhiSource } from "../ir/ir.ts";

type Phi = Extract<Instruction, { op: "phi" }>;

/** Sources that are looked through one by one. */
const FEW = 8;

/** A block's phis have their sources in the same order, mostly; who appends to them does not disturb the finder. */
export function newSourceFinder(): (phi: Phi, at: Block, from: Block) => PhiSource | undefined {
  const orders = new Map<Block, Map<Block, number>>();
  return ({ sources }, at, from) => {
    if (sources.length > FEW) {
      let order = orders.get(at);
      if (order === undefined) {
        order = new Map();
        for (const [index, { block }] of sources.entries()) order.set(block, index);
        orders.set(at, order);
      }
      const source = sources[order.get(from) ?? 0];
      if (source?.block === from) return source;
    }
    return sources.find(({ block }) => block === from);
  };
}
