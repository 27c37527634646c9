// A function's blocks as code generation wants them: only those that can be reached, each switch taken apart into branches
// and jump tables, every edge that phis need moves on with a place for them, numbered in reverse postorder, with loops.
// The IR itself stays as it is.

import type {
  Block,
  Condition,
  Instruction,
  IrFunction,
  Operand,
  Temp,
  Terminator,
  Width,
} from "../ir/ir.ts";
import type { Loc } from "../source/sources.ts";
import { newSourceFinder } from "../optimize/phi-sources.ts";
import { findLoops, type Loop } from "./loops.ts";
import type { Machine, MachineEnd } from "./machine.ts";
import { planSwitch, type SwitchNode } from "./switch.ts";

export type FlowEnd =
  | { readonly op: "jump"; readonly loc: Loc }
  /** The first successor is where it goes when the condition holds. */
  | {
      readonly op: "branch";
      readonly condition: Condition;
      readonly width: Width;
      readonly left: Operand;
      readonly right: Operand;
      readonly loc: Loc;
    }
  /** `index` is known to be within the entries, which are indices of successors. */
  | {
      readonly op: "table";
      readonly index: Operand;
      readonly width: Width;
      readonly entries: number[];
      readonly loc: Loc;
    }
  | { readonly op: "indirect"; readonly address: Operand; readonly loc: Loc }
  | Extract<Terminator, { op: "return" | "unreachable" }>;

export interface PhiMove {
  readonly to: Temp;
  readonly value: Operand;
}

export interface FlowBlock {
  /** Its place in reverse postorder. */
  index: number;
  instructions: readonly Instruction[];
  end: FlowEnd;
  successors: FlowBlock[];
  predecessors: FlowBlock[];
  /** The symbol of `&&label`. */
  symbol: string | undefined;
  /** What phis get, all at once, before the jump. */
  readonly moves: PhiMove[];
  loop: Loop | undefined;
  /** How often it is expected to run for each call of the function. */
  frequency: number;
  /** Where constants that are needed here are made once for all rounds. */
  hoist: FlowBlock | undefined;
  /** Those that are made here for the loops behind, and the registers they are in. */
  constants: Map<string | number | bigint, number> | undefined;
  hoisted: Machine[];
  code: Machine[];
  last: MachineEnd;
}

export interface Flow {
  blocks: FlowBlock[];
  /** Temporaries of the function and those that were added. */
  nextTemp: number;
}

type Phi = Extract<Instruction, { op: "phi" }>;

function operandKey(operand: Operand | undefined): string {
  switch (operand?.kind) {
    case "temp":
      return `t${operand.id}`;
    case "constant":
      return `${operand.value}`;
    case "symbol":
      return `${operand.name}+${operand.offset}`;
    case "slot":
      return `s${operand.slot.id}+${operand.offset}`;
    case undefined:
      return "";
  }
}

const JUMP: FlowEnd = { op: "jump", loc: 0 };

function newBlock(instructions: readonly Instruction[]): FlowBlock {
  return {
    index: -1,
    instructions,
    end: JUMP,
    successors: [],
    predecessors: [],
    symbol: undefined,
    moves: [],
    loop: undefined,
    frequency: 1,
    hoist: undefined,
    constants: undefined,
    hoisted: [],
    code: [],
    last: {
      op: "unreachable",
      condition: "eq",
      rs1: -1,
      rs2: -1,
      uses: [],
      table: undefined,
      loc: 0,
    },
  };
}

