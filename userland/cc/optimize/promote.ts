// Slots that are loaded and stored whole, and whose address goes nowhere else, become temporaries: SSA construction after
// Cytron et al. (1991) with dominance frontiers, pruned by liveness, so that phis stand only where somebody reads them.
//
// What a variable of one or two bytes is worth in a register: if all loads extend in the same way, stores extend and loads
// cost nothing; otherwise loads extend.

import { newTemp } from "../ir/build.ts";
import type {
  Block,
  Instruction,
  IrFunction,
  LoadKind,
  Operand,
  PhiSource,
  Slot,
  Temp,
  UnaryOperator,
  Width,
} from "../ir/ir.ts";
import type { Loc } from "../source/sources.ts";
import { eachSuccessor, type Cfg } from "./cfg.ts";
import {
  constantOf,
  eachOperand,
  eachTerminatorOperand,
  mapOperands,
  mapTerminator,
  ZERO,
} from "./operands.ts";

/** Bytes that each kind of load reads. */
export const LOAD_SIZES: Record<LoadKind, 1 | 2 | 4 | 8> = {
  s8: 1,
  u8: 1,
  s16: 2,
  u16: 2,
  s32: 4,
  u32: 4,
  "64": 8,
};

const EXTENSIONS: Partial<Record<LoadKind, UnaryOperator>> = {
  s8: "sext8",
  u8: "zext8",
  s16: "sext16",
  u16: "zext16",
};

interface Variable {
  readonly index: number;
  readonly slot: Slot;
  /** −1: not known yet. */
  offset: number;
  size: number;
  /** Of all loads, when they agree. */
  kind: LoadKind | undefined;
  mixed: boolean;
  fit: boolean;
  /** Indexes of blocks that store to it, and of those that load it before they store; each once. */
  readonly stores: number[];
  readonly reads: number[];
}

/**
 * Whether there was something to promote. Only blocks that can be reached may be in the function. `far` are slots that were live
 * in too many blocks; more may be added.
 */
export function promote(f: IrFunction, cfg: Cfg, far: Set<Slot>): boolean {
  const variables = findVariables(f, cfg.order, far);
  leaveFar(cfg, variables, far);
  if (variables.size === 0) return false;
  const phis = placePhis(f, cfg, variables);
  new Renaming(f, cfg, variables, phis).run();
  f.slots = f.slots.filter((slot) => !variables.has(slot.id));
  return true;
}

/** Whether some slot is promotable; there may be blocks that cannot be reached. */
export function canPromote(f: IrFunction, far: ReadonlySet<Slot>): boolean {
  return f.slots.length > far.size && findVariables(f, f.blocks, far).size > 0;
}

/** Blocks that variables are live in, added up, up to which all of them become temporaries. */
const MOST_LIVE = 1_000_000;
/** Beyond that, so many of those that most blocks name, and those that are live in few blocks. */
const MOST_LONG = 12;
const FEW_BLOCKS = 64;

/**
 * An interpreter of ten thousand cases would have phis for each of its variables at the end of each. There are not as many
 * registers: where variables times blocks are too many, most of them are as well off in memory.
 */
function leaveFar(cfg: Cfg, variables: Map<number, Variable>, far: Set<Slot>): void {
  if (variables.size * cfg.order.length <= MOST_LIVE) return;
  const walk = newLiveness(cfg);
  const long: Variable[] = [];
  let total = 0;
  for (const variable of variables.values()) {
    const count = walk(variable);
    total += count;
    if (count > FEW_BLOCKS) long.push(variable);
  }
  if (total <= MOST_LIVE) return;
  const blocks = ({ stores, reads }: Variable): number => stores.length + reads.length;
  long.sort((a, b) => blocks(b) - blocks(a));
  for (const { slot } of long.slice(MOST_LONG)) {
    far.add(slot);
    variables.delete(slot.id);
  }
}

