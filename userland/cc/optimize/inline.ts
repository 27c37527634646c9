// Inlining: calls of small functions, of functions that nobody else calls, and of those that ask for it become their bodies.
// Callees have been through the optimiser before, so their size is what they are worth.

import type { Level } from "./optimize.ts";
import type { Argument, Block, Instruction, IrFunction, PhiSource } from "../ir/ir.ts";
import { removeUnreachable } from "./branches.ts";
import { eachSuccessor } from "./cfg.ts";
import { cloneBody } from "./clone.ts";
import { ZERO } from "./operands.ts";

type Call = Extract<Instruction, { op: "call" }>;

/** What the decision needs to know about a callee. */
export interface Candidate {
  readonly function: IrFunction;
  readonly size: number;
  /** It is local, its address is not taken and there is one call. */
  readonly isOnlyCall: boolean;
}

/** Sizes up to which functions are inlined, by level; only those that ask for it at level 0. */
const SMALL = { 0: -1, s: 4, 1: 12, 2: 40 } as const;
/** A function that nobody else calls may be as large. */
const LARGEST_ONLY_CALL = 400;
/** Functions do not grow beyond. */
const LARGEST_CALLER = 6000;
/** Nor, where callees demand it, beyond this: thirty functions that each call the one before twice would fill memory. */
const LARGEST_DEMANDED = 10_000;

/** Roughly the number of machine instructions; undefined: the body must stay where it is. */
export function inlineSize(f: IrFunction): number | undefined {
  if (f.isVariadic || f.linkage.binding === "weak") return undefined;
  // A parameter on the stack is no different from one in a register here.
  let size = 0;
  for (const block of f.blocks) {
    // Somebody knows where the block is.
    if (block.symbol !== undefined || block.terminator.op === "indirect-jump") return undefined;
    for (const instruction of block.instructions) {
      switch (instruction.op) {
        case "va-start":
        case "alloca":
        case "frame-address":
        case "return-address":
          return undefined;
        case "asm":
          if (definesLabel(instruction.template)) return undefined;
          size++;
          break;
        case "call":
          size += 2 + instruction.arguments.length;
          break;
        case "copy-memory":
        case "zero-memory":
          size += 4;
          break;
        case "phi":
        case "unary":
          break;
        default:
          size++;
      }
    }
    if (block.terminator.op === "switch") size += 2 * block.terminator.cases.length;
    else if (block.terminator.op === "branch") size++;
  }
  return size;
}

/** A label of a name may be there only once; numbers may be there again. */
function definesLabel(template: string): boolean {
  for (const line of template.split(/[\n;]/)) {
    const label = line.trimStart();
    const end = label.indexOf(":");
    if (end > 0 && !/\s/.test(label.slice(0, end)) && !/^\d+$/.test(label.slice(0, end)))
      return true;
  }
  return false;
}

/** Inlines what is worth it; says whether there was something. */
export function inlineCalls(
  f: IrFunction,
  level: Level,
  candidateOf: (name: string) => Candidate | undefined,
): boolean {
  let size = 0;
  for (const block of f.blocks) size += block.instructions.length + 1;
  let changed = false;
  // Blocks that inlining adds are put behind; the rest of a block that was cut is looked at in its turn.
  const blocks: Block[] = [];
  const work: Block[] = f.blocks.toReversed();
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    blocks.push(block);
    for (let at = 0; at < block.instructions.length; at++) {
      const instruction = block.instructions[at];
      if (instruction?.op !== "call" || instruction.callee.kind !== "symbol") continue;
      if (instruction.callee.offset !== 0) continue;
      const candidate = candidateOf(instruction.callee.name);
      if (candidate === undefined || candidate.function === f) continue;
      if (!isWorthIt(candidate, level, size) || !fits(candidate.function, instruction)) continue;
      const { rest, body } = inlineCall(f, block, at, instruction, candidate.function);
      size += candidate.size + body.length;
      // One after the other: too many arguments would overflow the stack.
      for (const one of body) blocks.push(one);
      work.push(rest);
      changed = true;
      break;
    }
  }
  if (!changed) return false;
  f.blocks = blocks;
  removeUnreachable(f);
  return true;
}

function isWorthIt(candidate: Candidate, level: Level, callerSize: number): boolean {
  const { function: callee, size, isOnlyCall } = candidate;
  if (callee.alwaysInline) return callerSize + size + callee.blocks.length <= LARGEST_DEMANDED;
  if (callee.noinline || callerSize + size > LARGEST_CALLER) return false;
  // A call costs about as much as its arguments.
  if (size <= SMALL[level] + callee.parameters.length) return true;
  return level !== 0 && isOnlyCall && size <= LARGEST_ONLY_CALL;
}

/** Whether the call has the arguments and results that the callee has: declarations may have lied. */
function fits(callee: IrFunction, call: Call): boolean {
  const { parameters } = callee;
  if (call.arguments.length < parameters.length) return false;
  if (parameters.some(({ width }, index) => call.arguments[index]?.width !== width)) return false;
  for (const { terminator } of callee.blocks) {
    if (terminator.op !== "return") continue;
    for (const [index, { width }] of call.results.entries()) {
      const value = terminator.values[index];
      // A return without a value leaves it open.
      if (value !== undefined && value.width !== width) return false;
    }
  }
  return true;
}

/** Cuts the block at the call and puts the body between. */
function inlineCall(
  f: IrFunction,
  block: Block,
  at: number,
  call: Call,
  callee: IrFunction,
): { rest: Block; body: Block[] } {
  const values = call.arguments.map(({ value }) => value);
  const { blocks, returns } = cloneBody(callee, f, values);
  const rest: Block = {
    id: f.nextBlock++,
    instructions: block.instructions.slice(at + 1),
    terminator: block.terminator,
    symbol: undefined,
  };
  block.instructions.length = at;
  eachSuccessor(rest.terminator, (to) => {
    for (const instruction of to.instructions) {
      if (instruction.op !== "phi") break;
      for (const source of instruction.sources) if (source.block === block) source.block = rest;
    }
  });
  const [entry] = blocks;
  block.terminator =
    entry === undefined
      ? { op: "unreachable", loc: call.loc }
      : { op: "jump", to: entry, loc: call.loc };
  for (const { block: from } of returns)
    from.terminator = { op: "jump", to: rest, loc: from.terminator.loc };
  giveResults(call, rest, returns);
  return { rest, body: blocks };
}

function giveResults(
  call: Call,
  rest: Block,
  returns: readonly { readonly block: Block; readonly values: Argument[] }[],
): void {
  const phis: Instruction[] = [];
  for (const [index, to] of call.results.entries()) {
    const sources: PhiSource[] = returns.map(({ block, values }) => ({
      block,
      value: values[index]?.value ?? ZERO,
    }));
    phis.push({ op: "phi", to, sources, loc: call.loc });
  }
  rest.instructions.unshift(...phis);
}