export function buildFlow(f: IrFunction): Flow {
  const flow: Flow = { blocks: [], nextTemp: f.nextTemp };
  const heads = new Map<Block, FlowBlock>();
  const landings = new Map<Block, FlowBlock>();
  /**
   * What carries a phi's value over indirect jumps: other targets' phis must not be written on the way. Phis that get the
   * same from everywhere share one.
   */
  const carriers = new Map<string, Temp>();
  const carriersOf = new Map<Phi, Temp>();
  const indirect = f.blocks.filter((block) => block.terminator.op === "indirect-jump");
  const pending: Block[] = [];

  const head = (block: Block): FlowBlock => {
    let made = heads.get(block);
    if (made === undefined) {
      made = newBlock(block.instructions);
      made.symbol = block.symbol;
      heads.set(block, made);
      pending.push(block);
    }
    return made;
  };
  const hasPhis = (block: Block): boolean => block.instructions[0]?.op === "phi";
  const findSource = newSourceFinder();
  const addMoves = (from: Block, to: Block, place: FlowBlock): void => {
    for (const phi of to.instructions) {
      if (phi.op !== "phi") break;
      const source = findSource(phi, to, from);
      if (source !== undefined) place.moves.push({ to: phi.to, value: source.value });
    }
  };
  /** Where an edge goes from a block that has others. */
  const edge = (from: Block, to: Block, made: Map<Block, FlowBlock>): FlowBlock => {
    const target = head(to);
    if (!hasPhis(to)) return target;
    let between = made.get(to);
    if (between === undefined) {
      between = newBlock([]);
      addMoves(from, to, between);
      between.successors.push(target);
      made.set(to, between);
    }
    return between;
  };
  const carrier = (phi: Phi, target: Block): Temp => {
    const key = indirect.map((block) => operandKey(findSource(phi, target, block)?.value)).join();
    let temp = carriers.get(key);
    if (temp === undefined) {
      temp = { kind: "temp", id: flow.nextTemp++, width: phi.to.width };
      carriers.set(key, temp);
    }
    return temp;
  };
  const landing = (from: Block, to: Block, place: FlowBlock, carried: Set<Temp>): FlowBlock => {
    const target = head(to);
    if (!hasPhis(to)) return target;
    let made = landings.get(to);
    if (made === undefined) {
      made = newBlock([]);
      made.symbol = target.symbol;
      target.symbol = undefined;
      made.successors.push(target);
      landings.set(to, made);
    }
    for (const phi of to.instructions) {
      if (phi.op !== "phi") break;
      const source = findSource(phi, to, from);
      let by = carriersOf.get(phi);
      if (by === undefined) {
        by = carrier(phi, to);
        carriersOf.set(phi, by);
        made.moves.push({ to: phi.to, value: by });
      }
      if (source !== undefined && !carried.has(by)) {
        carried.add(by);
        place.moves.push({ to: by, value: source.value });
      }
    }
    return made;
  };

  const first = f.blocks[0];
  if (first === undefined) return flow;
  const entry = head(first);
  for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
    const from = block;
    const place = head(from);
    const { terminator } = from;
    const made = new Map<Block, FlowBlock>();
    switch (terminator.op) {
      case "jump":
        place.end = { op: "jump", loc: terminator.loc };
        place.successors.push(head(terminator.to));
        addMoves(from, terminator.to, place);
        break;
      case "branch":
        if (terminator.then === terminator.else) {
          place.end = { op: "jump", loc: terminator.loc };
          place.successors.push(head(terminator.then));
          addMoves(from, terminator.then, place);
          break;
        }
        place.end = terminator;
        place.successors.push(edge(from, terminator.then, made), edge(from, terminator.else, made));
        break;
      case "switch": {
        const plan = planSwitch(terminator, flow);
        const pendingNodes: { node: SwitchNode; at: FlowBlock }[] = [];
        const follow = (node: SwitchNode): FlowBlock => {
          if (node.kind === "target") return edge(from, node.to, made);
          const at = newBlock(node.instructions);
          pendingNodes.push({ node, at });
          return at;
        };
        const root = follow(plan);
        // The block of the switch runs into the root of its tree.
        place.successors.push(root);
        for (let one = pendingNodes.pop(); one !== undefined; one = pendingNodes.pop()) {
          const { node, at } = one;
          if (node.kind === "branch") {
            at.end = {
              op: "branch",
              condition: node.condition,
              width: terminator.width,
              left: node.left,
              right: node.right,
              loc: terminator.loc,
            };
            at.successors.push(follow(node.holds), follow(node.fails));
          } else if (node.kind === "table") {
            const places = new Map<FlowBlock, number>();
            const entries = node.entries.map((to) => {
              const target = edge(from, to, made);
              let index = places.get(target);
              if (index === undefined) {
                index = at.successors.length;
                places.set(target, index);
                at.successors.push(target);
              }
              return index;
            });
            at.end = {
              op: "table",
              index: node.index,
              width: terminator.width,
              entries,
              loc: terminator.loc,
            };
          }
        }
        break;
      }
      case "indirect-jump": {
        place.end = { op: "indirect", address: terminator.address, loc: terminator.loc };
        const carried = new Set<Temp>();
        for (const to of new Set(terminator.targets))
          place.successors.push(landing(from, to, place, carried));
        break;
      }
      case "return":
      case "unreachable":
        place.end = terminator;
        break;
    }
  }
  // A block whose address is taken has its symbol somewhere, even when no jump in this function gets there.
  for (const block of f.blocks) if (block.symbol !== undefined) head(block);
  while (pending.length > 0) {
    // Reached by no path that the IR knows: a place with a name and nothing in it.
    const block = pending.pop();
    const made = block === undefined ? undefined : heads.get(block);
    if (made !== undefined && made.end === JUMP) made.end = { op: "unreachable", loc: f.loc };
  }
  flow.blocks = order(entry);
  for (const [block, made] of heads) {
    if (block.symbol !== undefined && made.index < 0 && !landings.has(block)) {
      const named = newBlock([]);
      named.symbol = block.symbol;
      named.end = { op: "unreachable", loc: f.loc };
      named.index = flow.blocks.length;
      flow.blocks.push(named);
    }
  }
  link(flow.blocks);
  if (findLoops(flow.blocks, newPreheader)) {
    flow.blocks = order(entry, flow.blocks);
    link(flow.blocks);
  }
  estimate(flow.blocks);
  return flow;
}

