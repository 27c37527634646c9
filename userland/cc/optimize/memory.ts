// Which accesses may touch the same bytes. An address has a root: the slot or the symbol that it was computed from, as far as
// additions show it (an address computed from an object stays in that object, C11 6.5.6p8). A slot whose address is only
// used to load and store is touched by nobody else; everything else may be touched through any pointer.
//
// The IR does not know C's types, so two pointers of unknown root may always meet, whatever they point to.

import type { Instruction, IrFunction, Operand, Slot, Temp } from "../ir/ir.ts";
import type { Cfg } from "./cfg.ts";
import { eachOperand, eachTerminatorOperand } from "./operands.ts";
import { LOAD_SIZES } from "./promote.ts";

/** A number for each root; 0: not known. */
export type Root = number;

export const UNKNOWN: Root = 0;
/** Not looked at yet, while roots are being found. */
const OPEN = -1;

/** What a module says about its symbols. */
export interface Symbols {
  /** Two names may be the same place. */
  readonly aliased: ReadonlySet<string>;
  /** Nobody writes there. */
  isReadOnly(name: string): boolean;
  /** The number that the bytes of read-only data are, little-endian. */
  bytesAt(name: string, offset: number, size: number): bigint | undefined;
}

export interface MemoryModel {
  rootOf(operand: Operand): Root;
  /** Gives the result of an instruction that has been made since its root. */
  addRoot(instruction: Instruction & { op: "binary" | "unary" }): void;
  /** Whether a pointer of unknown root may point there. */
  escapes(root: Root): boolean;
  /** Nobody writes there. */
  isReadOnly(root: Root): boolean;
  /** By block's index: what it writes. */
  readonly effects: readonly Effects[];
}

export interface Effects {
  /** Roots that are stored to; UNKNOWN for what escapes. */
  readonly writes: Root[];
  /** Calls and what else may write everything that escapes. */
  barrier: boolean;
}

export function modelMemory(f: IrFunction, cfg: Cfg, symbols: Symbols): MemoryModel {
  const names = new Map<string, Root>();
  const readOnly = new Set<Root>();
  const slotRoot = (slot: Slot): Root => 2 * slot.id + 1;
  const symbolRoot = (name: string): Root => {
    if (symbols.aliased.has(name)) return UNKNOWN;
    let root = names.get(name);
    if (root === undefined) {
      root = 2 * (names.size + 1);
      names.set(name, root);
      if (symbols.isReadOnly(name)) readOnly.add(root);
    }
    return root;
  };
  const roots = findRoots(f, cfg, slotRoot, symbolRoot);
  const rootOf = (operand: Operand): Root => {
    switch (operand.kind) {
      case "temp":
        return roots[operand.id] ?? UNKNOWN;
      case "constant":
        return UNKNOWN;
      case "symbol":
        return symbolRoot(operand.name);
      case "slot":
        return slotRoot(operand.slot);
    }
  };
  const escaped = new Uint8Array(f.nextSlot);
  const effects: Effects[] = [];
  const escape = (operand: Operand): void => {
    const root = rootOf(operand);
    if ((root & 1) === 1) escaped[root >> 1] = 1;
  };
  for (const block of cfg.order) {
    const list: Effects = { writes: [], barrier: false };
    effects.push(list);
    for (const instruction of block.instructions) note(instruction, rootOf, escape, list);
    eachTerminatorOperand(block.terminator, (operand) => {
      if (block.terminator.op !== "branch") escape(operand);
    });
  }
  return {
    rootOf,
    addRoot(instruction) {
      const isSum =
        instruction.op === "binary" &&
        (instruction.operator === "add" || instruction.operator === "sub");
      if (isSum && instruction.to.width === "l")
        roots[instruction.to.id] = equationValue(instruction, rootOf);
    },
    escapes: (root) => (root & 1) === 0 || escaped[root >> 1] === 1,
    isReadOnly: (root) => readOnly.has(root),
    effects,
  };
}

/** What an instruction lets out and what it writes. */
function note(
  instruction: Instruction,
  rootOf: (operand: Operand) => Root,
  escape: (operand: Operand) => void,
  list: Effects,
): void {
  const write = (address: Operand): void => {
    const root = rootOf(address);
    if (!list.writes.includes(root)) list.writes.push(root);
  };
  switch (instruction.op) {
    case "load":
    case "compare":
      break;
    case "store":
      escape(instruction.value);
      write(instruction.address);
      break;
    case "copy-memory":
      write(instruction.to);
      break;
    case "zero-memory":
      write(instruction.at);
      break;
    case "atomic":
    case "compare-exchange":
      eachOperand(instruction, escape);
      list.barrier = true;
      break;
    case "binary":
    case "unary":
    case "phi": {
      const { to } = instruction;
      const root = rootOf(to);
      eachOperand(instruction, (operand) => {
        if (rootOf(operand) !== root) escape(operand);
      });
      break;
    }
    default:
      eachOperand(instruction, escape);
      if (isBarrier(instruction)) list.barrier = true;
  }
}

