// Programs for tests, from a seed: functions of arithmetic, memory, branches, loops, switches and calls that always end, in
// the IR with phis. What they compute is what ir/interpret.ts says.

import {
  Builder,
  constant,
  newFunction,
  newModule,
  newParameter,
  newSlot,
  slotAddress,
  symbolAddress,
} from "../../ir/build.ts";
import type {
  Block,
  Condition,
  IrFunction,
  IrModule,
  LoadKind,
  Operand,
  PhiSource,
  Slot,
  Temp,
  Width,
} from "../../ir/ir.ts";

const BINARY = ["add", "sub", "mul", "div", "udiv", "rem", "urem", "and", "or", "xor"] as const;
const SHIFTS = ["shl", "shr", "sar"] as const;
const UNARY_W = ["copy", "sext8", "sext16", "zext8", "zext16", "trunc"] as const;
const UNARY_L = ["copy", "sext8", "sext16", "zext8", "zext16", "sext32", "zext32"] as const;
const CONDITIONS: readonly Condition[] = [
  "eq",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
  "ltu",
  "leu",
  "gtu",
  "geu",
];
const LOADS: readonly LoadKind[] = ["s8", "u8", "s16", "u16", "s32", "u32", "64"];
const BYTES = { s8: 1, u8: 1, s16: 2, u16: 2, s32: 4, u32: 4, "64": 8 } as const;
const NOTABLE = [
  0n,
  1n,
  -1n,
  2n,
  7n,
  31n,
  63n,
  255n,
  2047n,
  -2048n,
  2048n,
  4096n,
  0x7fffn,
  0xffffn,
  0x7fff_ffffn,
  -0x8000_0000n,
];
/** Of the array in memory that all functions use. */
export const ARRAY_SIZE = 256;

type Random = (below: number) => number;

