// Instruction selection: a function's blocks from the last to the first, each from its end (selection.ts says why), one IR
// instruction at a time to a short sequence of the machine's.

import type { Instruction, Operand, Temp } from "../ir/ir.ts";
import { isRemovable } from "../optimize/operands.ts";
import { selectAtomic, selectCompareExchange } from "./atomic.ts";
import { selectCall, selectParameters, selectReturn } from "./call.ts";
import type { FlowBlock, Flow } from "./flow.ts";
import { selectAsm } from "./inline-asm.ts";
import type { Loop } from "./loops.ts";
import {
  ABOVE_OUTGOING,
  frameAccess,
  type Machine,
  type MachineCondition,
  NONE,
  parallel,
  VARIADIC,
} from "./machine.ts";
import { selectCopyMemory, selectZeroMemory } from "./memory.ts";
import { FP, SP, TP } from "./registers.ts";
import { loadFrom, storeTo } from "./select-address.ts";
import { selectBinary, selectCompare, selectUnary, SWAPPED } from "./select-arithmetic.ts";
import {
  constantOf,
  constantRegister,
  definitionOf,
  emit,
  emitI,
  emitR,
  lowBits,
  materialised,
  need,
  newRegister,
  numberOf,
  registerFor,
  registerOf,
  resolve,
  type Selection,
  upperPart,
} from "./selection.ts";

const LOADS = {
  s8: "lb",
  u8: "lbu",
  s16: "lh",
  u16: "lhu",
  s32: "lw",
  u32: "lwu",
  "64": "ld",
} as const;
const STORES = { 1: "sb", 2: "sh", 4: "sw", 8: "sd" } as const;

export function select(s: Selection, flow: Flow): void {
  for (const block of flow.blocks) block.hoist = placeForConstants(block);
  for (let index = flow.blocks.length - 1; index >= 0; index--) {
    const block = flow.blocks[index];
    if (block !== undefined) selectBlock(s, block, index === 0);
  }
}

/** The way into the outermost loop around the block in which nothing is called: there a constant keeps its register. */
function placeForConstants(block: FlowBlock): FlowBlock | undefined {
  let place: FlowBlock | undefined;
  for (
    let loop: Loop | undefined = block.loop;
    loop !== undefined && !loop.hasCall && loop.preheader !== undefined;
    loop = loop.parent
  ) {
    place = loop.preheader;
  }
  return place;
}

function selectBlock(s: Selection, block: FlowBlock, isEntry: boolean): void {
  s.block = block;
  const firstMade = s.nextRegister;
  /** The block's code from its end. */
  const code: Machine[] = [];
  const flush = (): void => {
    for (let at = s.sequence.length - 1; at >= 0; at--) {
      const m = s.sequence[at];
      if (m !== undefined) code.push(m);
    }
    s.sequence.length = 0;
  };
  s.loc = block.end.loc;
  selectEnd(s, block);
  flush();
  selectMoves(s, block);
  flush();
  for (const m of block.hoisted) code.push(m);
  for (let at = block.instructions.length - 1; at >= 0; at--) {
    const instruction = block.instructions[at];
    if (instruction === undefined || instruction.op === "phi") break;
    if (isRemovable(instruction) && "to" in instruction && instruction.op !== "copy-memory") {
      const { to } = instruction;
      if (s.needed[to.id] !== 1) continue;
    }
    s.loc = instruction.loc;
    selectInstruction(s, instruction);
    flush();
  }
  if (isEntry) {
    s.loc = s.f.loc;
    selectParameters(s);
    flush();
  }
  block.code = code.reverse();
  shareConstants(block, firstMade);
}

