// switch (C11 6.8.4.2): the labels are collected, sorted as signed numbers of the value's width, and become one terminator.

import { constant } from "../ir/build.ts";
import type { Block, SwitchCase } from "../ir/ir.ts";
import type { CaseStatement, SwitchStatement } from "../tree/ast.ts";
import { scalarOf, type Scalar } from "./scalar.ts";
import type { State } from "./state.ts";

export function switchStatement(s: State, one: SwitchStatement): void {
  const { b } = s;
  const number = s.rules.value(s, one.value);
  b.loc = one.loc;
  const done = b.newBlock();
  const blocks = new Map<CaseStatement, Block>();
  const cases: SwitchCase[] = [];
  let otherwise = done;
  const type = scalarOf(one.value.type);
  for (const label of one.cases) {
    const block = b.newBlock();
    blocks.set(label, block);
    if (label.range === undefined) otherwise = block;
    else addRange(cases, label.range.first, label.range.last, type, block);
  }
  cases.sort((x, y) => (x.first < y.first ? -1 : x.first > y.first ? 1 : 0));
  // The parser has complained about overlaps; what remains must be disjoint.
  const disjoint: SwitchCase[] = [];
  for (const entry of cases) {
    const before = disjoint.at(-1);
    if (before === undefined || entry.first > before.last) disjoint.push(entry);
  }
  const [only] = disjoint;
  if (disjoint.length === 0) b.jump(otherwise);
  else if (disjoint.length === 1 && only !== undefined && only.first === only.last)
    b.branch("eq", type.width, number, constant(only.first), only.to, otherwise);
  else b.switch(number, type.width, disjoint, otherwise);
  // What stands before the first label is reached by nobody.
  b.startNew();
  const { breakTo, switch: outer } = s;
  s.breakTo = done;
  s.switch = { blocks, nesting: s.within.length };
  s.rules.statement(s, one.body);
  s.breakTo = breakTo;
  s.switch = outer;
  b.start(done);
  joinLabels(one.cases, blocks, disjoint);
}

/** `case 1: case 2:` are one block: programs that are made by programs stack thousands of labels. */
function joinLabels(
  labels: readonly CaseStatement[],
  blocks: ReadonlyMap<CaseStatement, Block>,
  cases: readonly SwitchCase[],
): void {
  const own = new Set(blocks.values());
  const ends = new Map<Block, Block>();
  for (const label of labels.toReversed()) {
    const block = blocks.get(label);
    if (block === undefined || block.instructions.length > 0 || block.symbol !== undefined)
      continue;
    const { terminator } = block;
    if (terminator.op !== "jump" || !own.has(terminator.to)) continue;
    ends.set(block, ends.get(terminator.to) ?? terminator.to);
  }
  for (const entry of cases) entry.to = ends.get(entry.to) ?? entry.to;
}

/** The range as signed numbers; one of unsigned numbers may go around the end of the signed ones. */
function addRange(cases: SwitchCase[], first: bigint, last: bigint, type: Scalar, to: Block): void {
  const bits = type.width === "w" ? 32 : 64;
  const low = BigInt.asIntN(bits, first);
  const high = BigInt.asIntN(bits, last);
  if (low <= high) {
    cases.push({ first: low, last: high, to });
    return;
  }
  const limit = 1n << BigInt(bits - 1);
  cases.push({ first: low, last: limit - 1n, to }, { first: -limit, last: high, to });
}

export function caseLabel(s: State, label: CaseStatement): void {
  const block = s.switch?.blocks.get(label);
  if (s.switch === undefined || block === undefined) return;
  if (s.within.length > s.switch.nesting)
    s.module.diagnostics.error(label.loc, "a switch cannot jump into a statement expression");
  s.b.start(block);
}
