// Operations: what the interpreter's `br_table` dispatches on. Each is a row of the instruction table, specialised by
// what is known when an instruction is decoded: its length, whether rd is x0, whether a source is x0, whether its
// target lies in the same page; or several neighbours fused into one; or a marker of the decode cache.
//
// A decoded instruction, 8 bytes, at the half-word it starts at. Nothing in it depends on the address it runs at.
//
//    0      2        4    5    6       8
//   +------+--------+----+----+-------+
//   | op   | length | a  | b  | imm   |   a = 8 × rd, or 8 × rs2 of a store or branch; b = 8 × rs1 or 8 × uimm
//   +------+--------+----+----+-------+   imm: signed; or 8 × rs2; or a CSR's number
//   | op   | length | a  | imm24      |   lui, auipc (imm >> 12), jal
//   +------+--------+----+------------+
//   | op   | length | bits of the     |   illegal
//   +------+--------+ instruction ----+
//
// `length` counts the instructions from here to the end of the block, this one included: entering a block costs one
// subtraction from the budget, and leaving it early gives back the length of the instruction that did. Immediates of
// branches and jumps inside the page are in bytes of decoded code (4 × the guest's), others in bytes of the guest.

import { compressedInstructions } from "./isa-compressed.ts";
import { writesRd } from "./isa-format.ts";
import { instructions } from "./isa.ts";
import type { Instruction } from "./isa-instruction.ts";
import { fusedSequences } from "./operation-sequences.ts";

/** Markers; the first so that a slot filled with zeros is undecoded. */
export const OP_DECODE = 0;
/** Go on at the address that this place stands for: the end of a page, and of scratch code. */
export const OP_NEXT = 1;
/** A four-byte instruction whose second half is in the next page. */
export const OP_STRADDLE = 2;
export const OP_ILLEGAL = 3;
/** Jump to STATE_ADDRESS. */
export const OP_START = 4;
export const OP_NOP4 = 5;
export const OP_NOP2 = 6;
const FIRST_INSTRUCTION = 7;

export interface Variant {
  readonly bytes: 2 | 4;
  /** rd is x0: the result is dropped. */
  readonly discard: boolean;
  /** The target of a branch or jump is in another page. */
  readonly far: boolean;
  /** That source register is x0. */
  readonly zero: "rs1" | "rs2" | undefined;
}

export interface Single extends Variant {
  readonly kind: "single";
  readonly op: number;
  readonly instruction: Instruction;
}

export interface Fused {
  readonly kind: "fused";
  readonly op: number;
  /** Neighbours in a block; only the last may leave it. */
  readonly parts: readonly Single[];
}

export type Operation = Single | Fused;

function isRelative(one: Instruction): boolean {
  return one.format === "B" || one.format === "J";
}

function zeroVariants(one: Instruction): Variant["zero"][] {
  if (one.format === "B") return [undefined, "rs2"];
  return one.name === "add" || one.name === "addi" ? [undefined, "rs1"] : [undefined];
}

const compressible = new Set(compressedInstructions.map((one) => one.base));

function variantsOf(one: Instruction): Variant[] {
  const out: Variant[] = [];
  for (const bytes of compressible.has(one.name) ? ([4, 2] as const) : ([4] as const)) {
    for (const discard of writesRd(one.format) && !one.pure ? [false, true] : [false]) {
      for (const far of isRelative(one) ? [false, true] : [false]) {
        for (const zero of zeroVariants(one)) out.push({ bytes, discard, far, zero });
      }
    }
  }
  return out;
}

function keyOf(name: string, { bytes, discard, far, zero }: Variant): string {
  const flags = `${discard ? " x0" : ""}${far ? " far" : ""}${zero === undefined ? "" : ` ${zero}=0`}`;
  return `${name}${bytes === 2 ? " c" : ""}${flags}`;
}

const singles: Single[] = [];
const byKey = new Map<string, Single>();
for (const instruction of instructions) {
  for (const variant of variantsOf(instruction)) {
    const op = FIRST_INSTRUCTION + singles.length;
    const single: Single = { kind: "single", op, instruction, ...variant };
    singles.push(single);
    byKey.set(keyOf(instruction.name, variant), single);
  }
}

/** Variants of an instruction as a number, so that decoding is a table look-up. */
const VARIANTS = 24;

function variantNumber({ bytes, discard, far, zero }: Variant): number {
  const source = zero === undefined ? 0 : zero === "rs1" ? 1 : 2;
  return (bytes === 2 ? 12 : 0) + (discard ? 6 : 0) + (far ? 3 : 0) + source;
}

/** Ops of an instruction by variantNumber; 0 where there is no such operation. */
const opsOf = new Map(instructions.map((one) => [one, new Uint16Array(VARIANTS)]));
for (const single of singles) {
  const ops = opsOf.get(single.instruction);
  if (ops !== undefined) ops[variantNumber(single)] = single.op;
}

/** The op for an instruction so specialised; where `zero` has no variant of its own, the general one. */
export function operationFor(one: Instruction, variant: Variant): number {
  const ops = opsOf.get(one);
  const op = ops?.[variantNumber(variant)] ?? 0;
  if (op !== 0 || variant.zero === undefined) return op;
  return ops?.[variantNumber(variant) - (variant.zero === "rs1" ? 1 : 2)] ?? 0;
}

/** A tree of the sequences' operations: how to go on, and the fused operation for the way so far. */
export interface SequenceNode {
  readonly next: Map<number, SequenceNode>;
  fused: number;
}

/** Where matching begins; code-cache.ts takes the longest sequence that an instruction begins. */
export const sequences: SequenceNode = { next: new Map(), fused: 0 };
const fused: Fused[] = [];

function addSequence(names: readonly string[]): void {
  const op = FIRST_INSTRUCTION + singles.length + fused.length;
  let node = sequences;
  const parts: Single[] = [];
  for (const name of names) {
    const part = byKey.get(name);
    if (part === undefined) throw new Error(`operation-sequences.ts: no operation ${name}`);
    parts.push(part);
    const known = node.next.get(part.op) ?? { next: new Map(), fused: 0 };
    node.next.set(part.op, known);
    node = known;
  }
  node.fused = op;
  fused.push({ kind: "fused", op, parts });
}
for (const sequence of fusedSequences) addSequence(sequence.split(" + "));

export const operations: readonly Operation[] = [...singles, ...fused];
export const OPERATION_COUNT = FIRST_INSTRUCTION + operations.length;

/** A name for profiles and for operation-sequences.ts, such as "addi c" or "beq rs2=0". */
export function operationName(op: number): string {
  const found = operations[op - FIRST_INSTRUCTION];
  if (found === undefined) return `marker ${op}`;
  if (found.kind === "single") return keyOf(found.instruction.name, found);
  return found.parts.map((part) => operationName(part.op)).join(" + ");
}

/** The single operation at an op: a fused operation's first. Undefined for markers. */
export function singleAt(op: number): Single | undefined {
  const found = operations[op - FIRST_INSTRUCTION];
  return found?.kind === "fused" ? found.parts[0] : found;
}
