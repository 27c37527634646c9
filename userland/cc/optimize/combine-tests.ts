// Two patterns of branches that C's && and || make, as fewer instructions:
//
//  - `low <= x && x < high` is one unsigned comparison of x − low with high − low;
//  - a value that is 1 on one way and 0 on the other is the comparison itself.

import { newTemp } from "../ir/build.ts";
import type { Block, Condition, Instruction, IrFunction, Operand, Temp, Width } from "../ir/ir.ts";
import type { Cfg } from "./cfg.ts";
import { INVERSES } from "./evaluate.ts";
import { constantOf, sameOperand, sourceFrom } from "./operands.ts";

/** Whether something has changed; blocks that cannot be reached and copies may be left. */
export function combineTests(f: IrFunction, cfg: Cfg): boolean {
  let changed = false;
  for (const block of cfg.order) if (combineRange(f, cfg, block)) changed = true;
  for (const block of cfg.order) if (materialise(f, cfg, block)) changed = true;
  return changed;
}

function isOnlyPredecessor(cfg: Cfg, block: Block, from: Block): boolean {
  const list = cfg.predecessors[cfg.indexOf[block.id] ?? -1] ?? [];
  return list.length === 1 && cfg.order[list[0] ?? 0] === from && block.symbol === undefined;
}

/** What a branch says of a value when it goes one way: it is low … (or … high), both inclusive. */
interface Bound {
  readonly temp: Temp;
  readonly width: Width;
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
}

function boundOf(block: Block, to: Block): Bound | undefined {
  const { terminator } = block;
  if (terminator.op !== "branch") return undefined;
  const { left, right, width } = terminator;
  if (left.kind !== "temp" || right.kind !== "constant") return undefined;
  const condition: Condition =
    terminator.then === to ? terminator.condition : INVERSES[terminator.condition];
  const { value } = right;
  const bound = { temp: left, width, low: undefined, high: undefined };
  switch (condition) {
    case "ge":
      return { ...bound, low: value };
    case "gt":
      return { ...bound, low: value + 1n };
    case "le":
      return { ...bound, high: value };
    case "lt":
      return { ...bound, high: value - 1n };
    default:
      return undefined;
  }
}

/** A branch and one right behind it that look at both ends of a range. */
function combineRange(f: IrFunction, cfg: Cfg, first: Block): boolean {
  const { terminator } = first;
  if (terminator.op !== "branch" || terminator.then === terminator.else) return false;
  for (const second of [terminator.then, terminator.else]) {
    if (second.instructions.length > 0 || second.terminator.op !== "branch") continue;
    if (!isOnlyPredecessor(cfg, second, first)) continue;
    const outside = second === terminator.then ? terminator.else : terminator.then;
    const { then, else: otherwise } = second.terminator;
    if (then === otherwise || (then !== outside && otherwise !== outside)) continue;
    const inside = then === outside ? otherwise : then;
    if (!agree(outside, first, second) || inside === second) continue;
    const a = boundOf(first, second);
    const b = boundOf(second, inside);
    if (a === undefined || b === undefined || a.temp.id !== b.temp.id || a.width !== b.width)
      continue;
    const low = a.low ?? b.low;
    const high = a.high ?? b.high;
    if (low === undefined || high === undefined || low > high) continue;
    const { width, temp } = a;
    const { loc } = terminator;
    let left: Operand = temp;
    if (low !== 0n) {
      const to = newTemp(f, width);
      const right = constantOf(-low, width);
      first.instructions.push({ op: "binary", to, operator: "add", left, right, loc });
      left = to;
    }
    // The second branch decides; the first one always comes to it.
    first.terminator = { op: "jump", to: second, loc };
    for (const phi of outside.instructions) {
      if (phi.op !== "phi") break;
      phi.sources = phi.sources.filter(({ block }) => block !== first);
    }
    second.terminator = {
      op: "branch",
      condition: "leu",
      width,
      left,
      right: constantOf(high - low, width),
      // oxlint-disable-next-line unicorn/no-thenable -- a branch's way is a block, and nobody awaits a terminator
      then: inside,
      else: outside,
      loc,
    };
    return true;
  }
  return false;
}

/** Whether the phis have the same values from both. */
function agree(block: Block, one: Block, other: Block): boolean {
  for (const phi of block.instructions) {
    if (phi.op !== "phi") break;
    const a = sourceFrom(phi, one);
    const b = sourceFrom(phi, other);
    if (a === undefined || b === undefined || !sameOperand(a, b)) return false;
  }
  return true;
}

/** Whether a block does nothing but go on from the branch to the join. */
function isPassage(cfg: Cfg, block: Block, from: Block, join: Block): boolean {
  return (
    block.instructions.length === 0 &&
    block.terminator.op === "jump" &&
    block.terminator.to === join &&
    isOnlyPredecessor(cfg, block, from)
  );
}

/** Phis of 0 and 1, where both ways from a branch meet at once, are comparisons before it. */
function materialise(f: IrFunction, cfg: Cfg, block: Block): boolean {
  const { terminator } = block;
  if (terminator.op !== "branch" || terminator.then === terminator.else) return false;
  const { then, else: otherwise, condition, width, left, right, loc } = terminator;
  const join =
    then.terminator.op === "jump" && isPassage(cfg, then, block, then.terminator.to)
      ? then.terminator.to
      : otherwise.terminator.op === "jump" &&
          isPassage(cfg, otherwise, block, otherwise.terminator.to)
        ? otherwise.terminator.to
        : undefined;
  if (join === undefined || join === block || join.symbol !== undefined) return false;
  const yes = then === join ? block : isPassage(cfg, then, block, join) ? then : undefined;
  const no =
    otherwise === join ? block : isPassage(cfg, otherwise, block, join) ? otherwise : undefined;
  if (yes === undefined || no === undefined || yes === no) return false;
  const made: { phi: Extract<Instruction, { op: "phi" }>; condition: Condition | undefined }[] = [];
  for (const phi of join.instructions) {
    if (phi.op !== "phi") break;
    const a = sourceFrom(phi, yes);
    const b = sourceFrom(phi, no);
    if (a === undefined || b === undefined) return false;
    if (sameOperand(a, b)) made.push({ phi, condition: undefined });
    else if (a.kind !== "constant" || b.kind !== "constant") return false;
    else if (a.value === 1n && b.value === 0n) made.push({ phi, condition });
    else if (a.value === 0n && b.value === 1n) made.push({ phi, condition: INVERSES[condition] });
    else return false;
  }
  for (const { phi, condition } of made) {
    const value = sourceFrom(phi, yes);
    let operand: Operand | undefined = value;
    if (condition !== undefined) {
      const to = newTemp(f, "w");
      block.instructions.push({ op: "compare", to, condition, width, left, right, loc });
      operand = to;
      if (phi.to.width === "l") {
        const wide = newTemp(f, "l");
        block.instructions.push({ op: "unary", to: wide, operator: "sext32", value: to, loc });
        operand = wide;
      }
    }
    if (operand === undefined) continue;
    phi.sources = phi.sources.filter((source) => source.block !== yes && source.block !== no);
    phi.sources.push({ block, value: operand });
  }
  block.terminator = { op: "jump", to: join, loc };
  return true;
}