/** Finds out, for one variable after the other, in how many blocks it is live at the start. */
function newLiveness(cfg: Cfg): (variable: Variable) => number {
  const storing = new Int32Array(cfg.order.length);
  const live = new Int32Array(cfg.order.length);
  const work: number[] = [];
  return ({ index, stores, reads }) => {
    const stamp = index + 1;
    for (const at of stores) storing[at] = stamp;
    for (const at of reads) {
      live[at] = stamp;
      work.push(at);
    }
    let count = reads.length;
    for (let at = work.pop(); at !== undefined; at = work.pop()) {
      for (const from of cfg.predecessors[at] ?? []) {
        if (live[from] === stamp || storing[from] === stamp) continue;
        live[from] = stamp;
        count++;
        work.push(from);
      }
    }
    return count;
  };
}

/** The slots that are promotable, by id. */
function findVariables(
  f: IrFunction,
  order: readonly Block[],
  far: ReadonlySet<Slot>,
): Map<number, Variable> {
  const all = new Map<number, Variable>();
  for (const slot of f.slots) {
    if (far.has(slot)) continue;
    all.set(slot.id, {
      index: all.size,
      slot,
      offset: -1,
      size: 0,
      kind: undefined,
      mixed: false,
      fit: true,
      stores: [],
      reads: [],
    });
  }
  if (all.size === 0) return all;
  const escape = (operand: Operand): void => {
    if (operand.kind !== "slot") return;
    const variable = all.get(operand.slot.id);
    if (variable !== undefined) variable.fit = false;
  };
  for (const [index, block] of order.entries()) {
    for (const instruction of block.instructions) {
      if (instruction.op !== "load" && instruction.op !== "store") {
        eachOperand(instruction, escape);
        continue;
      }
      if (instruction.op === "store") escape(instruction.value);
      const { address } = instruction;
      if (address.kind !== "slot") continue;
      const variable = all.get(address.slot.id);
      if (variable === undefined || !variable.fit) continue;
      const size = instruction.op === "load" ? LOAD_SIZES[instruction.from] : instruction.size;
      const offset = address.offset + instruction.offset;
      if (variable.offset < 0) {
        variable.offset = offset;
        variable.size = size;
      }
      // An access beyond the slot is undefined; it stays memory.
      if (
        instruction.volatile ||
        offset < 0 ||
        offset + size > variable.slot.size ||
        variable.offset !== offset ||
        variable.size !== size
      ) {
        variable.fit = false;
        continue;
      }
      const { stores, reads } = variable;
      if (instruction.op === "store") {
        if (stores[stores.length - 1] !== index) stores.push(index);
        continue;
      }
      if (variable.kind === undefined) variable.kind = instruction.from;
      else if (variable.kind !== instruction.from) variable.mixed = true;
      if (stores[stores.length - 1] !== index && reads[reads.length - 1] !== index)
        reads.push(index);
    }
    eachTerminatorOperand(block.terminator, escape);
  }
  for (const [id, variable] of all) if (!variable.fit) all.delete(id);
  return all;
}

interface Placed {
  readonly variable: Variable;
  readonly phi: { op: "phi"; loc: Loc; to: Temp; sources: PhiSource[] };
}

