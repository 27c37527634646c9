// Loops that count a length down beside a pointer (`for (; n >= 8; n -= 8, p += 8)`): where the length is used for nothing else,
// the pointer is compared with where it ends, and the length is known without counting: it is what is left of the division.
//
// The number of rounds is n / step exactly, whatever n is, and the pointer goes through as many different values as long as its
// own step is not greater: it meets its end after the last round and not before.

import { newTemp } from "../ir/build.ts";
import type {
  BinaryOperator,
  Condition,
  Instruction,
  IrFunction,
  Operand,
  Temp,
} from "../ir/ir.ts";
import type { Cfg, Loop } from "./cfg.ts";
import { countersOf, type Counter } from "./induction.ts";
import {
  constantOf,
  eachDefinition,
  eachOperand,
  eachTerminatorOperand,
  mapOperands,
  mapTerminator,
  ZERO,
} from "./operands.ts";
import { preheaderOf, type Loops } from "./preheaders.ts";

/** Uses of temporaries, those in innermost loops apart. */
interface Uses {
  readonly definitions: readonly (Instruction | undefined)[];
  readonly count: Int32Array;
}

export function compareWithEnds(f: IrFunction, { cfg, loops }: Loops): boolean {
  const inner = loops.filter(({ innermost }) => innermost);
  if (inner.length === 0) return false;
  const uses = usesOf(f, cfg);
  /** By temporary of a length: what it is behind its loop. */
  const rests = new Map<number, Operand>();
  for (const loop of inner) compareWithEnd(f, cfg, loop, uses, rests);
  if (rests.size === 0) return false;
  const replace = (operand: Operand): Operand =>
    operand.kind === "temp" ? (rests.get(operand.id) ?? operand) : operand;
  for (const block of cfg.order) {
    for (const instruction of block.instructions) mapOperands(instruction, replace);
    mapTerminator(block.terminator, replace);
  }
  return true;
}

function usesOf(f: IrFunction, cfg: Cfg): Uses {
  const definitions = new Array<Instruction | undefined>(f.nextTemp).fill(undefined);
  const count = new Int32Array(f.nextTemp);
  const use = (operand: Operand): void => {
    if (operand.kind === "temp") count[operand.id] = (count[operand.id] ?? 0) + 1;
  };
  for (const block of cfg.order) {
    for (const instruction of block.instructions) {
      eachOperand(instruction, use);
      eachDefinition(instruction, (temp) => {
        definitions[temp.id] = instruction;
      });
    }
    eachTerminatorOperand(block.terminator, use);
  }
  return { definitions, count };
}

function compareWithEnd(
  f: IrFunction,
  cfg: Cfg,
  loop: Loop,
  { definitions, count }: Uses,
  rests: Map<number, Operand>,
): void {
  const preheader = preheaderOf(cfg, loop);
  const header = cfg.order[loop.header];
  if (preheader === undefined || header?.terminator.op !== "branch") return;
  if (!leavesOnlyAtHeader(cfg, loop)) return;
  const found = countersOf(cfg, loop, preheader, definitions);
  if (found?.test?.block !== header || found.test.isAtEnd || found.test.isW) return;
  const { condition, left, right } = found.test;
  if (left.kind !== "temp" || right.kind !== "constant") return;
  const length = found.counters.get(left.id);
  if (length === undefined || !countsDown(length, condition, right.value)) return;
  // In the loop only the test and the step may use it; what uses the step's result is the phi.
  const inside = usesInside(cfg, loop, length.phi);
  if (inside !== 2 || count[length.next.id] !== 1) return;
  const step = -length.step;
  const pointer = [...found.counters.values()].find(
    (one) =>
      one !== length &&
      one.phi.width === "l" &&
      (one.step === step || one.step === -step) &&
      usesInside(cfg, loop, one.phi) > 1,
  );
  if (pointer === undefined) return;

  const { loc } = header.terminator;
  const add = (operator: BinaryOperator, a: Operand, b: Operand): Temp => {
    const to = newTemp(f, "l");
    preheader.instructions.push({ op: "binary", to, operator, left: a, right: b, loc });
    return to;
  };
  const way = step === 1n ? length.init : add("and", length.init, constantOf(-step, "l"));
  const end = add(pointer.step > 0n ? "add" : "sub", pointer.init, way);
  const isUsedBehind = (count[length.phi.id] ?? 0) > inside;
  const rest =
    step === 1n || !isUsedBehind ? ZERO : add("and", length.init, constantOf(step - 1n, "l"));
  const { terminator } = header;
  terminator.condition = terminator.condition === condition ? "ne" : "eq";
  terminator.left = pointer.phi;
  terminator.right = end;
  rests.set(length.phi.id, rest);
}

/** Whether each round that is begun is gone through. */
export function leavesOnlyAtHeader(cfg: Cfg, loop: Loop): boolean {
  const inside = new Set(loop.blocks);
  for (const index of loop.blocks) {
    if (index === loop.header) continue;
    const block = cfg.order[index];
    if (block === undefined) return false;
    const { terminator } = block;
    const targets =
      terminator.op === "jump"
        ? [terminator.to]
        : terminator.op === "branch"
          ? [terminator.then, terminator.else]
          : undefined;
    if (targets === undefined) return false;
    if (targets.some(({ id }) => !inside.has(cfg.indexOf[id] ?? -1))) return false;
  }
  return true;
}

/** Whether rounds go on as long as there is another step in the length, as a number without sign. */
function countsDown({ phi, step }: Counter, condition: Condition, bound: bigint): boolean {
  const by = -step;
  if (phi.width !== "l" || by <= 0n || (by & (by - 1n)) !== 0n || by > 2n ** 30n) return false;
  if (condition === "geu") return bound === by;
  if (condition === "gtu") return bound === by - 1n;
  return condition === "ne" && bound === 0n && by === 1n;
}

function usesInside(cfg: Cfg, loop: Loop, { id }: Temp): number {
  let uses = 0;
  const use = (operand: Operand): void => {
    if (operand.kind === "temp" && operand.id === id) uses++;
  };
  for (const index of loop.blocks) {
    const block = cfg.order[index];
    if (block === undefined) continue;
    for (const instruction of block.instructions) eachOperand(instruction, use);
    eachTerminatorOperand(block.terminator, use);
  }
  return uses;
}
