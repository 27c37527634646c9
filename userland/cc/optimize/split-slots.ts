// Structures in slots are taken apart into their scalars where all accesses are to scalars that do not overlap, so that
// promote.ts can make temporaries of them (scalar replacement of aggregates). Copies and zeroings of the whole become ones of
// the parts; a copy between two such slots asks of both that they have the same parts there.

import { newSlot, newTemp } from "../ir/build.ts";
import type { Instruction, IrFunction, LoadKind, Operand, Slot, SlotAddress } from "../ir/ir.ts";
import { eachOperand, eachTerminatorOperand, ZERO } from "./operands.ts";
import { LOAD_SIZES } from "./promote.ts";

type Size = 1 | 2 | 4 | 8;
type Copy = Extract<Instruction, { op: "copy-memory" }>;

/** Larger structures stay in memory. */
const LARGEST = 128;
/** Rounds in which copies tell parts to each other. */
const ROUNDS = 4;

const KINDS: Record<Size, LoadKind> = { 1: "u8", 2: "u16", 4: "s32", 8: "64" };

interface Aggregate {
  readonly slot: Slot;
  fit: boolean;
  /** Loads or stores that are not of the whole slot. */
  isStructured: boolean;
  /** Size of the part at each offset; 0: none begins there. */
  readonly parts: Uint8Array;
  /** Ranges that are copied or zeroed, and how the other side is aligned. */
  readonly ranges: { offset: number; end: number; align: number }[];
  /** By offset, when it is split. */
  readonly slots: Map<number, Slot>;
}

/** Whether a slot was split. */
export function splitSlots(f: IrFunction): boolean {
  if (f.slots.length === 0) return false;
  const isStructured = structured(f);
  const all = new Map<Slot, Aggregate>();
  for (const slot of f.slots) {
    if (isStructured[slot.id] === 0 || slot.size > LARGEST) continue;
    all.set(slot, {
      slot,
      fit: true,
      isStructured: false,
      parts: new Uint8Array(slot.size),
      ranges: [],
      slots: new Map(),
    });
  }
  if (all.size === 0) return false;
  const copies = findAccesses(f, all);
  for (const [slot, one] of all) if (!one.fit) all.delete(slot);
  shareParts(copies, all);
  for (const one of all.values()) if (one.fit) settle(one);
  dropUnfit(copies, all);
  if (all.size === 0) return false;
  for (const one of all.values())
    for (const [offset, size] of one.parts.entries())
      if (size > 0) one.slots.set(offset, newSlot(f, size, size, one.slot.name));
  for (const block of f.blocks) {
    let needs = false;
    for (const instruction of block.instructions)
      if (touches(instruction, all)) {
        needs = true;
        break;
      }
    if (!needs) continue;
    const instructions: Instruction[] = [];
    for (const instruction of block.instructions) rewrite(f, instruction, all, instructions);
    block.instructions = instructions;
  }
  f.slots = f.slots.filter((slot) => !all.has(slot));
  return true;
}

/** By slot's id: 1 if something else is done with it than loading and storing it whole. Most slots are plain variables. */
function structured(f: IrFunction): Uint8Array {
  const found = new Uint8Array(f.nextSlot);
  const see = (operand: Operand): void => {
    if (operand.kind === "slot") found[operand.slot.id] = 1;
  };
  for (const block of f.blocks)
    for (const instruction of block.instructions) {
      if (instruction.op === "load" || instruction.op === "store") {
        const { address } = instruction;
        if (address.kind !== "slot") continue;
        const size = instruction.op === "load" ? LOAD_SIZES[instruction.from] : instruction.size;
        if (size !== address.slot.size) found[address.slot.id] = 1;
      } else if (instruction.op === "copy-memory") {
        see(instruction.to);
        see(instruction.from);
      } else if (instruction.op === "zero-memory") see(instruction.at);
    }
  return found;
}

