// Runs the IR, for tests: what a program computes is looked at before there is a backend, and after each pass. Memory is one
// array of bytes from address 0 on; functions and blocks have addresses too, behind which there is nothing.
//
// A w is held as a bigint in its signed 32 bits, an l in its signed 64.

import type {
  Argument,
  AsmInstruction,
  BinaryOperator,
  Block,
  Condition,
  Instruction,
  IrFunction,
  IrModule,
  LoadKind,
  Operand,
  Slot,
  Temp,
  UnaryOperator,
  Width,
} from "./ir.ts";
import { printInstruction } from "./print.ts";

/** A function that the program calls and does not define; gets all arguments, and gives a0 (and a1). */
export type External = (
  args: readonly bigint[],
  machine: Machine,
) => bigint | readonly bigint[] | void;

export interface InterpretOptions {
  readonly externals?: Readonly<Record<string, External>>;
  /** What an asm instruction leaves in its outputs. */
  readonly asm?: (
    instruction: AsmInstruction,
    inputs: readonly bigint[],
    machine: Machine,
  ) => readonly bigint[];
  /** Bytes of memory. */
  readonly memory?: number;
  /** Instructions after which the program is taken to hang. */
  readonly steps?: number;
}

/** The program in memory. */
export interface Machine {
  readonly bytes: DataView;
  /** The address of a symbol. */
  addressOf(symbol: string): bigint;
  /** Calls a function of the program. */
  call(symbol: string, args?: readonly bigint[]): readonly bigint[];
  /** A string that ends with a zero. */
  text(address: bigint): string;
}

/** Why a program could not go on. */
export class InterpretError extends Error {}

const FIRST = 0x1000;
const CODE = 0x40000000;

