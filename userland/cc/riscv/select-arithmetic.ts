// Arithmetic: each operation of the IR as the fewest instructions that do it (RISC-V unprivileged ISA, chapters on RV64I and
// M). W instructions look at the lower halves only, so whatever cuts off their operands' upper halves is left out.

import type { Instruction, Operand, Width } from "../ir/ir.ts";
import { NONE } from "./machine.ts";
import {
  constantOf,
  definitionOf,
  emit,
  emitI,
  emitR,
  fits12,
  lowBits,
  newRegister,
  registerFor,
  registerOf,
  resolve,
  type Selection,
  constantRegister,
} from "./selection.ts";

type Binary = Extract<Instruction, { op: "binary" }>;
type Unary = Extract<Instruction, { op: "unary" }>;

/** Whether only the lower halves of the operands matter. */
function low(s: Selection, operand: Operand, width: Width): Operand {
  return width === "w" ? lowBits(s, operand, 32) : operand;
}

export function selectBinary(s: Selection, instruction: Binary): void {
  const { to, operator } = instruction;
  const { width } = to;
  const rd = registerOf(to);
  const w = width === "w" ? "w" : "";
  let { left, right } = instruction;
  if (
    (operator === "add" ||
      operator === "mul" ||
      operator === "and" ||
      operator === "or" ||
      operator === "xor") &&
    constantOf(s, left) !== undefined
  ) {
    [left, right] = [right, left];
  }
  let value = constantOf(s, right);
  if (value !== undefined && width === "w") value = BigInt.asIntN(32, value);
  switch (operator) {
    case "add":
    case "sub":
      if (value !== undefined) {
        const sum = operator === "add" ? value : -value;
        const source = resolve(s, left);
        if (width === "l" && (source.kind === "slot" || source.kind === "symbol") && fits12(sum)) {
          emit(
            s,
            "u",
            "mv",
            rd,
            registerFor(s, { ...source, offset: source.offset + Number(sum) }),
            NONE,
          );
          return;
        }
        if (fits12(sum)) {
          emitI(s, `addi${w}`, rd, registerFor(s, low(s, left, width)), Number(sum));
          return;
        }
        if (s.block.hoist === undefined && sum >= -4096n && sum <= 4094n) {
          const half = sum < 0n ? -2048n : 2047n;
          const between = newRegister(s);
          emitI(s, `addi${w}`, between, registerFor(s, low(s, left, width)), Number(half));
          emitI(s, `addi${w}`, rd, between, Number(sum - half));
          return;
        }
      }
      emitR(
        s,
        operator + w,
        rd,
        registerFor(s, low(s, left, width)),
        registerFor(s, low(s, right, width)),
      );
      return;
    case "mul":
      emitR(
        s,
        `mul${w}`,
        rd,
        registerFor(s, low(s, left, width)),
        registerFor(s, low(s, right, width)),
      );
      return;
    case "div":
    case "udiv":
    case "rem":
    case "urem": {
      const name = operator === "udiv" ? "divu" : operator === "urem" ? "remu" : operator;
      emitR(
        s,
        name + w,
        rd,
        registerFor(s, low(s, left, width)),
        registerFor(s, low(s, right, width)),
      );
      return;
    }
    case "and":
      if (value !== undefined) {
        selectMask(s, rd, left, value, width);
        return;
      }
      emitR(s, "and", rd, registerFor(s, left), registerFor(s, right));
      return;
    case "or":
    case "xor":
      if (value !== undefined && fits12(value)) {
        emitI(s, `${operator}i`, rd, registerFor(s, left), Number(value));
        return;
      }
      emitR(s, operator, rd, registerFor(s, left), registerFor(s, right));
      return;
    case "shl":
    case "shr":
    case "sar": {
      const name = operator === "shl" ? "sll" : operator === "shr" ? "srl" : "sra";
      if (value !== undefined) {
        const amount = Number(value & (width === "w" ? 31n : 63n));
        if (operator === "shl" && width === "l" && shiftOfUnsigned(s, rd, left, amount)) return;
        emitI(s, `${name}i${w}`, rd, registerFor(s, low(s, left, width)), amount);
        return;
      }
      emitR(
        s,
        name + w,
        rd,
        registerFor(s, low(s, left, width)),
        registerFor(s, shiftAmount(s, right, width)),
      );
      return;
    }
  }
}

/** A shift by a register looks at the low 5 or 6 bits itself. */
function shiftAmount(s: Selection, amount: Operand, width: Width): Operand {
  const at = lowBits(s, amount, 8);
  const definition = definitionOf(s, at);
  if (definition?.op !== "binary" || definition.operator !== "and") return at;
  const mask = constantOf(s, definition.right);
  const wanted = width === "w" ? 31n : 63n;
  return mask !== undefined && (mask & wanted) === wanted ? definition.left : at;
}

/** An unsigned index times a power of two: both shifts of the extension and this one are two together. */
function shiftOfUnsigned(s: Selection, rd: number, left: Operand, amount: number): boolean {
  const source = resolve(s, left);
  const definition = definitionOf(s, source);
  if (definition?.op !== "unary" || definition.operator !== "zext32" || amount > 31 || amount === 0)
    return false;
  if (source.kind === "temp" && s.needed[source.id] === 1) return false;
  const between = newRegister(s);
  emitI(s, "slli", between, registerFor(s, lowBits(s, definition.value, 32)), 32);
  emitI(s, "srli", rd, between, 32 - amount);
  return true;
}

