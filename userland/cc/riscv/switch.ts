// How a switch finds its case: where cases lie dense, a jump table; otherwise a binary tree of comparisons, whose last steps
// are single tests. A plan is data; flow.ts makes blocks of it.

import type {
  Block,
  Condition,
  Constant,
  Instruction,
  Operand,
  Temp,
  Terminator,
} from "../ir/ir.ts";

export type SwitchNode =
  | { readonly kind: "target"; readonly to: Block }
  | {
      readonly kind: "branch";
      readonly instructions: readonly Instruction[];
      readonly condition: Condition;
      readonly left: Operand;
      readonly right: Operand;
      readonly holds: SwitchNode;
      readonly fails: SwitchNode;
    }
  | {
      readonly kind: "table";
      readonly instructions: readonly Instruction[];
      readonly index: Operand;
      readonly entries: readonly Block[];
    };

interface Range {
  first: bigint;
  last: bigint;
  readonly to: Block;
}

type Switch = Extract<Terminator, { op: "switch" }>;

/** A table needs so many comparisons' worth of cases, and at most so many entries for each. */
const FEWEST_FOR_TABLE = 5;
const ENTRIES_FOR_CASE = 4n;
const MOST_ENTRIES = 4096n;
/** So many single tests one after the other are no worse than a tree. */
const LINEAR = 3;

export function planSwitch(terminator: Switch, temps: { nextTemp: number }): SwitchNode {
  const { value, width, loc } = terminator;
  const bits = width === "w" ? 32 : 64;
  const lowest = -(1n << BigInt(bits - 1));
  const highest = -lowest - 1n;
  const otherwise: SwitchNode = { kind: "target", to: terminator.default };
  const ranges = signedRanges(terminator, lowest, highest);

  const constant = (number: bigint): Constant => ({ kind: "constant", value: number });
  const branch = (
    condition: Condition,
    right: bigint,
    then: SwitchNode,
    other: SwitchNode,
  ): SwitchNode => ({
    kind: "branch",
    instructions: [],
    condition,
    left: value,
    right: constant(right),
    holds: then,
    fails: other,
  });
  const minus = (first: bigint): { instructions: Instruction[]; value: Operand } => {
    if (first === 0n) return { instructions: [], value };
    const to: Temp = { kind: "temp", id: temps.nextTemp++, width };
    const right = constant(BigInt.asIntN(bits, -first));
    return {
      instructions: [{ op: "binary", to, operator: "add", left: value, right, loc }],
      value: to,
    };
  };
  const table = (from: number, to: number): SwitchNode | undefined => {
    const start = ranges[from];
    const end = ranges[to - 1];
    if (start === undefined || end === undefined || to - from < FEWEST_FOR_TABLE) return undefined;
    let first = start.first;
    const entries = end.last - first + 1n;
    if (entries > BigInt(to - from) * ENTRIES_FOR_CASE || entries > MOST_ENTRIES) return undefined;
    // A few entries more save the subtraction.
    if (first > 0n && first <= 4n) first = 0n;
    const blocks: Block[] = [];
    for (let at = from; at < to; at++) {
      const range = ranges[at];
      if (range === undefined) break;
      while (first + BigInt(blocks.length) < range.first) blocks.push(terminator.default);
      while (first + BigInt(blocks.length) <= range.last) blocks.push(range.to);
    }
    const index = minus(first);
    return {
      kind: "branch",
      instructions: index.instructions,
      condition: "ltu",
      left: index.value,
      right: constant(BigInt(blocks.length)),
      holds: { kind: "table", instructions: [], index: index.value, entries: blocks },
      fails: otherwise,
    };
  };
  /** Ranges from … to−1; the value is known to be within low … high. Halved each time, so the depth is bounded. */
  const tree = (from: number, to: number, low: bigint, high: bigint): SwitchNode => {
    const first = ranges[from];
    if (first === undefined || from >= to) return otherwise;
    const asTable = table(from, to);
    if (asTable !== undefined) return asTable;
    if (to - from === 1) {
      const then: SwitchNode = { kind: "target", to: first.to };
      const belowFits = first.first <= low;
      const aboveFits = first.last >= high;
      if (belowFits && aboveFits) return then;
      if (first.first === first.last) return branch("eq", first.first, then, otherwise);
      if (belowFits) return branch("le", first.last, then, otherwise);
      if (aboveFits) return branch("ge", first.first, then, otherwise);
      const index = minus(first.first);
      return {
        kind: "branch",
        instructions: index.instructions,
        condition: "leu",
        left: index.value,
        right: constant(BigInt.asIntN(bits, first.last - first.first)),
        holds: then,
        fails: otherwise,
      };
    }
    const areSingle = ranges
      .slice(from, Math.min(to, from + LINEAR))
      .every((one) => one.first === one.last);
    if (to - from <= LINEAR && areSingle) {
      return branch(
        "eq",
        first.first,
        { kind: "target", to: first.to },
        tree(from + 1, to, first.first === low ? low + 1n : low, high),
      );
    }
    const middle = (from + to) >> 1;
    const pivot = ranges[middle];
    if (pivot === undefined) return otherwise;
    return branch(
      "lt",
      pivot.first,
      tree(from, middle, low, pivot.first - 1n),
      tree(middle, to, pivot.first, high),
    );
  };
  return tree(0, ranges.length, lowest, highest);
}

/** Cases in signed order, neighbours with the same target as one; a range of unsigned values may lie on both ends. */
function signedRanges(terminator: Switch, lowest: bigint, highest: bigint): Range[] {
  const bits = terminator.width === "w" ? 32 : 64;
  const ranges: Range[] = [];
  for (const one of terminator.cases) {
    const first = BigInt.asIntN(bits, one.first);
    const last = BigInt.asIntN(bits, one.last);
    if (first <= last) {
      ranges.push({ first, last, to: one.to });
    } else {
      ranges.push({ first, last: highest, to: one.to }, { first: lowest, last, to: one.to });
    }
  }
  ranges.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const merged: Range[] = [];
  for (const range of ranges) {
    const before = merged.at(-1);
    if (before !== undefined && before.to === range.to && before.last + 1n === range.first)
      before.last = range.last;
    else merged.push(range);
  }
  return merged;
}
