// `*p++` in a loop makes the next p before the present one is used for the last time, and both would need a register and a
// move at each round. So a step of a loop's variable goes behind the last use of the old value where it can.

import type { Instruction, Operand, Temp } from "../ir/ir.ts";
import { eachOperand } from "../optimize/operands.ts";
import type { FlowBlock } from "./flow.ts";

type Binary = Extract<Instruction, { op: "binary" }>;

interface Step {
  readonly instruction: Binary;
  /** The variable that it is the next value of. */
  readonly phi: Temp;
  at: number;
  lastUseOfPhi: number;
  firstUse: number;
}

/** Changes the order within blocks of loops. */
export function sinkSteps(blocks: readonly FlowBlock[]): void {
  for (const block of blocks)
    if (block.loop !== undefined && block.instructions.length > 1) sinkIn(block);
}

function sinkIn(block: FlowBlock): void {
  const byTarget = new Map<Temp, Temp>();
  const note = (place: FlowBlock): void => {
    for (const { to, value } of place.moves) if (value.kind === "temp") byTarget.set(value, to);
  };
  note(block);
  for (const successor of block.successors)
    if (successor.instructions.length === 0) note(successor);
  if (byTarget.size === 0) return;
  const steps: Step[] = [];
  const stepsOf = new Map<Temp, Step[]>();
  const remember = (temp: Temp, step: Step): void => {
    const list = stepsOf.get(temp);
    if (list === undefined) stepsOf.set(temp, [step]);
    else list.push(step);
  };
  block.instructions.forEach((instruction, at) => {
    if (instruction.op !== "binary" || instruction.right.kind !== "constant") return;
    const phi = byTarget.get(instruction.to);
    if (phi === undefined || instruction.left !== phi) return;
    const step: Step = {
      instruction,
      phi,
      at,
      lastUseOfPhi: at,
      firstUse: block.instructions.length,
    };
    steps.push(step);
    remember(phi, step);
    remember(instruction.to, step);
  });
  if (steps.length === 0) return;
  let at = 0;
  const use = (operand: Operand): void => {
    if (operand.kind !== "temp") return;
    for (const step of stepsOf.get(operand) ?? []) {
      if (at <= step.at) continue;
      if (operand === step.phi) step.lastUseOfPhi = at;
      else if (at < step.firstUse) step.firstUse = at;
    }
  };
  for (const instruction of block.instructions) {
    if (instruction.op !== "phi") eachOperand(instruction, use);
    at++;
  }
  // By the instruction that they are to come behind.
  const moved = new Map<number, Instruction[]>();
  const gone = new Set<Instruction>();
  for (const { instruction, at: from, lastUseOfPhi, firstUse } of steps) {
    if (lastUseOfPhi === from || lastUseOfPhi >= firstUse) continue;
    gone.add(instruction);
    const list = moved.get(lastUseOfPhi);
    if (list === undefined) moved.set(lastUseOfPhi, [instruction]);
    else list.push(instruction);
  }
  if (gone.size === 0) return;
  const ordered: Instruction[] = [];
  block.instructions.forEach((instruction, index) => {
    if (!gone.has(instruction)) ordered.push(instruction);
    const behind = moved.get(index);
    if (behind !== undefined) ordered.push(...behind);
  });
  block.instructions = ordered;
}