export function interpret(module: IrModule, options: InterpretOptions = {}): Machine {
  const size = options.memory ?? 4 * 2 ** 20;
  const view = new DataView(new ArrayBuffer(size));
  const symbols = new Map<string, bigint>();
  const code = new Map<bigint, IrFunction | string>();
  const blocks = new Map<bigint, Block>();
  let nextCode = CODE;
  const codeAddress = () => {
    nextCode += 16;
    return BigInt(nextCode);
  };
  let end = FIRST;
  for (const data of module.data) {
    end = Math.ceil(end / data.align) * data.align;
    symbols.set(data.symbol, BigInt(end));
    if (data.bytes !== undefined) new Uint8Array(view.buffer).set(data.bytes, end);
    end += Math.max(data.size, 1);
  }
  for (const f of module.functions) {
    if (f.inlineOnly) continue;
    const address = codeAddress();
    symbols.set(f.symbol, address);
    code.set(address, f);
    for (const block of f.blocks) {
      if (block.symbol === undefined) continue;
      const at = codeAddress();
      symbols.set(block.symbol, at);
      blocks.set(at, block);
    }
  }
  for (const { symbol, target } of module.aliases) {
    const address = symbols.get(target);
    if (address !== undefined) symbols.set(symbol, address);
  }
  const weak = new Set(module.weak);
  const addressOf = (symbol: string): bigint => {
    const known = symbols.get(symbol);
    if (known !== undefined) return known;
    const isThere = options.externals !== undefined && Object.hasOwn(options.externals, symbol);
    const address = !isThere && weak.has(symbol) ? 0n : codeAddress();
    symbols.set(symbol, address);
    code.set(address, symbol);
    return address;
  };
  for (const data of module.data) {
    const at = Number(addressOf(data.symbol));
    for (const { offset, size: bytes, symbol, addend, minus } of data.references) {
      const value =
        addressOf(symbol) + BigInt(addend) - (minus === undefined ? 0n : addressOf(minus));
      if (bytes === 8) view.setBigInt64(at + offset, value, true);
      else view.setInt32(at + offset, Number(BigInt.asIntN(32, value)), true);
    }
  }
  let steps = options.steps ?? 10_000_000;
  let stack = size & ~15;

  const address = (value: bigint, bytes: number): number => {
    const at = Number(value);
    if (value < BigInt(FIRST) || at + bytes > size)
      throw new InterpretError(
        `access of ${bytes} bytes at 0x${BigInt.asUintN(64, value).toString(16)}`,
      );
    if (at % bytes !== 0) throw new InterpretError(`misaligned access of ${bytes} bytes at ${at}`);
    return at;
  };
  const load = (from: LoadKind, value: bigint): bigint => {
    switch (from) {
      case "s8":
        return BigInt(view.getInt8(address(value, 1)));
      case "u8":
        return BigInt(view.getUint8(address(value, 1)));
      case "s16":
        return BigInt(view.getInt16(address(value, 2), true));
      case "u16":
        return BigInt(view.getUint16(address(value, 2), true));
      case "s32":
        return BigInt(view.getInt32(address(value, 4), true));
      case "u32":
        return BigInt(view.getUint32(address(value, 4), true));
      case "64":
        return view.getBigInt64(address(value, 8), true);
    }
  };
  const store = (bytes: 1 | 2 | 4 | 8, at: bigint, value: bigint): void => {
    const where = address(at, bytes);
    if (bytes === 8) view.setBigInt64(where, value, true);
    else if (bytes === 4) view.setInt32(where, Number(BigInt.asIntN(32, value)), true);
    else if (bytes === 2) view.setUint16(where, Number(BigInt.asUintN(16, value)), true);
    else view.setUint8(where, Number(BigInt.asUintN(8, value)));
  };

  const callAddress = (target: bigint, args: readonly bigint[]): readonly bigint[] => {
    const what = code.get(target);
    if (what === undefined) throw new InterpretError(`call of 0x${target.toString(16)}`);
    if (typeof what !== "string") return run(what, args);
    const external =
      options.externals !== undefined && Object.hasOwn(options.externals, what)
        ? options.externals[what]
        : undefined;
    if (external === undefined) throw new InterpretError(`'${what}' is called and nowhere defined`);
    const result = external(args, machine);
    if (typeof result === "bigint") return [result];
    return Array.isArray(result) ? result : [];
  };

  const run = (f: IrFunction, args: readonly bigint[]): readonly bigint[] => {
    const before = stack;
    // Unnamed arguments lie behind the named ones, as a variadic function's saved registers do.
    stack -= Math.ceil((args.length * 8) / 16) * 16;
    const saved = stack;
    if (stack < end + 4096) throw new InterpretError("the stack is full");
    for (const [index, value] of args.entries()) view.setBigInt64(saved + index * 8, value, true);
    const slots = new Map<Slot, number>();
    for (const slot of f.slots) {
      stack -= slot.size;
      stack -= stack % Math.max(slot.align, 1);
      slots.set(slot, stack);
    }
    stack &= ~15;
    if (stack < end + 4096) throw new InterpretError("the stack is full");
    const temps = new Map<number, bigint>();
    for (const [index, temp] of f.parameters.entries()) set(temp, args[index] ?? 0n);

    function set(temp: Temp, value: bigint): void {
      temps.set(temp.id, BigInt.asIntN(temp.width === "w" ? 32 : 64, value));
    }
    function get(operand: Operand): bigint {
      switch (operand.kind) {
        case "constant":
          return operand.value;
        case "temp": {
          const value = temps.get(operand.id);
          if (value === undefined)
            throw new InterpretError(`${f.symbol}: %${operand.id} has no value yet`);
          return value;
        }
        case "symbol":
          return addressOf(operand.name) + BigInt(operand.offset);
        case "slot":
          return BigInt((slots.get(operand.slot) ?? 0) + operand.offset);
      }
    }
    const values = (list: readonly Argument[]) => list.map(({ value }) => get(value));

    function execute(instruction: Exclude<Instruction, { op: "phi" }>): void {
      switch (instruction.op) {
        case "binary":
          set(
            instruction.to,
            binary(
              instruction.operator,
              instruction.to.width,
              get(instruction.left),
              get(instruction.right),
            ),
          );
          return;
        case "unary":
          set(instruction.to, unary(instruction.operator, get(instruction.value)));
          return;
        case "compare": {
          const { condition, left, right } = instruction;
          set(instruction.to, holds(condition, get(left), get(right)) ? 1n : 0n);
          return;
        }
        case "load":
          set(
            instruction.to,
            load(instruction.from, get(instruction.address) + BigInt(instruction.offset)),
          );
          return;
        case "store":
          store(
            instruction.size,
            get(instruction.address) + BigInt(instruction.offset),
            get(instruction.value),
          );
          return;
        case "copy-memory": {
          const to = address(get(instruction.to), 1);
          const from = address(get(instruction.from), 1);
          const { align } = instruction;
          if (to % align !== 0 || from % align !== 0)
            throw new InterpretError(`misaligned ${printInstruction(instruction)}`);
          const overlaps = to !== from && Math.abs(to - from) < instruction.size;
          if (overlaps) throw new InterpretError(`overlapping ${printInstruction(instruction)}`);
          new Uint8Array(view.buffer).copyWithin(to, from, from + instruction.size);
          return;
        }
        case "zero-memory": {
          const at = address(get(instruction.at), 1);
          new Uint8Array(view.buffer).fill(0, at, at + instruction.size);
          return;
        }
        case "call": {
          const results = callAddress(get(instruction.callee), values(instruction.arguments));
          for (const [index, to] of instruction.results.entries()) set(to, results[index] ?? 0n);
          return;
        }
        case "va-start":
          set(instruction.to, BigInt(saved + f.parameters.length * 8));
          return;
        case "alloca": {
          const bytes = Number(get(instruction.size));
          stack = (stack - bytes) & ~15;
          if (stack < end + 4096) throw new InterpretError("the stack is full");
          set(instruction.to, BigInt(stack));
          return;
        }
        case "frame-address":
          set(instruction.to, BigInt(saved));
          return;
        case "return-address":
        case "thread-pointer":
          set(instruction.to, BigInt(CODE));
          return;
        case "atomic": {
          const at = get(instruction.address);
          const old = load(instruction.size === 4 ? "s32" : "64", at);
          const by = get(instruction.value);
          const { operator } = instruction;
          const width = instruction.size === 4 ? "w" : "l";
          store(instruction.size, at, operator === "swap" ? by : binary(operator, width, old, by));
          set(instruction.to, old);
          return;
        }
        case "compare-exchange": {
          const at = get(instruction.address);
          const old = load(instruction.size === 4 ? "s32" : "64", at);
          if (old === get(instruction.expected))
            store(instruction.size, at, get(instruction.desired));
          set(instruction.to, old);
          return;
        }
        case "fence":
          return;
        case "asm": {
          if (options.asm === undefined)
            throw new InterpretError(`nobody runs ${printInstruction(instruction)}`);
          const results = options.asm(
            instruction,
            instruction.inputs.map(({ value }) => get(value)),
            machine,
          );
          for (const [index, { to }] of instruction.outputs.entries())
            set(to, results[index] ?? 0n);
          return;
        }
      }
    }

    let block = f.blocks[0];
    let from: Block | undefined;
    for (;;) {
      if (block === undefined) throw new InterpretError(`${f.symbol} has no such block`);
      // All phis of a block read before one of them writes.
      const arriving: [Temp, bigint][] = [];
      for (const instruction of block.instructions) {
        if (instruction.op !== "phi") break;
        const source = instruction.sources.find((one) => one.block === from);
        if (source === undefined)
          throw new InterpretError(`no source for ${printInstruction(instruction)}`);
        arriving.push([instruction.to, get(source.value)]);
      }
      for (const [to, value] of arriving) set(to, value);
      for (const instruction of block.instructions) {
        if (--steps < 0) throw new InterpretError("the program does not come to an end");
        if (instruction.op !== "phi") execute(instruction);
      }
      if (--steps < 0) throw new InterpretError("the program does not come to an end");
      const { terminator } = block;
      from = block;
      switch (terminator.op) {
        case "jump":
          block = terminator.to;
          break;
        case "branch":
          block = holds(terminator.condition, get(terminator.left), get(terminator.right))
            ? terminator.then
            : terminator.else;
          break;
        case "switch": {
          const value = get(terminator.value);
          const found = terminator.cases.find(({ first, last }) => first <= value && value <= last);
          block = found?.to ?? terminator.default;
          break;
        }
        case "indirect-jump": {
          const to = blocks.get(get(terminator.address));
          if (to === undefined || !terminator.targets.includes(to))
            throw new InterpretError(`${f.symbol} jumps to an address that is no label's`);
          block = to;
          break;
        }
        case "return":
          stack = before;
          return values(terminator.values);
        case "unreachable":
          throw new InterpretError(`${f.symbol} has come where nobody comes`);
      }
    }
  };

  const machine: Machine = {
    bytes: view,
    addressOf,
    call: (symbol, args = []) => callAddress(addressOf(symbol), args),
    text(at) {
      let text = "";
      for (let index = Number(at); index < size; index++) {
        const byte = view.getUint8(index);
        if (byte === 0) break;
        text += String.fromCharCode(byte);
      }
      return text;
    },
  };
  return machine;
}