/** By block's index: the phis that it needs. */
function placePhis(
  f: IrFunction,
  cfg: Cfg,
  variables: Map<number, Variable>,
): (Placed[] | undefined)[] {
  const count = cfg.order.length;
  const placed: (Placed[] | undefined)[] = new Array<Placed[] | undefined>(count).fill(undefined);
  const frontiers = dominanceFrontiers(cfg);
  // Stamps with the variable's number + 1 spare clearing.
  const storing = new Int32Array(count);
  const live = new Int32Array(count);
  const done = new Int32Array(count);
  const work: number[] = [];
  for (const variable of variables.values()) {
    const stamp = variable.index + 1;
    // The entry's value is what was there before; one store in one block needs no phi unless a loop brings it back.
    if (variable.reads.length === 0) continue;
    for (const index of variable.stores) storing[index] = stamp;
    for (const index of variable.reads) {
      live[index] = stamp;
      work.push(index);
    }
    for (let at = work.pop(); at !== undefined; at = work.pop()) {
      for (const from of cfg.predecessors[at] ?? []) {
        if (live[from] === stamp || storing[from] === stamp) continue;
        live[from] = stamp;
        work.push(from);
      }
    }
    for (const index of variable.stores) work.push(index);
    for (let at = work.pop(); at !== undefined; at = work.pop()) {
      for (const join of frontiers[at] ?? []) {
        if (done[join] === stamp || live[join] !== stamp) continue;
        done[join] = stamp;
        const to = newTemp(f, widthOf(variable));
        const loc = cfg.order[join]?.terminator.loc ?? f.loc;
        const entry: Placed = { variable, phi: { op: "phi", loc, to, sources: [] } };
        const list = placed[join];
        if (list === undefined) placed[join] = [entry];
        else list.push(entry);
        if (storing[join] !== stamp) work.push(join);
      }
    }
  }
  return placed;
}

function dominanceFrontiers(cfg: Cfg): (number[] | undefined)[] {
  const frontiers: (number[] | undefined)[] = new Array<number[] | undefined>(
    cfg.order.length,
  ).fill(undefined);
  for (let join = 0; join < cfg.order.length; join++) {
    const predecessors = cfg.predecessors[join] ?? [];
    if (predecessors.length < 2) continue;
    const stop = cfg.dominator[join] ?? 0;
    for (let at of predecessors) {
      while (at !== stop) {
        const list = frontiers[at];
        if (list === undefined) frontiers[at] = [join];
        else if (list[list.length - 1] === join) break;
        else list.push(join);
        at = cfg.dominator[at] ?? 0;
      }
    }
  }
  return frontiers;
}

function widthOf(variable: Variable): Width {
  return variable.size === 8 ? "l" : "w";
}

/** A walk over the dominator tree with each variable's value at hand. */
class Renaming {
  readonly #function: IrFunction;
  readonly #cfg: Cfg;
  readonly #variables: Map<number, Variable>;
  readonly #phis: (Placed[] | undefined)[];
  /** By the variable's index; undefined: nothing was stored. */
  readonly #values: (Operand | undefined)[] = [];
  /** What to put back when the walk leaves a block. */
  readonly #log: { index: number; value: Operand | undefined }[] = [];
  /** By a load's temporary: what it is. */
  readonly #replacements: (Operand | undefined)[] = [];

  constructor(
    f: IrFunction,
    cfg: Cfg,
    variables: Map<number, Variable>,
    phis: (Placed[] | undefined)[],
  ) {
    this.#function = f;
    this.#cfg = cfg;
    this.#variables = variables;
    this.#phis = phis;
  }

  run(): void {
    const { order, children } = this.#cfg;
    const before = this.#function.nextTemp;
    for (let id = 0; id < before; id++) this.#replacements.push(undefined);
    const nodes = [0];
    const places = [0];
    const marks = [0];
    this.#block(0);
    for (let top = 0; top >= 0;) {
      const child = children[nodes[top] ?? 0]?.[places[top] ?? 0];
      if (child === undefined) {
        this.#undo(marks[top] ?? 0);
        top--;
        continue;
      }
      places[top] = (places[top] ?? 0) + 1;
      top++;
      nodes[top] = child;
      places[top] = 0;
      marks[top] = this.#log.length;
      this.#block(child);
    }
    // A phi that was there before may have been given a value that was defined later in the walk.
    for (const block of order)
      for (const instruction of block.instructions) {
        if (instruction.op !== "phi") break;
        mapOperands(instruction, this.#resolve);
      }
  }

  readonly #resolve = (operand: Operand): Operand =>
    operand.kind === "temp" ? (this.#replacements[operand.id] ?? operand) : operand;

  #undo(mark: number): void {
    while (this.#log.length > mark) {
      const entry = this.#log.pop();
      if (entry !== undefined) this.#values[entry.index] = entry.value;
    }
  }

  #assign(variable: Variable, value: Operand): void {
    const { index } = variable;
    this.#log.push({ index, value: this.#values[index] });
    this.#values[index] = value;
  }

