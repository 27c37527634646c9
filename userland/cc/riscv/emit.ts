// A function whose registers are the machine's becomes assembly items: prologue and epilogue around its blocks, offsets into
// the frame filled in, branches so that the next block needs no jump.

import type { AsmItem } from "../assemble/item.ts";
import { parseAssembly } from "../assemble/parse.ts";
import type { Diagnostics } from "../source/diagnostics.ts";
import type { Loc } from "../source/sources.ts";
import { asmText } from "./asm-text.ts";
import type { IsFar } from "./far-jumps.ts";
import type { FlowBlock } from "./flow.ts";
import { type Frame, placeOf } from "./frame.ts";
import {
  immediateOperand,
  instructionItem,
  labelItem,
  memoryOperand,
  constantValue,
  registerOperand as reg,
  symbolOperand,
  symbolValue,
} from "./items.ts";
import { INVERSE, type Machine, type MachineCondition } from "./machine.ts";
import { A0, ARGUMENT_REGISTERS, FP, SCRATCH, SECOND_SCRATCH, SP, TP } from "./registers.ts";

export interface Emission {
  readonly items: AsmItem[];
  readonly frame: Frame;
  readonly labelPrefix: string;
  readonly diagnostics: Diagnostics | undefined;
  /** The block that begins with the prologue. */
  readonly prologueAt: FlowBlock;
  readonly debug: boolean;
  /** What returns is the function's own assembly. */
  readonly isNaked: boolean;
  /** Symbols whose upper part has indices added: a linker that replaced it by the global pointer would lose them. */
  readonly rigid: ReadonlySet<string>;
  /** Symbols that each thread has its own of: their distance from tp is known. */
  readonly threadLocal: ReadonlySet<string>;
  readonly isFar: IsFar;
  /** What the last `.option` says. */
  relaxes: boolean;
  loc: Loc;
  localLabels: number;
}

const LARGEST_OFFSET = 2047;
/** The part of a frame that saved registers are in is made first, and within reach. */
const FIRST_STEP = 2032;

function put(
  e: Emission,
  mnemonic: string,
  ...operands: Parameters<typeof instructionItem>[1]
): void {
  e.items.push(instructionItem(mnemonic, operands, e.loc));
}

/** Whether the linker may make shorter what comes now. */
function setRelaxing(e: Emission, relaxes: boolean): void {
  if (e.relaxes === relaxes) return;
  e.relaxes = relaxes;
  const option = relaxes ? "relax" : "norelax";
  e.items.push({ kind: "directive", name: "option", option, loc: e.loc });
}

/** Later items belong to this place. */
function at(e: Emission, loc: Loc): void {
  if (e.loc === loc || loc === 0) return;
  e.loc = loc;
  if (e.debug) e.items.push({ kind: "directive", name: "loc", place: loc, loc });
}

function labelOf(e: Emission, block: FlowBlock): string {
  return `${e.labelPrefix}${block.index}`;
}

export function emitBlocks(
  e: Emission,
  order: readonly FlowBlock[],
  hasFrame: (block: FlowBlock) => boolean,
): void {
  const isTarget = new Set<FlowBlock>();
  order.forEach((block, index) => {
    const { last, successors } = block;
    const next = order[index + 1];
    if (last.op === "jump") {
      if (successors[0] !== undefined && successors[0] !== next) isTarget.add(successors[0]);
    } else if (last.op === "branch") {
      const [then, other] = successors;
      if (then !== undefined && then !== next) isTarget.add(then);
      if (other !== undefined && other !== next) isTarget.add(other);
    } else if (last.table !== undefined) {
      for (const target of successors) isTarget.add(target);
    }
  });
  order.forEach((block, index) => {
    if (block.symbol !== undefined) e.items.push(labelItem(block.symbol, block.last.loc));
    if (isTarget.has(block)) e.items.push(labelItem(labelOf(e, block), block.last.loc));
    if (block === e.prologueAt) prologue(e);
    for (const m of block.code) emitMachine(e, m);
    emitEnd(e, block, order[index + 1], hasFrame(block));
  });
}

function emitEnd(
  e: Emission,
  block: FlowBlock,
  next: FlowBlock | undefined,
  hasFrame: boolean,
): void {
  const { last, successors } = block;
  at(e, last.loc);
  setRelaxing(e, true);
  const [then, other] = successors;
  switch (last.op) {
    case "jump":
      if (then !== undefined && then !== next) jump(e, block, then);
      return;
    case "branch":
      if (then === undefined || other === undefined) return;
      if (then === next) {
        branchTo(e, block, INVERSE[last.condition], other);
      } else {
        branchTo(e, block, last.condition, then);
        if (other !== next) jump(e, block, other);
      }
      return;
    case "indirect":
      put(e, "jr", reg(last.rs1));
      return;
    case "return":
      if (e.isNaked) return;
      if (hasFrame) epilogue(e);
      put(e, "ret");
      return;
    case "unreachable":
      // Whoever gets here nevertheless is not to run into the next function.
      if (block.code.at(-1)?.form !== "call" || next === undefined) put(e, "ebreak");
  }
}