function bitsOf(width: Width): number {
  return width === "w" ? 32 : 64;
}

/** What the machine's instructions make of division by zero and overflow is made of them here too. */
export function binary(
  operator: BinaryOperator,
  width: Width,
  left: bigint,
  right: bigint,
): bigint {
  const bits = bitsOf(width);
  const unsigned = (value: bigint) => BigInt.asUintN(bits, value);
  const count = right & BigInt(bits - 1);
  let result: bigint;
  switch (operator) {
    case "add":
      result = left + right;
      break;
    case "sub":
      result = left - right;
      break;
    case "mul":
      result = left * right;
      break;
    case "div":
      result = right === 0n ? -1n : left / right;
      break;
    case "udiv":
      result = right === 0n ? -1n : unsigned(left) / unsigned(right);
      break;
    case "rem":
      result = right === 0n ? left : left % right;
      break;
    case "urem":
      result = right === 0n ? left : unsigned(left) % unsigned(right);
      break;
    case "and":
      result = left & right;
      break;
    case "or":
      result = left | right;
      break;
    case "xor":
      result = left ^ right;
      break;
    case "shl":
      result = left << count;
      break;
    case "shr":
      result = unsigned(left) >> count;
      break;
    case "sar":
      result = left >> count;
      break;
  }
  return BigInt.asIntN(bits, result);
}

function unary(operator: UnaryOperator, value: bigint): bigint {
  switch (operator) {
    case "copy":
    case "sext32":
      return value;
    case "sext8":
      return BigInt.asIntN(8, value);
    case "sext16":
      return BigInt.asIntN(16, value);
    case "zext8":
      return BigInt.asUintN(8, value);
    case "zext16":
      return BigInt.asUintN(16, value);
    case "zext32":
      return BigInt.asUintN(32, value);
    case "trunc":
      return BigInt.asIntN(32, value);
  }
}

/** Signed values of either width keep their order when they are seen as unsigned of 64 bits. */
function holds(condition: Condition, left: bigint, right: bigint): boolean {
  const above = () => BigInt.asUintN(64, left) - BigInt.asUintN(64, right);
  switch (condition) {
    case "eq":
      return left === right;
    case "ne":
      return left !== right;
    case "lt":
      return left < right;
    case "le":
      return left <= right;
    case "gt":
      return left > right;
    case "ge":
      return left >= right;
    case "ltu":
      return above() < 0n;
    case "leu":
      return above() <= 0n;
    case "gtu":
      return above() > 0n;
    case "geu":
      return above() >= 0n;
  }
}