/** Whether it may write whatever escapes. */
export function isBarrier(instruction: Instruction): boolean {
  switch (instruction.op) {
    case "call":
    case "fence":
    case "atomic":
    case "compare-exchange":
      return true;
    case "asm":
      return (
        instruction.clobbers.includes("memory") ||
        instruction.inputs.some(({ how }) => how === "memory")
      );
    default:
      return false;
  }
}

/** By temporary: its root, by the greatest solution of the equations that additions and phis make. */
function findRoots(
  f: IrFunction,
  cfg: Cfg,
  slotRoot: (slot: Slot) => Root,
  symbolRoot: (name: string) => Root,
): Root[] {
  const roots = new Array<Root>(f.nextTemp).fill(UNKNOWN);
  const equations: { to: Temp; instruction: Instruction }[] = [];
  for (const block of cfg.order)
    for (const instruction of block.instructions) {
      const isEquation =
        (instruction.op === "binary" &&
          (instruction.operator === "add" || instruction.operator === "sub")) ||
        (instruction.op === "unary" && instruction.operator === "copy") ||
        instruction.op === "phi";
      if (!isEquation || instruction.to.width !== "l") continue;
      equations.push({ to: instruction.to, instruction });
      roots[instruction.to.id] = OPEN;
    }
  const valueOf = (operand: Operand): Root => {
    switch (operand.kind) {
      case "temp":
        return roots[operand.id] ?? UNKNOWN;
      case "constant":
        return UNKNOWN;
      case "symbol":
        return symbolRoot(operand.name);
      case "slot":
        return slotRoot(operand.slot);
    }
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const { to, instruction } of equations) {
      const root = equationValue(instruction, valueOf);
      if (root !== roots[to.id] && roots[to.id] !== UNKNOWN) {
        // A root that changes from one to another is none.
        roots[to.id] = roots[to.id] === OPEN ? root : UNKNOWN;
        changed = true;
      }
    }
  }
  for (let id = 0; id < roots.length; id++) if (roots[id] === OPEN) roots[id] = UNKNOWN;
  return roots;
}

function equationValue(instruction: Instruction, valueOf: (operand: Operand) => Root): Root {
  switch (instruction.op) {
    case "binary": {
      const left = valueOf(instruction.left);
      const right = valueOf(instruction.right);
      if (left === OPEN || right === OPEN) return OPEN;
      if (instruction.operator === "sub") return right === UNKNOWN ? left : UNKNOWN;
      if (left === UNKNOWN) return right;
      return right === UNKNOWN ? left : UNKNOWN;
    }
    case "unary":
      return valueOf(instruction.value);
    case "phi": {
      let common: Root = OPEN;
      for (const { value } of instruction.sources) {
        const root = valueOf(value);
        if (root === OPEN || root === common) continue;
        if (common !== OPEN) return UNKNOWN;
        common = root;
      }
      return common;
    }
    default:
      return UNKNOWN;
  }
}

/** Bytes at an address: `offset` bytes from a base that has a number. */
export interface Place {
  readonly root: Root;
  /** The base's number; the same number is the same address. */
  readonly base: number;
  readonly offset: number;
  readonly size: number;
}

export function mayOverlap(model: MemoryModel, a: Place, b: Place): boolean {
  if (a.base === b.base) return a.offset < b.offset + b.size && b.offset < a.offset + a.size;
  if (a.root === b.root) return true;
  if (a.root === UNKNOWN) return model.escapes(b.root);
  if (b.root === UNKNOWN) return model.escapes(a.root);
  return false;
}

export function sizeOfAccess(instruction: Extract<Instruction, { op: "load" | "store" }>): number {
  return instruction.op === "load" ? LOAD_SIZES[instruction.from] : instruction.size;
}

/** What is written on the ways from a block's dominator to the block; undefined: too far to look. */
export function effectsBetween(
  cfg: Cfg,
  effects: readonly Effects[],
  index: number,
): Effects | undefined {
  const dominator = cfg.dominator[index] ?? 0;
  const sum: Effects = { writes: [], barrier: false };
  const seen = new Set<number>();
  const work = [...(cfg.predecessors[index] ?? [])];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    if (at === dominator || seen.has(at)) continue;
    if (seen.size >= 48) return undefined;
    seen.add(at);
    const one = effects[at];
    if (one?.barrier === true) sum.barrier = true;
    for (const root of one?.writes ?? []) if (!sum.writes.includes(root)) sum.writes.push(root);
    for (const from of cfg.predecessors[at] ?? []) work.push(from);
  }
  return sum;
}

/** Whether what is at a root may have been written. */
export function mayBeWritten(model: MemoryModel, root: Root, effects: Effects): boolean {
  if (model.isReadOnly(root)) return false;
  if (effects.barrier && model.escapes(root)) return true;
  for (const written of effects.writes) {
    if (written === root) return true;
    if (written === UNKNOWN && model.escapes(root)) return true;
    if (root === UNKNOWN && model.escapes(written)) return true;
  }
  return false;
}