function jump(e: Emission, from: FlowBlock, to: FlowBlock): void {
  const target = symbolOperand(labelOf(e, to));
  if (e.isFar(from, to)) put(e, "jump", target, reg(SCRATCH));
  else put(e, "j", target);
}

/** The branch at a block's end: the opposite one over a jump where that does not reach. */
function branchTo(e: Emission, from: FlowBlock, condition: MachineCondition, to: FlowBlock): void {
  const { rs1, rs2 } = from.last;
  if (!e.isFar(from, to)) {
    branch(e, condition, rs1, rs2, labelOf(e, to));
    return;
  }
  const over = `${e.labelPrefix}a${e.localLabels++}`;
  branch(e, INVERSE[condition], rs1, rs2, over);
  jump(e, from, to);
  e.items.push(labelItem(over, e.loc));
}

function branch(e: Emission, condition: string, rs1: number, rs2: number, label: string): void {
  const target = symbolOperand(label);
  if (rs2 === 0 && condition !== "ltu" && condition !== "geu")
    put(e, `b${condition}z`, reg(rs1), target);
  else if (rs1 === 0 && condition === "lt") put(e, "bgtz", reg(rs2), target);
  else if (rs1 === 0 && condition === "ge") put(e, "blez", reg(rs2), target);
  else put(e, `b${condition}`, reg(rs1), reg(rs2), target);
}

function moveStackPointer(e: Emission, bytes: number): void {
  if (bytes === 0) return;
  if (bytes >= -2048 && bytes <= LARGEST_OFFSET) {
    put(e, "addi", reg(SP), reg(SP), immediateOperand(bytes));
  } else {
    put(e, "li", reg(SCRATCH), immediateOperand(bytes));
    put(e, "add", reg(SP), reg(SP), reg(SCRATCH));
  }
}

/** How far the stack pointer goes down before registers are saved. */
function firstStep({ size }: Frame): number {
  return size <= FIRST_STEP ? size : Math.min(size, FIRST_STEP);
}

function prologue(e: Emission): void {
  const { frame } = e;
  if (frame.size === 0) return;
  const step = firstStep(frame);
  moveStackPointer(e, -step);
  const top = step - frame.variadicArea;
  frame.saved.forEach((register, index) => {
    put(e, "sd", reg(register), memoryOperand(SP, constantValue(BigInt(top - 8 * (index + 1)))));
  });
  if (frame.usesFramePointer) put(e, "addi", reg(FP), reg(SP), immediateOperand(step));
  for (let index = frame.firstVariadic; index < ARGUMENT_REGISTERS; index++) {
    const offset = step + 8 * (index - ARGUMENT_REGISTERS);
    put(e, "sd", reg(A0 + index), memoryOperand(SP, constantValue(BigInt(offset))));
  }
  moveStackPointer(e, step - frame.size);
}

function epilogue(e: Emission): void {
  const { frame } = e;
  if (frame.size === 0) return;
  const step = firstStep(frame);
  if (frame.usesFramePointer) put(e, "addi", reg(SP), reg(FP), immediateOperand(-step));
  else moveStackPointer(e, frame.size - step);
  const top = step - frame.variadicArea;
  frame.saved.forEach((register, index) => {
    put(e, "ld", reg(register), memoryOperand(SP, constantValue(BigInt(top - 8 * (index + 1)))));
  });
  moveStackPointer(e, step);
}

function emitMachine(e: Emission, m: Machine): void {
  at(e, m.loc);
  const { rd, rs1, rs2, mnemonic, symbol, immediate } = m;
  setRelaxing(e, symbol === undefined || !e.rigid.has(symbol));
  switch (m.form) {
    case "r":
      put(e, mnemonic, reg(rd), reg(rs1), reg(rs2));
      return;
    case "i":
      put(
        e,
        mnemonic,
        reg(rd),
        reg(rs1),
        symbol === undefined
          ? immediateOperand(immediate)
          : symbolOperand(symbol, Number(immediate), lowOf(e, symbol)),
      );
      return;
    case "u":
      put(e, mnemonic, reg(rd), reg(rs1));
      return;
    case "li":
      put(e, "li", reg(rd), immediateOperand(immediate));
      return;
    case "hi":
      emitUpper(e, rd, symbol ?? "", Number(immediate));
      return;
    case "la":
      emitUpper(e, rd, symbol ?? "", Number(immediate));
      put(
        e,
        "addi",
        reg(rd),
        reg(rd),
        symbolOperand(symbol ?? "", Number(immediate), lowOf(e, symbol ?? "")),
      );
      return;
    case "lea":
      emitAddress(e, m);
      return;
    case "load":
    case "store":
      emitAccess(e, m);
      return;
    case "amo":
      put(e, mnemonic, reg(rd), reg(rs2), memoryOperand(rs1, constantValue(0n)));
      return;
    case "cas":
      emitCompareExchange(e, m);
      return;
    case "fence":
      put(e, "fence", { kind: "name", name: "rw" }, { kind: "name", name: "rw" });
      return;
    case "call":
      if (symbol === undefined) put(e, "jalr", reg(rs1));
      else put(e, "call", symbolOperand(symbol));
      return;
    case "asm":
      emitAsm(e, m);
      return;
    case "parallel":
    case "nothing":
      return;
  }
}