function newPreheader(header: FlowBlock): FlowBlock {
  const block = newBlock([]);
  block.successors.push(header);
  return block;
}

/** Blocks in reverse postorder; `all` may have more, which nobody jumps to, and these come last. */
function order(entry: FlowBlock, all: readonly FlowBlock[] = []): FlowBlock[] {
  for (const block of all) block.index = -1;
  const blocks: FlowBlock[] = [];
  const path: FlowBlock[] = [entry];
  const next: number[] = [0];
  entry.index = 0;
  while (path.length > 0) {
    const at = path.length - 1;
    const block = path[at];
    const which = next[at];
    if (block === undefined || which === undefined) break;
    // The last successor first: then the first one, the taken way of a branch, comes out behind the others.
    const successor = block.successors[which];
    if (successor === undefined) {
      blocks.push(block);
      path.pop();
      next.pop();
      continue;
    }
    next[at] = which + 1;
    if (successor.index < 0) {
      successor.index = 0;
      path.push(successor);
      next.push(0);
    }
  }
  blocks.reverse();
  for (const block of all) if (block.index < 0) blocks.push(block);
  blocks.forEach((block, index) => (block.index = index));
  return blocks;
}

function link(blocks: readonly FlowBlock[]): void {
  for (const block of blocks) block.predecessors = [];
  for (const block of blocks) {
    // A block's edges come one after the other, so that looking at the last one finds doubles.
    for (const { predecessors } of block.successors)
      if (predecessors[predecessors.length - 1] !== block) predecessors.push(block);
  }
}

const LOOP_ROUNDS = 8;
const MOST_OFTEN = 8 ** 7;

/** Guesses how often blocks run: loops eight times, branches one way as often as the other, dead ends hardly ever. */
function estimate(blocks: readonly FlowBlock[]): void {
  const dead = new Uint8Array(blocks.length);
  for (let index = blocks.length - 1; index >= 0; index--) {
    const block = blocks[index];
    if (block === undefined) continue;
    if (block.end.op === "unreachable") dead[index] = 1;
    else if (block.successors.length > 0)
      dead[index] = block.successors.every((one) => one.index > index && dead[one.index] === 1)
        ? 1
        : 0;
    block.frequency = 0;
  }
  blocks.forEach((block, index) => {
    if (index === 0) block.frequency = 1;
    if (block.loop?.header === block) block.frequency *= LOOP_ROUNDS;
    block.frequency = Math.min(Math.max(block.frequency, 1e-4), MOST_OFTEN);
    let sum = 0;
    const share = (to: FlowBlock): number =>
      dead[to.index] === 1 ? 0.01 : leaves(block, to) ? 1 / LOOP_ROUNDS : 1;
    for (const successor of block.successors) sum += share(successor);
    for (const successor of block.successors) {
      if (successor.index > index)
        successor.frequency += (block.frequency * share(successor)) / sum;
    }
  });
}

function leaves(from: FlowBlock, to: FlowBlock): boolean {
  for (let loop = to.loop; loop !== undefined; loop = loop.parent)
    if (loop === from.loop) return false;
  return from.loop !== undefined;
}