function randomFrom(seed: number): Random {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

interface Scene {
  readonly b: Builder;
  readonly f: IrFunction;
  readonly random: Random;
  readonly slots: Slot[];
  readonly callable: readonly IrFunction[];
  /** What can be used here. */
  values: Temp[];
  /** Statements that may still be made. */
  budget: number;
  calls: number;
}

/** Functions f0 … of which each calls earlier ones. */
export function randomModule(seed: number, functions: number, size: number): IrModule {
  const random = randomFrom(seed);
  const module = newModule();
  module.data.push({
    symbol: "array",
    linkage: { binding: "global", hidden: false },
    section: "bss",
    align: 16,
    size: ARRAY_SIZE,
    bytes: undefined,
    references: [],
  });
  for (let index = 0; index < functions; index++) {
    module.functions.push(randomFunction(`f${index}`, random, module.functions.slice(-3), size));
  }
  return module;
}

function randomFunction(
  name: string,
  random: Random,
  callable: readonly IrFunction[],
  size: number,
): IrFunction {
  const f = newFunction(name);
  const parameters = 1 + random(11);
  for (let index = 0; index < parameters; index++) newParameter(f, random(2) === 0 ? "w" : "l");
  const b = new Builder(f);
  b.startNew();
  const slots = [
    newSlot(f, 32, 8),
    newSlot(f, 64, random(4) === 0 ? 64 : 16),
    newSlot(f, random(3) === 0 ? 5000 : 16, 8),
  ];
  const s: Scene = {
    b,
    f,
    random,
    slots,
    callable,
    values: [...f.parameters],
    budget: size,
    calls: 3,
  };
  for (const slot of slots) b.zeroMemory(slotAddress(slot), slot.size, slot.align);
  statements(s, 0);
  let sum: Operand = constant(0);
  for (const value of s.values) {
    const wide = value.width === "l" ? value : b.unary("sext32", "l", value);
    sum = b.binary("xor", "l", b.binary("mul", "l", sum, constant(31)), wide);
  }
  b.end({ op: "return", values: [{ value: sum, width: "l" }], loc: 0 });
  return f;
}

function pick<T>(random: Random, list: readonly [T, ...T[]] | readonly T[]): T {
  const one = list[random(list.length)];
  if (one === undefined) throw new RangeError("nothing to pick from");
  return one;
}

function anyConstant(s: Scene, width: Width): Operand {
  const { random } = s;
  let value =
    random(3) > 0
      ? pick(random, NOTABLE)
      : BigInt(random(0xffff_ffff)) * (random(2) === 0 ? 1n : 0x1_0001n);
  if (random(4) === 0) value = -value;
  return constant(BigInt.asIntN(width === "w" ? 32 : 64, value));
}

function operand(s: Scene, width: Width): Operand {
  const { random, b } = s;
  if (random(4) === 0) return anyConstant(s, width);
  for (let tries = 0; tries < 4; tries++) {
    // New values more often than old ones.
    const back = random(2) === 0 ? random(Math.min(5, s.values.length)) : random(s.values.length);
    const value = s.values[s.values.length - 1 - back];
    if (value === undefined) break;
    if (value.width === width) return value;
    if (tries === 3)
      return width === "w"
        ? b.unary("trunc", "w", value)
        : b.unary(pick(random, ["sext32", "zext32"]), "l", value);
  }
  return anyConstant(s, width);
}

/** An address with so many bytes behind it. */
function place(s: Scene, bytes: number): { address: Operand; offset: number } {
  const { random, b } = s;
  const slot = pick(random, s.slots);
  const isArray = random(2) === 0;
  const size = isArray ? ARRAY_SIZE : slot.size;
  const offset = random(size / 8) * 8;
  const base = (at: number): Operand =>
    isArray ? symbolAddress("array", at) : slotAddress(slot, at);
  switch (random(4)) {
    case 0:
      return { address: base(offset), offset: 0 };
    case 1:
      return { address: base(0), offset };
    case 2: {
      const index = b.binary("and", "l", operand(s, "l"), constant(Math.min(size, 16) - bytes));
      return { address: b.binary("add", "l", base(0), index), offset: 0 };
    }
    default: {
      const address = b.binary("add", "l", base(0), constant(offset));
      return { address, offset: 0 };
    }
  }
}

function statements(s: Scene, depth: number): void {
  const count = 2 + s.random(8);
  for (let at = 0; at < count && s.budget > 0; at++) {
    s.budget--;
    statement(s, depth);
  }
}

function statement(s: Scene, depth: number): void {
  const { random, b } = s;
  const width: Width = random(2) === 0 ? "w" : "l";
  const kind = random(depth < 4 ? 24 : 16);
  if (kind < 6) {
    s.values.push(b.binary(pick(random, BINARY), width, operand(s, width), operand(s, width)));
  } else if (kind < 8) {
    const amount = random(2) === 0 ? constant(random(width === "w" ? 32 : 64)) : operand(s, "w");
    s.values.push(b.binary(pick(random, SHIFTS), width, operand(s, width), amount));
  } else if (kind === 8) {
    const operator = width === "w" ? pick(random, UNARY_W) : pick(random, UNARY_L);
    const from: Width =
      operator === "trunc" ? "l" : operator === "sext32" || operator === "zext32" ? "w" : width;
    s.values.push(b.unary(operator, width, operand(s, from)));
  } else if (kind === 9) {
    s.values.push(b.compare(pick(random, CONDITIONS), width, operand(s, width), operand(s, width)));
  } else if (kind < 12) {
    const from = pick(random, LOADS);
    const to: Width = from === "64" || from === "u32" ? "l" : width;
    const { address, offset } = place(s, BYTES[from]);
    s.values.push(b.load(from, to, address, offset));
  } else if (kind < 14) {
    const size = pick(random, [1, 2, 4, 8] as const);
    const found = operand(s, size === 8 ? "l" : width);
    const value =
      found.kind === "constant" && size < 8 ? constant(BigInt.asIntN(32, found.value)) : found;
    const { address, offset } = place(s, size);
    b.store(size, value, address, offset);
  } else if (kind === 14) {
    const callee = s.callable.length > 0 && s.calls > 0 ? pick(random, s.callable) : undefined;
    if (callee === undefined || depth > 1) return;
    s.calls--;
    const result = b.temp("l");
    const values = callee.parameters.map((parameter) => ({
      value: operand(s, parameter.width),
      width: parameter.width,
    }));
    b.emit({
      op: "call",
      results: [result],
      callee: symbolAddress(callee.symbol),
      arguments: values,
      loc: 0,
    });
    s.values.push(result);
  } else if (kind === 15) {
    const size = random(48) + 1;
    const [from, to] = [s.slots[0], s.slots[1]];
    if (from === undefined || to === undefined) return;
    if (random(2) === 0)
      b.copyMemory(
        slotAddress(to),
        slotAddress(from),
        Math.min(size, 32),
        pick(random, [1, 2, 4, 8]),
      );
    else b.zeroMemory(slotAddress(to), size, pick(random, [1, 2, 4, 8]));
  } else if (kind < 19) {
    choice(s, depth);
  } else if (kind < 22) {
    loop(s, depth);
  } else {
    choiceOfMany(s, depth);
  }
}

/** Joins paths: some of the values that each path made become phis. */
function join(
  s: Scene,
  before: Temp[],
  paths: readonly { block: Block; values: Temp[] }[],
  end: Block,
): void {
  const { b, random } = s;
  b.start(end);
  s.values = [...before];
  const count = 1 + random(4);
  for (let at = 0; at < count; at++) {
    const width: Width = random(2) === 0 ? "w" : "l";
    const sources: PhiSource[] = [];
    for (const path of paths) {
      const fitting = path.values.filter((value) => value.width === width);
      const value =
        fitting.length === 0 || random(5) === 0
          ? anyConstant(s, width)
          : pick(random, fitting.slice(-6));
      sources.push({ block: path.block, value });
    }
    const to = b.temp(width);
    b.emit({ op: "phi", to, sources, loc: 0 });
    s.values.push(to);
  }
}

function current(b: Builder): Block {
  if (b.block === undefined) throw new RangeError("behind the end of a block");
  return b.block;
}

function choice(s: Scene, depth: number): void {
  const { b, random } = s;
  const width: Width = random(2) === 0 ? "w" : "l";
  const then = b.newBlock();
  const other = b.newBlock();
  const end = b.newBlock();
  const before = s.values;
  const left = operand(s, width);
  const right = operand(s, width);
  const isShort = random(3) === 0;
  const start = current(b);
  b.branch(pick(random, CONDITIONS), width, left, right, then, isShort ? end : other);
  const paths: { block: Block; values: Temp[] }[] = [];
  for (const block of isShort ? [then] : [then, other]) {
    b.start(block);
    s.values = [...before];
    statements(s, depth + 1);
    paths.push({ block: current(b), values: s.values });
    b.end({ op: "jump", to: end, loc: 0 });
  }
  if (isShort) paths.push({ block: start, values: before });
  join(s, before, paths, end);
}

function choiceOfMany(s: Scene, depth: number): void {
  const { b, random } = s;
  const width: Width = random(2) === 0 ? "w" : "l";
  const before = s.values;
  const value = b.binary("and", width, operand(s, width), constant(random(2) === 0 ? 15 : 127));
  const end = b.newBlock();
  const blocks = Array.from({ length: 2 + random(4) }, () => b.newBlock());
  const cases: { first: bigint; last: bigint; to: Block }[] = [];
  let at = BigInt(random(5)) - 2n;
  const spread = random(3) === 0 ? 30 : 2;
  for (let count = 1 + random(12); count > 0; count--) {
    const last = at + BigInt(random(3) === 0 ? random(4) : 0);
    cases.push({ first: at, last, to: random(6) === 0 ? end : pick(random, blocks) });
    at = last + 1n + BigInt(random(spread));
  }
  const otherwise = random(2) === 0 ? end : pick(random, blocks);
  const start = current(b);
  b.end({ op: "switch", value, width, cases, default: otherwise, loc: 0 });
  const used = new Set([...cases.map((one) => one.to), otherwise]);
  const paths: { block: Block; values: Temp[] }[] = [];
  for (const block of blocks) {
    if (!used.has(block)) continue;
    b.start(block);
    s.values = [...before];
    statements(s, depth + 1);
    paths.push({ block: current(b), values: s.values });
    b.end({ op: "jump", to: end, loc: 0 });
  }
  if (used.has(end)) paths.push({ block: start, values: before });
  join(s, before, paths, end);
}

function loop(s: Scene, depth: number): void {
  const { b, random } = s;
  const before = s.values;
  const start = current(b);
  const header = b.newBlock();
  const body = b.newBlock();
  const end = b.newBlock();
  b.start(header);
  s.values = [...before];
  const counter = b.temp("w");
  const counterSources: PhiSource[] = [{ block: start, value: constant(0) }];
  b.emit({ op: "phi", to: counter, sources: counterSources, loc: 0 });
  const carried: { to: Temp; sources: PhiSource[] }[] = [];
  for (let count = random(4); count > 0; count--) {
    const to = b.temp(random(2) === 0 ? "w" : "l");
    const initial = before.filter((value) => value.width === to.width);
    const value =
      initial.length > 0 && random(3) > 0 ? pick(random, initial) : anyConstant(s, to.width);
    const sources: PhiSource[] = [{ block: start, value }];
    b.emit({ op: "phi", to, sources, loc: 0 });
    carried.push({ to, sources });
    s.values.push(to);
  }
  s.values.push(counter);
  const atHeader = s.values;
  const rounds = constant(1 + random(5));
  b.branch("lt", "w", counter, rounds, body, end);
  b.start(body);
  s.values = [...atHeader];
  statements(s, depth + 1);
  const next = b.binary("add", "w", counter, constant(1));
  const latch = current(b);
  counterSources.push({ block: latch, value: next });
  for (const { to, sources } of carried) {
    const fitting = s.values.filter((value) => value.width === to.width);
    // Other phis too: values that change places at each round.
    sources.push({ block: latch, value: pick(random, fitting.slice(-8)) });
  }
  b.end({ op: "jump", to: header, loc: 0 });
  b.start(end);
  s.values = [...atHeader];
}
