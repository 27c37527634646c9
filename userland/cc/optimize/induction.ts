// Counters of loops: phis of a header that every round adds the same constant to, and the range they are in, as far as the
// loop's test shows it.

import type { Block, Condition, Instruction, Operand, Temp } from "../ir/ir.ts";
import { dominates, type Cfg, type Loop } from "./cfg.ts";
import { INVERSES, MIRRORED } from "./evaluate.ts";
import { sourceFrom } from "./operands.ts";

export interface Counter {
  readonly phi: Temp;
  readonly init: Operand;
  /** What it is in the next round. */
  readonly next: Temp;
  readonly step: bigint;
  /** In blocks that are executed in a round that goes on; undefined: adding the step may wrap around. */
  readonly signed: Range | undefined;
  readonly unsigned: Range | undefined;
}

export interface Range {
  readonly low: bigint;
  readonly high: bigint;
}

/** The counters of a loop with one latch, and where the loop's test is passed: the index of the first block behind it. */
export interface Counters {
  readonly latch: Block;
  readonly counters: Map<number, Counter>;
  readonly behindTest: number;
  readonly test: Test | undefined;
}

export function countersOf(
  cfg: Cfg,
  loop: Loop,
  preheader: Block,
  definitions: readonly (Instruction | undefined)[],
): Counters | undefined {
  const [latchIndex] = loop.latches;
  const header = cfg.order[loop.header];
  if (latchIndex === undefined || loop.latches.length !== 1 || header === undefined)
    return undefined;
  const latch = cfg.order[latchIndex];
  if (latch === undefined) return undefined;
  const test = testOf(cfg, loop, latchIndex);
  const counters = new Map<number, Counter>();
  for (const phi of header.instructions) {
    if (phi.op !== "phi") break;
    const init = sourceFrom(phi, preheader);
    const next = sourceFrom(phi, latch);
    if (init === undefined || next?.kind !== "temp") continue;
    const step = definitions[next.id];
    if (step?.op !== "binary" || step.operator !== "add" || step.right.kind !== "constant")
      continue;
    if (step.left.kind !== "temp" || step.left.id !== phi.to.id) continue;
    const base = { phi: phi.to, init, next, step: step.right.value };
    const { signed, unsigned } = rangesOf(base, test);
    counters.set(phi.to.id, { ...base, signed, unsigned });
  }
  return { latch, counters, behindTest: test?.behind ?? loop.header, test };
}

export interface Test {
  /** The block that ends with it. */
  readonly block: Block;
  /** What holds in rounds that go on. */
  readonly condition: Condition;
  readonly left: Operand;
  readonly right: Operand;
  readonly isW: boolean;
  /** It is made at a round's end. */
  readonly isAtEnd: boolean;
  readonly behind: number;
}

/** The comparison that each round that goes on has passed: at the header or at the latch. */
function testOf(cfg: Cfg, loop: Loop, latch: number): Test | undefined {
  const inside = new Set(loop.blocks);
  for (const index of loop.header === latch ? [latch] : [loop.header, latch]) {
    const block = cfg.order[index];
    if (block?.terminator.op !== "branch") continue;
    const { then, else: otherwise, left, right, width } = block.terminator;
    const isThen = inside.has(cfg.indexOf[then.id] ?? -1);
    const isElse = inside.has(cfg.indexOf[otherwise.id] ?? -1);
    if (isThen === isElse) continue;
    const condition = isThen ? block.terminator.condition : INVERSES[block.terminator.condition];
    const isAtEnd = index === latch;
    const onward = cfg.indexOf[isThen ? then.id : otherwise.id] ?? loop.header;
    // Whoever is behind the test must have come through it.
    if (!isAtEnd && !dominates(cfg, onward, latch)) continue;
    const behind = isAtEnd ? loop.header : onward;
    return { block, condition, left, right, isW: width === "w", isAtEnd, behind };
  }
  return undefined;
}

/** Only of w: an l wraps as addresses do. */
function rangesOf(
  counter: { phi: Temp; init: Operand; next: Temp; step: bigint },
  test: Test | undefined,
): { signed: Range | undefined; unsigned: Range | undefined } {
  const none = { signed: undefined, unsigned: undefined };
  if (counter.phi.width !== "w" || test === undefined || !test.isW) return none;
  const { init, step } = counter;
  const isTested = (operand: Operand): boolean =>
    operand.kind === "temp" && operand.id === (test.isAtEnd ? counter.next.id : counter.phi.id);
  let { condition, right } = test;
  if (!isTested(test.left)) {
    if (!isTested(test.right)) return none;
    condition = MIRRORED[condition];
    right = test.left;
  }
  const start = init.kind === "constant" ? init.value : undefined;
  // Tested at the end, the first round has not been: it has to be known where it starts.
  if (test.isAtEnd && start === undefined) return none;
  const bound = right.kind === "constant" ? right.value : undefined;
  return {
    signed: signedRange(condition, step, start, bound),
    unsigned: unsignedRange(condition, step, start, bound),
  };
}

const MIN = -(2n ** 31n);
const MAX = 2n ** 31n - 1n;
const UMAX = 2n ** 32n - 1n;

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function signedRange(
  condition: Condition,
  step: bigint,
  start: bigint | undefined,
  bound: bigint | undefined,
): Range | undefined {
  if (step > 0n) {
    let high: bigint;
    if (condition === "lt") high = (bound ?? MAX) - 1n;
    else if (condition === "le" && bound !== undefined) high = bound;
    else return undefined;
    high = max(high, start ?? MIN);
    return high + step <= MAX ? { low: start ?? MIN, high } : undefined;
  }
  let low: bigint;
  if (condition === "gt") low = (bound ?? MIN) + 1n;
  else if (condition === "ge" && bound !== undefined) low = bound;
  else return undefined;
  low = min(low, start ?? MAX);
  return low + step >= MIN ? { low, high: start ?? MAX } : undefined;
}

function unsignedRange(
  condition: Condition,
  step: bigint,
  start: bigint | undefined,
  bound: bigint | undefined,
): Range | undefined {
  const first = start === undefined ? undefined : BigInt.asUintN(32, start);
  const last = bound === undefined ? undefined : BigInt.asUintN(32, bound);
  if (step > 0n) {
    let high: bigint;
    if (condition === "ltu") high = (last ?? UMAX) - 1n;
    else if (condition === "leu" && last !== undefined) high = last;
    else {
      // Signed, from a number that is not negative to one that is not either.
      const range = signedRange(condition, step, start, bound);
      return range !== undefined && range.low >= 0n ? range : undefined;
    }
    high = max(high, first ?? 0n);
    return high + step <= UMAX ? { low: first ?? 0n, high } : undefined;
  }
  let low: bigint;
  if (condition === "gtu") low = (last ?? 0n) + 1n;
  else if (condition === "geu" && last !== undefined) low = last;
  else if (condition === "ne" && last === 0n) low = 1n;
  else return undefined;
  low = min(low, first ?? UMAX);
  return low + step >= 0n ? { low, high: first ?? UMAX } : undefined;
}