function lowOf(e: Emission, symbol: string): "lo" | "tprel_lo" {
  return e.threadLocal.has(symbol) ? "tprel_lo" : "lo";
}

/** The upper part of a symbol's address: of a thread's own, of its distance from tp, and tp (psABI, "Local Exec"). */
function emitUpper(e: Emission, rd: number, symbol: string, offset: number): void {
  if (!e.threadLocal.has(symbol)) {
    put(e, "lui", reg(rd), symbolOperand(symbol, offset, "hi"));
    return;
  }
  put(e, "lui", reg(rd), symbolOperand(symbol, offset, "tprel_hi"));
  put(e, "add", reg(rd), reg(rd), reg(TP), symbolOperand(symbol, offset, "tprel_add"));
}

function emitAddress(e: Emission, { rd, slot, immediate }: Machine): void {
  const align = e.frame.aligns[slot] ?? 1;
  const isAligned = slot < 0 || align <= 16;
  const wanted = isAligned ? Number(immediate) : align - 16;
  const { base, offset } = placeOf(e.frame, slot, wanted);
  addTo(e, rd, base, offset);
  if (isAligned) return;
  // An object that wants more than the stack pointer has: up to the next multiple within its room.
  if (align <= 2048) {
    put(e, "andi", reg(rd), reg(rd), immediateOperand(-align));
  } else {
    const shift = immediateOperand(Math.log2(align));
    put(e, "srli", reg(rd), reg(rd), shift);
    put(e, "slli", reg(rd), reg(rd), shift);
  }
  if (immediate !== 0) addTo(e, rd, rd, Number(immediate));
}

function addTo(e: Emission, rd: number, base: number, offset: number): void {
  if (offset >= -2048 && offset <= LARGEST_OFFSET) {
    put(e, "addi", reg(rd), reg(base), immediateOperand(offset));
    return;
  }
  const other = rd === base ? SCRATCH : rd;
  put(e, "li", reg(other), immediateOperand(offset));
  put(e, "add", reg(rd), reg(base), reg(other));
}

function emitAccess(e: Emission, m: Machine): void {
  const { mnemonic, symbol } = m;
  const register = m.form === "load" ? m.rd : m.rs2;
  let base = m.rs1;
  let offset = Number(m.immediate);
  if (symbol !== undefined) {
    put(
      e,
      mnemonic,
      reg(register),
      memoryOperand(base, symbolValue(symbol, offset, lowOf(e, symbol))),
    );
    return;
  }
  if (m.rs1 < 0) ({ base, offset } = placeOf(e.frame, m.slot, offset));
  const emitPlain = (from: number, bytes: number): void =>
    put(e, mnemonic, reg(register), memoryOperand(from, constantValue(BigInt(bytes))));
  if (offset >= -2048 && offset <= LARGEST_OFFSET) {
    emitPlain(base, offset);
    return;
  }
  const low = ((offset + 2048) & 4095) - 2048;
  // A load's own register holds the address until then.
  let between = m.form === "load" && register !== 0 ? register : SCRATCH;
  const isTaken = between === register && m.form === "store";
  let down = 0;
  if (isTaken) {
    between = SECOND_SCRATCH;
    down = base === SP ? 16 : 0;
    put(e, "addi", reg(SP), reg(SP), immediateOperand(-16));
    put(e, "sd", reg(between), memoryOperand(SP, constantValue(0n)));
  }
  put(e, "li", reg(between), immediateOperand(offset - low + down));
  put(e, "add", reg(between), reg(between), reg(base));
  emitPlain(between, low);
  if (isTaken) {
    put(e, "ld", reg(between), memoryOperand(SP, constantValue(0n)));
    put(e, "addi", reg(SP), reg(SP), immediateOperand(16));
  }
}

function emitCompareExchange(e: Emission, m: Machine): void {
  const [found, success] = m.defs ?? [];
  const [desired] = m.uses ?? [];
  if (found === undefined || success === undefined || desired === undefined) return;
  const again = `${e.labelPrefix}a${e.localLabels++}`;
  const end = `${e.labelPrefix}a${e.localLabels++}`;
  const address = memoryOperand(m.rs1, constantValue(0n));
  e.items.push(labelItem(again, e.loc));
  put(e, `lr.${m.mnemonic}.aqrl`, reg(found), address);
  put(e, "bne", reg(found), reg(m.rs2), symbolOperand(end));
  put(e, `sc.${m.mnemonic}.rl`, reg(success), reg(desired), address);
  put(e, "bnez", reg(success), symbolOperand(again));
  e.items.push(labelItem(end, e.loc));
}

function emitAsm(e: Emission, m: Machine): void {
  if (m.asm === undefined || e.diagnostics === undefined) return;
  const text = asmText(m, e.diagnostics);
  if (text === "") return;
  e.items.push(
    ...parseAssembly(text, m.loc, e.diagnostics).map((item) => ({ ...item, loc: m.loc })),
  );
}