function selectInstruction(s: Selection, instruction: Instruction): void {
  switch (instruction.op) {
    case "binary":
      selectBinary(s, instruction);
      return;
    case "unary":
      selectUnary(s, instruction);
      return;
    case "compare":
      selectCompare(s, instruction);
      return;
    case "load": {
      const { to, from } = instruction;
      const name = from === "u32" && to.width === "w" ? "lw" : LOADS[from];
      loadFrom(s, name, registerOf(to), instruction.address, instruction.offset);
      return;
    }
    case "store": {
      const { size } = instruction;
      const value =
        size === 8
          ? instruction.value
          : lowBits(s, instruction.value, size === 4 ? 32 : size === 2 ? 16 : 8);
      storeTo(s, STORES[size], registerFor(s, value), instruction.address, instruction.offset);
      return;
    }
    case "copy-memory":
      selectCopyMemory(s, instruction);
      return;
    case "zero-memory":
      selectZeroMemory(s, instruction);
      return;
    case "call":
      selectCall(s, instruction);
      return;
    case "va-start":
      s.sequence.push(frameAccess("lea", "addi", registerOf(instruction.to), VARIADIC, 0, s.loc));
      return;
    case "alloca": {
      s.hasAlloca = true;
      const size = constantOf(s, instruction.size);
      if (size === undefined) {
        const rounded = newRegister(s);
        const bytes = newRegister(s);
        emitI(s, "addi", rounded, registerFor(s, instruction.size), 15);
        emitI(s, "andi", bytes, rounded, -16);
        emitR(s, "sub", SP, SP, bytes);
      } else {
        emitR(s, "sub", SP, SP, constantRegister(s, (size + 15n) & -16n));
      }
      s.sequence.push(
        frameAccess("lea", "addi", registerOf(instruction.to), ABOVE_OUTGOING, 0, s.loc),
      );
      return;
    }
    case "frame-address":
      s.wantsFramePointer = true;
      emit(s, "u", "mv", registerOf(instruction.to), FP, NONE);
      return;
    case "return-address":
      // It came in ra and has been kept since the entry: selectParameters does that.
      emit(s, "u", "mv", registerOf(instruction.to), keptReturnAddress(s), NONE);
      return;
    case "thread-pointer":
      emit(s, "u", "mv", registerOf(instruction.to), TP, NONE);
      return;
    case "atomic":
      selectAtomic(s, instruction);
      return;
    case "compare-exchange":
      selectCompareExchange(s, instruction);
      return;
    case "fence":
      if (instruction.machine) emit(s, "fence", "fence", NONE, NONE, NONE);
      return;
    case "asm":
      selectAsm(s, instruction);
      return;
    case "phi":
      return;
  }
}

function keptReturnAddress(s: Selection): number {
  s.returnAddress ??= newRegister(s);
  return s.returnAddress;
}

function selectMoves(s: Selection, block: FlowBlock): void {
  if (block.moves.length === 0) return;
  const defs: number[] = [];
  const uses: number[] = [];
  const constants: { to: Temp; value: Exclude<Operand, Temp> }[] = [];
  for (const { to, value } of block.moves) {
    const source = resolve(s, value);
    if (source.kind !== "temp") {
      constants.push({ to, value: source });
    } else if (source.id !== to.id) {
      defs.push(registerOf(to));
      uses.push(need(s, source));
    }
  }
  if (defs.length > 0) s.sequence.push(parallel(defs, uses, s.loc));
  for (const { to, value } of constants) s.sequence.push(materialised(s, value, registerOf(to)));
}

function selectEnd(s: Selection, block: FlowBlock): void {
  const { end, last } = block;
  last.loc = end.loc;
  switch (end.op) {
    case "jump":
      last.op = "jump";
      return;
    case "unreachable":
      last.op = "unreachable";
      return;
    case "return":
      last.op = "return";
      selectReturn(s, end, last);
      return;
    case "indirect":
      last.op = "indirect";
      last.rs1 = registerFor(s, end.address);
      return;
    case "table": {
      const label = `${s.labelPrefix}t${s.tableCount++}`;
      const scaled = newRegister(s);
      const entry = newRegister(s);
      const target = newRegister(s);
      emitI(s, "slli", scaled, registerFor(s, end.index), 2);
      emitR(s, "add", entry, upperPart(s, label, 0), scaled);
      const load = emit(s, "load", "lw", target, entry, NONE);
      load.symbol = label;
      last.op = "indirect";
      last.rs1 = target;
      last.table = { label, entries: end.entries };
      return;
    }
    case "branch":
      selectBranch(s, block);
  }
}

