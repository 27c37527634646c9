// Making functions, blocks and instructions of the IR: what lowering is written with, and tests of what comes behind it.
// Nothing is folded or checked here: what was asked for is what gets into the block (verify.ts looks whether it makes sense).

import { NOWHERE, type Loc } from "../source/sources.ts";
import type {
  Argument,
  AsmInstruction,
  AtomicOperator,
  BinaryOperator,
  Block,
  Condition,
  Constant,
  Instruction,
  IrFunction,
  IrModule,
  LoadKind,
  Operand,
  PhiSource,
  Slot,
  SlotAddress,
  SwitchCase,
  SymbolAddress,
  SymbolLinkage,
  Temp,
  Terminator,
  UnaryOperator,
  Width,
} from "./ir.ts";

export const GLOBAL: SymbolLinkage = { binding: "global", hidden: false };
export const LOCAL: SymbolLinkage = { binding: "local", hidden: false };

export interface FunctionOptions {
  readonly linkage?: SymbolLinkage;
  readonly section?: string | undefined;
  readonly isVariadic?: boolean;
  readonly noinline?: boolean;
  readonly alwaysInline?: boolean;
  readonly inlineOnly?: boolean;
  readonly align?: number;
  readonly retain?: boolean;
  readonly naked?: boolean;
  readonly loc?: Loc;
  readonly end?: Loc;
}

/** A function without blocks and parameters. */
export function newFunction(symbol: string, options: FunctionOptions = {}): IrFunction {
  return {
    symbol,
    linkage: options.linkage ?? GLOBAL,
    section: options.section,
    parameters: [],
    isVariadic: options.isVariadic ?? false,
    noinline: options.noinline ?? false,
    alwaysInline: options.alwaysInline ?? false,
    inlineOnly: options.inlineOnly ?? false,
    align: options.align ?? 0,
    retain: options.retain ?? false,
    naked: options.naked ?? false,
    slots: [],
    blocks: [],
    nextTemp: 0,
    nextBlock: 0,
    nextSlot: 0,
    loc: options.loc ?? NOWHERE,
    end: options.end ?? NOWHERE,
  };
}

export function newModule(functions: IrFunction[] = []): IrModule {
  return {
    functions,
    data: [],
    weak: [],
    aliases: [],
    assembly: [],
    constructors: [],
    destructors: [],
    threadLocal: new Set(),
    complaints: new Map(),
  };
}

export function newTemp(f: IrFunction, width: Width): Temp {
  return { kind: "temp", id: f.nextTemp++, width };
}

/** The next parameter. */
export function newParameter(f: IrFunction, width: Width): Temp {
  const temp = newTemp(f, width);
  f.parameters.push(temp);
  return temp;
}

/** A slot, in the function's list already. */
export function newSlot(f: IrFunction, size: number, align: number, name?: string): Slot {
  const slot: Slot = { id: f.nextSlot++, size, align, name };
  f.slots.push(slot);
  return slot;
}

/** A block that is not in the function's list yet and ends in "unreachable". */
export function newBlock(f: IrFunction): Block {
  return {
    id: f.nextBlock++,
    instructions: [],
    terminator: { op: "unreachable", loc: NOWHERE },
    symbol: undefined,
  };
}

export function constant(value: bigint | number): Constant {
  return { kind: "constant", value: typeof value === "bigint" ? value : BigInt(value) };
}

export function symbolAddress(name: string, offset = 0): SymbolAddress {
  return { kind: "symbol", name, offset };
}

export function slotAddress(slot: Slot, offset = 0): SlotAddress {
  return { kind: "slot", slot, offset };
}

/** The blocks that a terminator may go to; one may be there more than once. */
export function successors(terminator: Terminator): Block[] {
  switch (terminator.op) {
    case "jump":
      return [terminator.to];
    case "branch":
      return [terminator.then, terminator.else];
    case "switch": {
      const blocks = terminator.cases.map((one) => one.to);
      blocks.push(terminator.default);
      return blocks;
    }
    case "indirect-jump":
      return terminator.targets;
    case "return":
    case "unreachable":
      return [];
  }
}

/**
 * Appends to a block of a function. `terminate`-like methods end the block; what is emitted after that, until `start`, has no
 * way to be reached and is thrown away.
 */
export class Builder {
  readonly function: IrFunction;
  /** Undefined: behind a terminator. */
  block: Block | undefined;
  /** Goes with each instruction. */
  loc: Loc;

  constructor(f: IrFunction) {
    this.function = f;
    this.block = undefined;
    this.loc = f.loc;
  }

  temp(width: Width): Temp {
    return newTemp(this.function, width);
  }

  newBlock(): Block {
    return newBlock(this.function);
  }

  /** Puts the block at the function's end and goes on in it; a block before it that has no end yet jumps there. */
  start(block: Block): void {
    if (this.block !== undefined) this.jump(block);
    this.function.blocks.push(block);
    this.block = block;
  }

