// What selection knows while it works on a function, and how operands become registers: through copies and extensions that
// cost nothing, and with constants made where it is cheapest.
//
// Blocks are visited from the last to the first and each from its end, so that all uses of a temporary have been seen when
// its definition comes: what was folded into its users everywhere, or is used by nobody, is never made.

import type { Instruction, IrFunction, Operand, Slot, Temp } from "../ir/ir.ts";
import { eachDefinition, eachOperand, eachTerminatorOperand } from "../optimize/operands.ts";
import type { Diagnostics } from "../source/diagnostics.ts";
import type { Loc } from "../source/sources.ts";
import type { Flow, FlowBlock } from "./flow.ts";
import { type Machine, machine, NONE } from "./machine.ts";
import { FIRST_VIRTUAL, ZERO } from "./registers.ts";

export interface FrameObject {
  readonly size: number;
  readonly align: number;
}

export interface Selection {
  readonly f: IrFunction;
  readonly diagnostics: Diagnostics | undefined;
  readonly definitions: (Instruction | undefined)[];
  readonly useCounts: Int32Array;
  /** Whether a phi takes the temporary: then it lives on anyway. */
  readonly isPhiSource: Uint8Array;
  /** Whether somebody who has been visited wants the temporary in a register. */
  readonly needed: Uint8Array;
  /** Offsets by which a symbol is used; undefined in the map: more than one. */
  readonly symbolOffsets: Map<string, number | undefined>;
  /** Symbols whose upper part has an index added: the linker must leave it there. */
  readonly rigid: Set<string>;
  /** Frame objects: slots of the IR by their place here; spilled values are added later. */
  readonly objects: FrameObject[];
  readonly slotObjects: Map<Slot, number>;
  /** What the instruction at hand becomes, in the order of execution. */
  sequence: Machine[];
  block: FlowBlock;
  loc: Loc;
  nextRegister: number;
  /** Bytes for arguments to others on the stack. */
  outgoing: number;
  hasCall: boolean;
  hasAlloca: boolean;
  /** The frame's address is asked for. */
  wantsFramePointer: boolean;
  /** Where the return address is kept when somebody asks for it. */
  returnAddress: number | undefined;
  tableCount: number;
  readonly labelPrefix: string;
}

export function newSelection(
  f: IrFunction,
  flow: Flow,
  labelPrefix: string,
  diagnostics: Diagnostics | undefined,
  entry: FlowBlock,
): Selection {
  const count = flow.nextTemp;
  const s: Selection = {
    f,
    diagnostics,
    definitions: Array.from({ length: count }, () => undefined),
    useCounts: new Int32Array(count),
    isPhiSource: new Uint8Array(count),
    needed: new Uint8Array(count),
    symbolOffsets: new Map(),
    rigid: new Set(),
    objects: f.slots.map(({ size, align }) => ({ size, align })),
    slotObjects: new Map(f.slots.map((slot, index) => [slot, index])),
    sequence: [],
    block: entry,
    loc: 0,
    nextRegister: FIRST_VIRTUAL + count,
    outgoing: 0,
    hasCall: false,
    hasAlloca: false,
    wantsFramePointer: false,
    returnAddress: undefined,
    tableCount: 0,
    labelPrefix,
  };
  const use = (operand: Operand): void => {
    if (operand.kind === "temp") {
      s.useCounts[operand.id] = (s.useCounts[operand.id] ?? 0) + 1;
    } else if (operand.kind === "symbol") {
      const { name, offset } = operand;
      if (!s.symbolOffsets.has(name)) s.symbolOffsets.set(name, offset);
      else if (s.symbolOffsets.get(name) !== offset) s.symbolOffsets.set(name, undefined);
    }
  };
  let instruction: Instruction | undefined;
  const define = (temp: Temp): void => {
    s.definitions[temp.id] = instruction;
  };
  for (const block of flow.blocks) {
    for (instruction of block.instructions) {
      if (instruction.op === "phi") {
        define(instruction.to);
        continue;
      }
      // Where a load or store has an offset of its own, that counts.
      if (
        (instruction.op === "load" || instruction.op === "store") &&
        instruction.address.kind === "symbol"
      ) {
        const { name, offset } = instruction.address;
        use({ kind: "symbol", name, offset: offset + instruction.offset });
        if (instruction.op === "store") use(instruction.value);
      } else {
        eachOperand(instruction, use);
      }
      eachDefinition(instruction, define);
    }
    for (const move of block.moves) {
      use(move.value);
      if (move.value.kind === "temp") s.isPhiSource[move.value.id] = 1;
    }
    const { end } = block;
    if (end.op === "branch") {
      use(end.left);
      use(end.right);
    } else if (end.op === "table") use(end.index);
    else if (end.op === "indirect") use(end.address);
    else if (end.op === "return") eachTerminatorOperand(end, use);
  }
  return s;
}