/** Notes the parts that are accessed; whoever is named in any other way is not fit. */
function findAccesses(f: IrFunction, all: Map<Slot, Aggregate>): Copy[] {
  const copies: Copy[] = [];
  const escape = (operand: Operand): void => {
    const one = operand.kind === "slot" ? all.get(operand.slot) : undefined;
    if (one !== undefined) one.fit = false;
  };
  const range = (operand: Operand, size: number, align: number): void => {
    const one = operand.kind === "slot" ? all.get(operand.slot) : undefined;
    if (one === undefined || operand.kind !== "slot") return;
    const { offset } = operand;
    if (offset < 0 || offset + size > one.slot.size) one.fit = false;
    else one.ranges.push({ offset, end: offset + size, align });
  };
  for (const block of f.blocks) {
    for (const instruction of block.instructions) {
      switch (instruction.op) {
        case "load":
        case "store": {
          if (instruction.op === "store") escape(instruction.value);
          const { address } = instruction;
          const one = address.kind === "slot" ? all.get(address.slot) : undefined;
          if (one === undefined || address.kind !== "slot") break;
          const size = instruction.op === "load" ? LOAD_SIZES[instruction.from] : instruction.size;
          if (instruction.volatile) one.fit = false;
          else access(one, address.offset + instruction.offset, size);
          break;
        }
        case "copy-memory":
          range(instruction.to, instruction.size, instruction.align);
          range(instruction.from, instruction.size, instruction.align);
          copies.push(instruction);
          break;
        case "zero-memory":
          range(instruction.at, instruction.size, 8);
          break;
        default:
          eachOperand(instruction, escape);
      }
    }
    eachTerminatorOperand(block.terminator, escape);
  }
  return copies;
}

function access(one: Aggregate, offset: number, size: number): void {
  if (offset < 0 || offset + size > one.slot.size || offset % size !== 0) {
    one.fit = false;
    return;
  }
  const known = one.parts[offset] ?? 0;
  if (known !== 0 && known !== size) one.fit = false;
  one.parts[offset] = size;
  if (size !== one.slot.size) one.isStructured = true;
}

/** Each side of a copy gets the parts that the other has there. */
function shareParts(copies: readonly Copy[], all: Map<Slot, Aggregate>): void {
  for (let round = 0; round < ROUNDS; round++) {
    let changed = false;
    for (const { to, from, size } of copies) {
      if (to.kind !== "slot" || from.kind !== "slot") continue;
      const a = all.get(to.slot);
      const b = all.get(from.slot);
      if (a === undefined || b === undefined) continue;
      for (let at = 0; at < size; at++) {
        const left = a.parts[to.offset + at] ?? 0;
        const right = b.parts[from.offset + at] ?? 0;
        if (left === right) continue;
        changed = true;
        if (left === 0) access(a, to.offset + at, right);
        else if (right === 0) access(b, from.offset + at, left);
        else {
          a.fit = false;
          b.fit = false;
          changed = false;
        }
      }
    }
    if (!changed) return;
  }
}

/** Looks that parts do not overlap and that ranges end where parts end, and fills what is copied and has no part. */
function settle(one: Aggregate): void {
  const covered = new Uint8Array(one.slot.size);
  for (const [offset, size] of one.parts.entries()) {
    for (let at = offset; at < offset + size; at++) {
      if (covered[at] !== 0) {
        one.fit = false;
        return;
      }
      covered[at] = at === offset ? 1 : 2;
    }
  }
  for (const { offset, end, align } of one.ranges) {
    if (covered[offset] === 2 || covered[end] === 2) {
      one.fit = false;
      return;
    }
    for (let at = offset; at < end;) {
      if (covered[at] !== 0) {
        // The other side's part must be aligned too.
        if ((one.parts[at] ?? 0) > align) one.fit = false;
        at++;
        continue;
      }
      let size: Size = 8;
      while (size > 1 && (size > align || !isFree(covered, at, size, end))) size = half(size);
      one.parts[at] = size;
      covered.fill(2, at, at + size);
      covered[at] = 1;
      at += size;
    }
  }
}

function half(size: Size): Size {
  return size === 8 ? 4 : size === 4 ? 2 : 1;
}

function isFree(covered: Uint8Array, offset: number, size: number, end: number): boolean {
  if (offset % size !== 0 || offset + size > end) return false;
  for (let at = offset; at < offset + size; at++) if (covered[at] !== 0) return false;
  return true;
}