function selectBranch(s: Selection, block: FlowBlock): void {
  const { end, last } = block;
  if (end.op !== "branch") return;
  let { condition, left, right } = end;
  let { width } = end;
  // A comparison whose only user this is need not become a number first.
  for (let steps = 0; steps < 4; steps++) {
    if (condition !== "eq" && condition !== "ne") break;
    if (constantOf(s, right) !== 0n) break;
    const source = resolve(s, left);
    const definition = definitionOf(s, source);
    if (source.kind !== "temp" || definition?.op !== "compare" || s.useCounts[source.id] !== 1)
      break;
    ({ left, right, width } = definition);
    condition = condition === "ne" ? definition.condition : OPPOSITE[definition.condition];
  }
  if (constantOf(s, left) !== undefined && constantOf(s, right) === undefined) {
    [left, right] = [right, left];
    condition = SWAPPED[condition];
  }
  const value = constantOf(s, right);
  last.op = "branch";
  if (value !== undefined && constantOf(s, left) !== undefined) {
    // What the optimiser leaves undecided at level 0.
    last.rs1 = registerFor(s, left);
    last.rs2 = registerFor(s, right);
    set(condition, last.rs1, last.rs2);
    return;
  }
  // Comparisons with 1 and −1 that are comparisons with 0.
  if (value === 1n && condition === "lt") [condition, right] = ["le", ZERO_CONSTANT];
  else if (value === 1n && condition === "ge") [condition, right] = ["gt", ZERO_CONSTANT];
  else if (value === 1n && condition === "ltu") [condition, right] = ["eq", ZERO_CONSTANT];
  else if (value === 1n && condition === "geu") [condition, right] = ["ne", ZERO_CONSTANT];
  else if (value === -1n && condition === "gt") [condition, right] = ["ge", ZERO_CONSTANT];
  else if (value === -1n && condition === "le") [condition, right] = ["lt", ZERO_CONSTANT];
  else if (value === 0n && condition === "gtu") condition = "ne";
  else if (value === 0n && condition === "leu") condition = "eq";
  if (testOfBit(s, condition, left, right)) return;
  set(condition, registerFor(s, left), registerFor(s, right));

  function set(wanted: typeof condition, a: number, b: number): void {
    const swap = wanted === "gt" || wanted === "le" || wanted === "gtu" || wanted === "leu";
    last.condition = swap ? MIRRORED[wanted] : wanted;
    last.rs1 = swap ? b : a;
    last.rs2 = swap ? a : b;
  }

  /** One bit out of andi's reach becomes the sign. */
  function testOfBit(at: Selection, wanted: typeof condition, a: Operand, b: Operand): boolean {
    if (
      (wanted !== "eq" && wanted !== "ne") ||
      constantOf(at, b) !== 0n ||
      at.block.hoist !== undefined
    )
      return false;
    const source = resolve(at, a);
    const definition = definitionOf(at, source);
    if (source.kind !== "temp" || definition?.op !== "binary" || definition.operator !== "and")
      return false;
    if (at.useCounts[source.id] !== 1) return false;
    const mask = constantOf(at, definition.right);
    if (mask === undefined) return false;
    const bits = BigInt.asUintN(width === "w" ? 32 : 64, mask);
    if (bits <= 0x7ffn || (bits & (bits - 1n)) !== 0n) return false;
    const shifted = newRegister(at);
    emitI(at, "slli", shifted, registerFor(at, definition.left), 64 - bits.toString(2).length);
    set(wanted === "eq" ? "ge" : "lt", shifted, 0);
    return true;
  }
}

const ZERO_CONSTANT: Operand = { kind: "constant", value: 0n };

const OPPOSITE = {
  eq: "ne",
  ne: "eq",
  lt: "ge",
  ge: "lt",
  le: "gt",
  gt: "le",
  ltu: "geu",
  geu: "ltu",
  leu: "gtu",
  gtu: "leu",
} as const;

const MIRRORED: Readonly<Record<"gt" | "le" | "gtu" | "leu", MachineCondition>> = {
  gt: "lt",
  le: "ge",
  gtu: "ltu",
  leu: "geu",
};

/** Within a block, between calls, a constant that was made once is not made again. */
function shareConstants(block: FlowBlock, firstMade: number): void {
  let known: Map<string | number | bigint, number> | undefined;
  let renamed: Map<number, number> | undefined;
  const rename = (register: number): number => renamed?.get(register) ?? register;
  const kept: Machine[] = [];
  const hoisted = new Set(block.hoisted);
  for (const m of block.code) {
    if (renamed !== undefined) {
      m.rs1 = rename(m.rs1);
      m.rs2 = rename(m.rs2);
      if (m.uses !== undefined) m.uses = m.uses.map(rename);
    }
    if (m.form === "call") {
      known?.clear();
    } else if (m.form === "li" || m.form === "hi" || m.form === "la" || m.form === "lea") {
      // Only registers that selection made for this: those of temporaries may be written elsewhere too.
      if (isShareable(m) && !hoisted.has(m)) {
        const key =
          m.form === "li"
            ? numberOf(BigInt(m.immediate))
            : `${m.form}${m.symbol ?? m.slot}+${m.immediate}`;
        known ??= new Map();
        const before = known.get(key);
        if (before !== undefined) {
          renamed ??= new Map();
          renamed.set(m.rd, before);
          continue;
        }
        known.set(key, m.rd);
      }
    }
    kept.push(m);
  }
  block.code = kept;
  if (renamed !== undefined) {
    block.last.rs1 = rename(block.last.rs1);
    block.last.rs2 = rename(block.last.rs2);
  }

  function isShareable(m: Machine): boolean {
    return m.rd >= firstMade && m.slot > ABOVE_OUTGOING;
  }
}