  #block(index: number): void {
    const block = this.#cfg.order[index];
    if (block === undefined) return;
    const instructions: Instruction[] = [];
    for (const { variable, phi } of this.#phis[index] ?? []) {
      instructions.push(phi);
      this.#assign(variable, phi.to);
    }
    for (const instruction of block.instructions) {
      if (instruction.op === "phi") {
        instructions.push(instruction);
        continue;
      }
      mapOperands(instruction, this.#resolve);
      if (!this.#access(instruction, instructions)) instructions.push(instruction);
    }
    block.instructions = instructions;
    mapTerminator(block.terminator, this.#resolve);
    eachSuccessor(block.terminator, (to) => this.#leave(block, to));
  }

  /** Gives the successor's phis their values. */
  #leave(block: Block, to: Block): void {
    const list = this.#phis[this.#cfg.indexOf[to.id] ?? 0];
    if (list === undefined) return;
    for (const { variable, phi } of list) {
      if (phi.sources[phi.sources.length - 1]?.block === block) continue;
      phi.sources.push({ block, value: this.#values[variable.index] ?? ZERO });
    }
  }

  /** Whether it was a variable's load or store, which is gone now. */
  #access(instruction: Instruction, instructions: Instruction[]): boolean {
    if (instruction.op !== "load" && instruction.op !== "store") return false;
    const { address, loc } = instruction;
    if (address.kind !== "slot") return false;
    const variable = this.#variables.get(address.slot.id);
    if (variable === undefined) return false;
    const emit = (operator: UnaryOperator, width: Width, value: Operand): Operand => {
      const to = newTemp(this.#function, width);
      instructions.push({ op: "unary", to, operator, value, loc });
      return to;
    };
    const extension =
      variable.kind === undefined || variable.mixed ? undefined : EXTENSIONS[variable.kind];
    if (instruction.op === "store") {
      let { value } = instruction;
      const isWide = value.kind === "temp" ? value.width === "l" : value.kind !== "constant";
      if (isWide && variable.size < 8) value = emit("trunc", "w", value);
      if (extension !== undefined) {
        value =
          value.kind === "constant"
            ? constantOf(extend(extension, value.value), "w")
            : emit(extension, "w", value);
      }
      this.#assign(variable, value);
      return true;
    }
    const { to, from } = instruction;
    let value = this.#values[variable.index] ?? ZERO;
    if (variable.size < 8) {
      if (to.width === "l" && value.kind === "constant") {
        if (from === "u32") value = constantOf(BigInt.asUintN(32, value.value), "l");
      } else if (to.width === "l") value = emit(from === "u32" ? "zext32" : "sext32", "l", value);
      const late = extension === undefined ? EXTENSIONS[from] : undefined;
      if (late !== undefined)
        value =
          value.kind === "constant"
            ? constantOf(extend(late, value.value), to.width)
            : emit(late, to.width, value);
    }
    this.#replacements[to.id] = value;
    return true;
  }
}

/** What an extension of 8 or 16 bits makes of a constant. */
function extend(operator: UnaryOperator, value: bigint): bigint {
  switch (operator) {
    case "sext8":
      return BigInt.asIntN(8, value);
    case "sext16":
      return BigInt.asIntN(16, value);
    case "zext8":
      return BigInt.asUintN(8, value);
    case "zext16":
      return BigInt.asUintN(16, value);
    default:
      return value;
  }
}