/** A copy between two split slots needs the same parts on both sides; gaps may have been filled in another way. */
function dropUnfit(copies: readonly Copy[], all: Map<Slot, Aggregate>): void {
  for (const [slot, one] of all)
    if (!one.fit || (!one.isStructured && !isPassage(one))) all.delete(slot);
  for (let changed = true; changed;) {
    changed = false;
    for (const { to, from, size } of copies) {
      const a = to.kind === "slot" ? all.get(to.slot) : undefined;
      const b = from.kind === "slot" ? all.get(from.slot) : undefined;
      if (a === undefined || b === undefined || to.kind !== "slot" || from.kind !== "slot")
        continue;
      for (let at = 0; at < size; at++) {
        if (a.parts[to.offset + at] === b.parts[from.offset + at]) continue;
        all.delete(a.slot);
        all.delete(b.slot);
        changed = true;
        break;
      }
    }
  }
}

/** What is only copied in and out goes through registers if it is small. */
function isPassage(one: Aggregate): boolean {
  return one.ranges.length > 0 && one.slot.size <= 32;
}

function touches(instruction: Instruction, all: Map<Slot, Aggregate>): boolean {
  const names = (operand: Operand): boolean => operand.kind === "slot" && all.has(operand.slot);
  switch (instruction.op) {
    case "load":
    case "store":
      return names(instruction.address);
    case "copy-memory":
      return names(instruction.to) || names(instruction.from);
    case "zero-memory":
      return names(instruction.at);
    default:
      return false;
  }
}

/** Where the part at that offset is now; where the slot is not split, what it was. */
function place(
  operand: Operand,
  at: number,
  all: Map<Slot, Aggregate>,
): { address: Operand; offset: number } {
  if (operand.kind !== "slot") return { address: operand, offset: at };
  const slot = all.get(operand.slot)?.slots.get(operand.offset + at);
  if (slot === undefined) return { address: operand, offset: at };
  return { address: { kind: "slot", slot, offset: 0 }, offset: 0 };
}

function aggregateOf(operand: Operand, all: Map<Slot, Aggregate>): Aggregate | undefined {
  return operand.kind === "slot" ? all.get(operand.slot) : undefined;
}

function rewrite(
  f: IrFunction,
  instruction: Instruction,
  all: Map<Slot, Aggregate>,
  instructions: Instruction[],
): void {
  const { loc } = instruction;
  const store = (size: Size, value: Operand, address: Operand, offset: number): void => {
    instructions.push({ op: "store", size, value, address, offset, volatile: false, loc });
  };
  if (instruction.op === "load" || instruction.op === "store") {
    const { address, offset } = place(instruction.address, instruction.offset, all);
    instruction.address = address;
    instruction.offset = offset;
  } else if (instruction.op === "zero-memory") {
    const one = aggregateOf(instruction.at, all);
    if (one !== undefined) {
      const start = (instruction.at as SlotAddress).offset;
      for (let at = start; at < start + instruction.size; at++) {
        const size = one.parts[at];
        const slot = one.slots.get(at);
        if (isSize(size) && slot !== undefined)
          store(size, ZERO, { kind: "slot", slot, offset: 0 }, 0);
      }
      return;
    }
  } else if (instruction.op === "copy-memory") {
    const { to, from, size: total } = instruction;
    const one = aggregateOf(to, all) ?? aggregateOf(from, all);
    if (one !== undefined) {
      const start = (to.kind === "slot" && all.has(to.slot) ? to : (from as SlotAddress)).offset;
      for (let at = 0; at < total; at++) {
        const size = one.parts[start + at];
        if (!isSize(size)) continue;
        const source = place(from, at, all);
        const target = place(to, at, all);
        const value = newTemp(f, size === 8 ? "l" : "w");
        const kind = size === 4 ? "s32" : KINDS[size];
        instructions.push({ op: "load", to: value, from: kind, ...source, volatile: false, loc });
        store(size, value, target.address, target.offset);
      }
      return;
    }
  }
  instructions.push(instruction);
}

function isSize(size: number | undefined): size is Size {
  return size === 1 || size === 2 || size === 4 || size === 8;
}