export function newRegister(s: Selection): number {
  return s.nextRegister++;
}

export function definitionOf(s: Selection, operand: Operand): Instruction | undefined {
  return operand.kind === "temp" ? s.definitions[operand.id] : undefined;
}

/** Follows copies and extensions that leave the register as it is. */
export function resolve(s: Selection, operand: Operand): Operand {
  let at = operand;
  for (;;) {
    if (at.kind !== "temp") return at;
    const definition = s.definitions[at.id];
    if (definition === undefined || definition.op !== "unary") return at;
    const { operator, value } = definition;
    switch (operator) {
      case "copy":
      case "sext32":
        at = value;
        break;
      case "trunc": {
        if (value.kind === "constant")
          return { kind: "constant", value: BigInt.asIntN(32, value.value) };
        const inner = definitionOf(s, value);
        if (inner?.op === "unary" && (inner.operator === "sext32" || inner.operator === "zext32"))
          at = inner.value;
        else if (isSigned32(s, value)) at = value;
        else return at;
        break;
      }
      case "zext32":
        if (value.kind === "constant")
          return { kind: "constant", value: BigInt.asUintN(32, value.value) };
        if (!isPositive(s, value, 0)) return at;
        at = value;
        break;
      default:
        return at;
    }
  }
}

/** Whether a w is known not to be negative, so that both extensions are the same. */
function isPositive(s: Selection, operand: Operand, depth: number): boolean {
  if (operand.kind === "constant") return operand.value >= 0n;
  const definition = definitionOf(s, operand);
  if (definition === undefined || depth > 4) return false;
  switch (definition.op) {
    case "compare":
      return true;
    case "load":
      return definition.from === "u8" || definition.from === "u16";
    case "unary":
      return (
        definition.operator === "zext8" ||
        definition.operator === "zext16" ||
        (definition.operator === "copy" && isPositive(s, definition.value, depth + 1))
      );
    case "binary":
      switch (definition.operator) {
        case "and":
          return (
            isPositive(s, definition.right, depth + 1) || isPositive(s, definition.left, depth + 1)
          );
        case "or":
        case "xor":
          return (
            isPositive(s, definition.right, depth + 1) && isPositive(s, definition.left, depth + 1)
          );
        case "shr":
          return definition.right.kind === "constant" && (definition.right.value & 31n) !== 0n;
        case "urem":
          return definition.right.kind === "constant" && definition.right.value > 0n;
        default:
          return false;
      }
    default:
      return false;
  }
}

/** Whether an l is a sign's extension of its lower half already. */
function isSigned32(s: Selection, operand: Operand): boolean {
  const definition = definitionOf(s, operand);
  if (definition === undefined) return false;
  switch (definition.op) {
    case "compare":
      return true;
    case "load":
      return definition.from !== "64" && definition.from !== "u32";
    case "unary":
      return (
        definition.operator === "sext8" ||
        definition.operator === "sext16" ||
        definition.operator === "zext8" ||
        definition.operator === "zext16"
      );
    case "binary":
      return (
        definition.operator === "and" &&
        definition.right.kind === "constant" &&
        definition.right.value >= 0n &&
        definition.right.value <= 0x7fff_ffffn
      );
    default:
      return false;
  }
}

/** What has the same low bits, for those who look at no others. */
export function lowBits(s: Selection, operand: Operand, bits: 8 | 16 | 32): Operand {
  let at = operand;
  for (;;) {
    at = resolve(s, at);
    if (at.kind === "constant") return { kind: "constant", value: BigInt.asIntN(bits, at.value) };
    const definition = definitionOf(s, at);
    if (definition?.op === "binary" && definition.operator === "and" && bits < 32) {
      const { right } = definition;
      const mask = (1n << BigInt(bits)) - 1n;
      if (right.kind !== "constant" || (right.value & mask) !== mask) return at;
      at = definition.left;
      continue;
    }
    if (definition?.op !== "unary") return at;
    switch (definition.operator) {
      case "sext8":
      case "zext8":
        if (bits > 8) return at;
        break;
      case "sext16":
      case "zext16":
        if (bits > 16) return at;
        break;
      default:
        break;
    }
    at = definition.value;
  }
}