  /** Makes a block and starts it. */
  startNew(): Block {
    const block = this.newBlock();
    this.start(block);
    return block;
  }

  emit(instruction: Instruction): void {
    if (this.block !== undefined) this.block.instructions.push(instruction);
  }

  end(terminator: Terminator): void {
    if (this.block === undefined) return;
    this.block.terminator = terminator;
    this.block = undefined;
  }

  binary(operator: BinaryOperator, width: Width, left: Operand, right: Operand): Temp {
    const to = this.temp(width);
    this.emit({ op: "binary", to, operator, left, right, loc: this.loc });
    return to;
  }

  unary(operator: UnaryOperator, width: Width, value: Operand): Temp {
    const to = this.temp(width);
    this.emit({ op: "unary", to, operator, value, loc: this.loc });
    return to;
  }

  compare(condition: Condition, width: Width, left: Operand, right: Operand): Temp {
    const to = this.temp("w");
    this.emit({ op: "compare", to, condition, width, left, right, loc: this.loc });
    return to;
  }

  load(from: LoadKind, width: Width, address: Operand, offset = 0, volatile = false): Temp {
    const to = this.temp(width);
    this.emit({ op: "load", to, from, address, offset, volatile, loc: this.loc });
    return to;
  }

  store(size: 1 | 2 | 4 | 8, value: Operand, address: Operand, offset = 0, volatile = false): void {
    this.emit({ op: "store", size, value, address, offset, volatile, loc: this.loc });
  }

  copyMemory(to: Operand, from: Operand, size: number, align: number): void {
    this.emit({ op: "copy-memory", to, from, size, align, loc: this.loc });
  }

  zeroMemory(at: Operand, size: number, align: number): void {
    this.emit({ op: "zero-memory", at, size, align, loc: this.loc });
  }

  call(callee: Operand, args: Argument[], results: readonly Width[] = []): Temp[] {
    const temps = results.map((width) => this.temp(width));
    this.emit({ op: "call", results: temps, callee, arguments: args, loc: this.loc });
    return temps;
  }

  vaStart(): Temp {
    const to = this.temp("l");
    this.emit({ op: "va-start", to, loc: this.loc });
    return to;
  }

  alloca(size: Operand): Temp {
    const to = this.temp("l");
    this.emit({ op: "alloca", to, size, loc: this.loc });
    return to;
  }

  frameAddress(): Temp {
    const to = this.temp("l");
    this.emit({ op: "frame-address", to, loc: this.loc });
    return to;
  }

  returnAddress(): Temp {
    const to = this.temp("l");
    this.emit({ op: "return-address", to, loc: this.loc });
    return to;
  }

  threadPointer(): Temp {
    const to = this.temp("l");
    this.emit({ op: "thread-pointer", to, loc: this.loc });
    return to;
  }

  atomic(operator: AtomicOperator, size: 4 | 8, address: Operand, value: Operand): Temp {
    const to = this.temp(size === 4 ? "w" : "l");
    this.emit({ op: "atomic", to, operator, size, address, value, loc: this.loc });
    return to;
  }

  compareExchange(size: 4 | 8, address: Operand, expected: Operand, desired: Operand): Temp {
    const to = this.temp(size === 4 ? "w" : "l");
    this.emit({ op: "compare-exchange", to, size, address, expected, desired, loc: this.loc });
    return to;
  }

  fence(machine: boolean): void {
    this.emit({ op: "fence", machine, loc: this.loc });
  }

  asm(instruction: Omit<AsmInstruction, "op" | "loc">): void {
    this.emit({ op: "asm", ...instruction, loc: this.loc });
  }

  phi(width: Width, sources: PhiSource[]): Temp {
    const to = this.temp(width);
    this.emit({ op: "phi", to, sources, loc: this.loc });
    return to;
  }

  jump(to: Block): void {
    this.end({ op: "jump", to, loc: this.loc });
  }

  branch(
    condition: Condition,
    width: Width,
    left: Operand,
    right: Operand,
    then: Block,
    otherwise: Block,
  ): void {
    this.end({
      op: "branch",
      condition,
      width,
      left,
      right,
      // oxlint-disable-next-line unicorn/no-thenable -- a branch's way is a block, and nobody awaits a terminator
      then,
      else: otherwise,
      loc: this.loc,
    });
  }

  switch(value: Operand, width: Width, cases: SwitchCase[], otherwise: Block): void {
    this.end({ op: "switch", value, width, cases, default: otherwise, loc: this.loc });
  }

  indirectJump(address: Operand, targets: Block[]): void {
    this.end({ op: "indirect-jump", address, targets, loc: this.loc });
  }

  return(values: Argument[] = []): void {
    this.end({ op: "return", values, loc: this.loc });
  }

  unreachable(): void {
    this.end({ op: "unreachable", loc: this.loc });
  }
}