function selectMask(s: Selection, rd: number, left: Operand, mask: bigint, width: Width): void {
  if (fits12(mask)) {
    emitI(s, "andi", rd, registerFor(s, left), Number(mask));
    return;
  }
  const ones = BigInt.asUintN(64, mask);
  // 0…01…1, too long for andi: two shifts, unless the mask waits in a register before a loop.
  if (s.block.hoist === undefined && (ones & (ones + 1n)) === 0n && mask > 0n) {
    const shift = 64 - mask.toString(2).length;
    const between = newRegister(s);
    emitI(s, "slli", between, registerFor(s, left), shift);
    emitI(s, "srli", rd, between, shift);
    return;
  }
  void width;
  emitR(s, "and", rd, registerFor(s, left), constantRegister(s, mask));
}

export function selectUnary(s: Selection, instruction: Unary): void {
  const { to, operator, value } = instruction;
  const rd = registerOf(to);
  // Somebody wants this register, so it is not a copy that was seen through.
  switch (operator) {
    case "copy":
    case "sext32":
      emit(s, "u", "mv", rd, registerFor(s, value), NONE);
      return;
    case "trunc": {
      // The W instruction computes the lower half of an operation that nobody else wants the upper half of.
      const definition = definitionOf(s, value);
      if (definition?.op === "binary" && value.kind === "temp" && s.useCounts[value.id] === 1) {
        const { operator, left, right } = definition;
        if (operator === "add" || operator === "sub" || operator === "mul") {
          selectBinary(s, {
            ...definition,
            to,
            left: lowBits(s, left, 32),
            right: lowBits(s, right, 32),
          });
          return;
        }
      }
      emit(s, "u", "sext.w", rd, registerFor(s, lowBits(s, value, 32)), NONE);
      return;
    }
    case "zext8":
      emitI(s, "andi", rd, registerFor(s, lowBits(s, value, 8)), 255);
      return;
    case "zext16":
      extend(s, rd, lowBits(s, value, 16), 48, "srli", 0xffffn);
      return;
    case "zext32":
      extend(s, rd, lowBits(s, value, 32), 32, "srli", 0xffff_ffffn);
      return;
    case "sext8":
      extend(s, rd, lowBits(s, value, 8), 56, "srai", undefined);
      return;
    case "sext16":
      extend(s, rd, lowBits(s, value, 16), 48, "srai", undefined);
      return;
  }
}

function extend(
  s: Selection,
  rd: number,
  value: Operand,
  shift: number,
  back: "srli" | "srai",
  mask: bigint | undefined,
): void {
  const source = registerFor(s, value);
  if (mask !== undefined && s.block.hoist !== undefined) {
    emitR(s, "and", rd, source, constantRegister(s, mask));
    return;
  }
  const between = newRegister(s);
  emitI(s, "slli", between, source, shift);
  emitI(s, back, rd, between, shift);
}

export function selectCompare(
  s: Selection,
  instruction: Extract<Instruction, { op: "compare" }>,
): void {
  const rd = registerOf(instruction.to);
  let { condition, left, right } = instruction;
  if (constantOf(s, left) !== undefined && constantOf(s, right) === undefined) {
    [left, right] = [right, left];
    condition = SWAPPED[condition];
  }
  let value = constantOf(s, right);
  // x > c is x >= c + 1 where there is such a number, and so on: a constant belongs on the right of slt.
  if (value !== undefined) {
    const highest = condition.endsWith("u")
      ? -1n
      : instruction.width === "w"
        ? 0x7fff_ffffn
        : 0x7fff_ffff_ffff_ffffn;
    if (value !== highest) {
      const next = STRICT[condition];
      if (next !== undefined) {
        condition = next;
        value += 1n;
        right = { kind: "constant", value };
      }
    }
  }
  const small = value !== undefined && fits12(value) ? Number(value) : undefined;
  const a = registerFor(s, left);
  const setLess = (name: "slt" | "sltu", result: number): void => {
    if (small !== undefined && small !== 0)
      emitI(s, name === "slt" ? "slti" : "sltiu", result, a, small);
    else emitR(s, name, result, a, registerFor(s, right));
  };
  switch (condition) {
    case "eq":
    case "ne": {
      let difference = a;
      if (value !== 0n) {
        difference = newRegister(s);
        // The difference of two extended w is zero exactly when they are the same.
        if (small !== undefined && small !== -2048) emitI(s, "addi", difference, a, -small);
        else emitR(s, "xor", difference, a, registerFor(s, right));
      }
      emit(s, "u", condition === "eq" ? "seqz" : "snez", rd, difference, NONE);
      return;
    }
    case "lt":
      setLess("slt", rd);
      return;
    case "ltu":
      setLess("sltu", rd);
      return;
    case "gt":
      emitR(s, "slt", rd, registerFor(s, right), a);
      return;
    case "gtu":
      emitR(s, "sltu", rd, registerFor(s, right), a);
      return;
    default: {
      const opposite = newRegister(s);
      if (condition === "ge") setLess("slt", opposite);
      else if (condition === "geu") setLess("sltu", opposite);
      else emitR(s, condition === "le" ? "slt" : "sltu", opposite, registerFor(s, right), a);
      emitI(s, "xori", rd, opposite, 1);
    }
  }
}

export const SWAPPED = {
  eq: "eq",
  ne: "ne",
  lt: "gt",
  gt: "lt",
  le: "ge",
  ge: "le",
  ltu: "gtu",
  gtu: "ltu",
  leu: "geu",
  geu: "leu",
} as const;

/** With the constant one higher. */
const STRICT: Readonly<Partial<Record<string, "lt" | "ge" | "ltu" | "geu">>> = {
  le: "lt",
  gt: "ge",
  leu: "ltu",
  gtu: "geu",
};
