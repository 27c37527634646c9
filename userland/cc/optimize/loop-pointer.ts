// Makes the pointer that strength reduction (strength.ts) steps through a loop, and lets the loop's test look at the pointer
// where the counter has no other use any more.

import { newTemp } from "../ir/build.ts";
import type { BinaryOperator, Block, Condition, IrFunction, Operand, Temp } from "../ir/ir.ts";
import { MIRRORED } from "./evaluate.ts";
import type { Counter, Counters } from "./induction.ts";
import { constantOf } from "./operands.ts";

export type Extension = "none" | "signed" | "unsigned";

/** extension(counter) · scale + offset + what does not change. */
export interface PointerForm {
  readonly counter: Counter;
  readonly extension: Extension;
  readonly scale: bigint;
  readonly offset: bigint;
  readonly invariants: readonly Operand[];
}

/** A loop's blocks where something is added. */
export interface Place {
  readonly f: IrFunction;
  readonly preheader: Block;
  readonly header: Block;
  readonly latch: Block;
}

export interface Pointer {
  readonly now: Temp;
  readonly next: Temp;
}

export function makePointer(place: Place, form: PointerForm): Pointer {
  const { f, preheader, header, latch } = place;
  const { counter, extension, scale } = form;
  const { loc } = header.terminator;
  const start = valueAt(place, form, counter.init, extension);
  const now = newTemp(f, "l");
  const step = constantOf(counter.step * scale, "l");
  const next = append(place, latch, "add", now, step);
  const sources = [
    { block: preheader, value: start },
    { block: latch, value: next },
  ];
  header.instructions.unshift({ op: "phi", to: now, sources, loc });
  return { now, next };
}

function append(
  { f, header }: Place,
  block: Block,
  operator: BinaryOperator,
  left: Operand,
  right: Operand,
): Temp {
  const to = newTemp(f, "l");
  block.instructions.push({ op: "binary", to, operator, left, right, loc: header.terminator.loc });
  return to;
}

/** The form's value, computed before the loop, where the counter is that. */
function valueAt(place: Place, form: PointerForm, at: Operand, extension: Extension): Operand {
  const { f, preheader, header } = place;
  let value = at;
  if (extension !== "none") {
    if (value.kind === "constant") {
      if (extension === "unsigned") value = constantOf(BigInt.asUintN(32, value.value), "l");
    } else {
      const to = newTemp(f, "l");
      const operator = extension === "signed" ? "sext32" : "zext32";
      preheader.instructions.push({ op: "unary", to, operator, value, loc: header.terminator.loc });
      value = to;
    }
  }
  const add = (operator: BinaryOperator, right: Operand): void => {
    value = append(place, preheader, operator, value, right);
  };
  if (form.scale !== 1n) add("mul", constantOf(form.scale, "l"));
  for (const operand of form.invariants) add("add", operand);
  if (form.offset !== 0n) add("add", constantOf(form.offset, "l"));
  return value;
}

const SIGNED: Record<Condition, Condition> = {
  eq: "eq",
  ne: "ne",
  lt: "lt",
  le: "le",
  gt: "gt",
  ge: "ge",
  ltu: "lt",
  leu: "le",
  gtu: "gt",
  geu: "ge",
};

export interface LoopFacts {
  readonly usesOf: (temp: Temp) => number;
  readonly isInvariant: (operand: Operand) => boolean;
  /** Each round that is begun accesses memory at the pointer. */
  readonly isCertain: boolean;
}

/**
 * A counter that is used for nothing but its step and the test goes: the pointer is compared with where it will be when the
 * counter is at its bound. Of 32 bits, extended and multiplied, both stay in order as 64-bit numbers with a sign: an address is
 * far from where these wrap. One of 64 bits may wrap when it is multiplied, but only behind more rounds than there is memory;
 * so it has to go up from 0 by one to a bound that it meets.
 */
export function replaceTest(
  place: Place,
  form: PointerForm,
  pointer: Pointer,
  { test }: Counters,
  { usesOf, isInvariant, isCertain }: LoopFacts,
): void {
  const { counter, extension } = form;
  if (test === undefined || test.isW !== (extension !== "none")) return;
  const { terminator } = test.block;
  if (terminator.op !== "branch") return;
  // The step and the phi's source are one use each, and the test is one.
  if (usesOf(counter.phi) !== (test.isAtEnd ? 1 : 2)) return;
  if (usesOf(counter.next) !== (test.isAtEnd ? 2 : 1)) return;
  const tested = test.isAtEnd ? counter.next : counter.phi;
  const isLeft = terminator.left.kind === "temp" && terminator.left.id === tested.id;
  const bound = isLeft ? terminator.right : terminator.left;
  if (!isLeft && (terminator.right.kind !== "temp" || terminator.right.id !== tested.id)) return;
  if (!isInvariant(bound)) return;
  let condition = isLeft ? terminator.condition : MIRRORED[terminator.condition];
  const set = (now: Condition, right: Operand): void => {
    terminator.condition = now;
    terminator.width = "l";
    terminator.left = test.isAtEnd ? pointer.next : pointer.now;
    terminator.right = right;
  };
  if (!test.isW) {
    const isFromZero = counter.init.kind === "constant" && counter.init.value === 0n;
    if (!isCertain || test.isAtEnd || !isFromZero || counter.step !== 1n) return;
    if (condition === "ltu" || condition === "ne") set("ne", valueAt(place, form, bound, "none"));
    else if (condition === "geu" || condition === "eq")
      set("eq", valueAt(place, form, bound, "none"));
    return;
  }
  const isEquality = condition === "eq" || condition === "ne";
  const isUnsigned = condition.endsWith("u");
  // Where the orders differ, the counter must be extended as it is compared, or never have a sign.
  const range = extension === "signed" ? counter.signed : counter.unsigned;
  if (!isEquality && isUnsigned !== (extension === "unsigned")) {
    if (isUnsigned || range === undefined || range.high >= 2n ** 31n - 1n) return;
  }
  const boundExtension = isEquality ? extension : isUnsigned ? "unsigned" : "signed";
  const end = valueAt(place, form, bound, boundExtension);
  condition = SIGNED[condition];
  if (form.scale < 0n) condition = MIRRORED[condition];
  set(condition, end);
}