/** A number where it is exact, for comparing and printing. */
export function numberOf(value: bigint): number | bigint {
  return value >= -0x1f_ffff_ffff_ffffn && value <= 0x1f_ffff_ffff_ffffn ? Number(value) : value;
}

export function fits12(value: bigint | number): boolean {
  return value >= -2048 && value <= 2047;
}

/** The constant that an operand comes down to. */
export function constantOf(s: Selection, operand: Operand): bigint | undefined {
  const at = operand.kind === "constant" ? operand : resolve(s, operand);
  return at.kind === "constant" ? at.value : undefined;
}

/** The virtual register of a temporary. */
export function registerOf(temp: Temp): number {
  return FIRST_VIRTUAL + temp.id;
}

export function need(s: Selection, temp: Temp): number {
  s.needed[temp.id] = 1;
  return FIRST_VIRTUAL + temp.id;
}

/** The register with an operand's value; made here when it is a constant or an address. */
export function registerFor(s: Selection, operand: Operand): number {
  const at = resolve(s, operand);
  if (at.kind === "temp") return need(s, at);
  if (at.kind === "constant") return constantRegister(s, at.value);
  const m = materialised(s, at, NONE);
  return m.slot >= 0
    ? shared(s, m, `s${m.slot}+${m.immediate}`)
    : shared(s, m, `a${m.symbol}+${m.immediate}`);
}

/** The instruction that puts a constant or an address into a register. */
export function materialised(s: Selection, at: Exclude<Operand, Temp>, rd: number): Machine {
  if (at.kind === "constant") return machine("li", "li", rd, NONE, NONE, numberOf(at.value), s.loc);
  if (at.kind === "symbol") {
    const m = machine("la", "la", rd, NONE, NONE, at.offset, s.loc);
    m.symbol = at.name;
    return m;
  }
  const m = machine("lea", "addi", rd, NONE, NONE, at.offset, s.loc);
  m.slot = objectOf(s, at.slot);
  return m;
}

export function objectOf(s: Selection, slot: Slot): number {
  let index = s.slotObjects.get(slot);
  if (index === undefined) {
    index = s.objects.length;
    s.objects.push(slot);
    s.slotObjects.set(slot, index);
  }
  return index;
}

export function constantRegister(s: Selection, value: bigint): number {
  if (value === 0n) return ZERO;
  const number = numberOf(value);
  return shared(s, machine("li", "li", NONE, NONE, NONE, number, s.loc), number);
}

/** The upper part of a symbol's address. */
export function upperPart(s: Selection, symbol: string, offset: number): number {
  const m = machine("hi", "lui", NONE, NONE, NONE, offset, s.loc);
  m.symbol = symbol;
  return shared(s, m, `h${symbol}+${offset}`);
}

/** More would only be spilled. */
const MOST_HOISTED = 12;

/** A register for what can be made anywhere: before the loop that the block is in, or right here. */
function shared(s: Selection, m: Machine, key: string | number | bigint): number {
  const { hoist } = s.block;
  if (hoist !== undefined) {
    hoist.constants ??= new Map();
    const known = hoist.constants.get(key);
    if (known !== undefined) return known;
    if (hoist !== s.block && hoist.constants.size < MOST_HOISTED) {
      m.rd = newRegister(s);
      hoist.constants.set(key, m.rd);
      hoist.hoisted.push(m);
      return m.rd;
    }
  }
  m.rd = newRegister(s);
  s.sequence.push(m);
  return m.rd;
}

export function emit(
  s: Selection,
  form: Machine["form"],
  mnemonic: string,
  rd: number,
  rs1: number,
  rs2: number,
  immediate: number | bigint = 0,
): Machine {
  const m = machine(form, mnemonic, rd, rs1, rs2, immediate, s.loc);
  s.sequence.push(m);
  return m;
}

export function emitR(s: Selection, mnemonic: string, rd: number, rs1: number, rs2: number): void {
  emit(s, "r", mnemonic, rd, rs1, rs2);
}

export function emitI(
  s: Selection,
  mnemonic: string,
  rd: number,
  rs1: number,
  immediate: number,
): void {
  emit(s, "i", mnemonic, rd, rs1, NONE, immediate);
}
