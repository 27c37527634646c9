// Rules that make an instruction simpler: constants are folded, operands get a canonical order, operations by constants
// become cheaper ones. Each rule either changes the instruction in place or says which operand it is worth; what it needs
// in between, it has made (`Maker`), which runs through the same rules and finds what is there already.

import type { BinaryOperator, Instruction, Operand, UnaryOperator, Width } from "../ir/ir.ts";
import { signedBits, unsignedBits } from "./bits.ts";
import { divide } from "./division.ts";
import { exponentOf, rank, type Maker } from "./maker.ts";
import { evaluateBinary, evaluateUnary, INVERSES } from "./evaluate.ts";
import { constantOf, sameOperand, ZERO } from "./operands.ts";

type Binary = Extract<Instruction, { op: "binary" }>;
type Unary = Extract<Instruction, { op: "unary" }>;

const COMMUTATIVE: Partial<Record<BinaryOperator, true>> = {
  add: true,
  mul: true,
  and: true,
  or: true,
  xor: true,
};

/** Operators with (x op a) op b = x op (a op b). */
const ASSOCIATIVE = COMMUTATIVE;

export function simplifyBinary(m: Maker, i: Binary): Operand | undefined {
  const { operator } = i;
  const { width } = i.to;
  if (COMMUTATIVE[operator] === true && rank(i.left) > rank(i.right)) {
    const { left } = i;
    i.left = i.right;
    i.right = left;
  }
  const { left, right } = i;
  if (right.kind === "constant") {
    if (left.kind === "constant")
      return constantOf(evaluateBinary(operator, width, left.value, right.value), width);
    return withConstant(m, i, left, right.value);
  }
  switch (operator) {
    case "add": {
      const negative = m.definition(right);
      if (isNegation(negative)) return m.binary("sub", width, left, negative.right);
      const other = m.definition(left);
      if (isNegation(other)) return m.binary("sub", width, right, other.right);
      return sumOfSums(m, width, left, right);
    }
    case "sub": {
      if (sameOperand(left, right)) return ZERO;
      if (left.kind === "symbol" && right.kind === "symbol" && left.name === right.name)
        return constantOf(BigInt(left.offset - right.offset), width);
      if (left.kind === "slot" && right.kind === "slot" && left.slot === right.slot)
        return constantOf(BigInt(left.offset - right.offset), width);
      return differenceOf(m, left, right);
    }
    case "and":
    case "or":
      if (sameOperand(left, right)) return left;
      break;
    case "xor":
      if (sameOperand(left, right)) return ZERO;
      break;
    case "shl":
    case "shr":
    case "sar": {
      if (left.kind === "constant" && left.value === 0n) return ZERO;
      // Only the low bits of the amount count.
      const mask = m.definition(right);
      if (
        mask?.op === "binary" &&
        mask.operator === "and" &&
        mask.right.kind === "constant" &&
        allOnes(mask.right.value, width === "w" ? 31n : 63n)
      ) {
        i.right = mask.left;
      }
      break;
    }
    case "mul":
    case "div":
    case "udiv":
    case "rem":
    case "urem":
      break;
  }
  return undefined;
}

function isNegation(i: Instruction | undefined): i is Binary {
  return (
    i?.op === "binary" && i.operator === "sub" && i.left.kind === "constant" && i.left.value === 0n
  );
}

function allOnes(value: bigint, mask: bigint): boolean {
  return (value & mask) === mask;
}

/** (x + c) + y = (x + y) + c: constants go outwards, into the offsets of loads and stores. */
function sumOfSums(m: Maker, width: Width, left: Operand, right: Operand): Operand | undefined {
  if (width !== "l") return undefined;
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const sum = m.definition(one);
    if (
      sum?.op === "binary" &&
      sum.operator === "add" &&
      sum.right.kind === "constant" &&
      sum.left.kind === "temp"
    )
      return m.binary("add", width, m.binary("add", width, sum.left, other), sum.right);
  }
  return undefined;
}

/** (x + y) − x = y, and (x + c) − x = c. */
function differenceOf(m: Maker, left: Operand, right: Operand): Operand | undefined {
  const sum = m.definition(left);
  if (sum?.op !== "binary" || sum.operator !== "add") return undefined;
  if (sameOperand(sum.left, right)) return sum.right;
  if (sameOperand(sum.right, right)) return sum.left;
  return undefined;
}

function withConstant(m: Maker, i: Binary, left: Operand, value: bigint): Operand | undefined {
  const { operator } = i;
  const { width } = i.to;
  const size = width === "w" ? 32 : 64;
  const inner = m.definition(left);
  switch (operator) {
    case "add":
      if (value === 0n) return left;
      if (left.kind === "symbol" || left.kind === "slot") {
        const offset = left.offset + Number(value);
        // An object is smaller than 2 GiB; what is beyond stays an addition.
        if (Math.abs(offset) < 0x4000_0000) return { ...left, offset };
      }
      // c − x + d
      if (inner?.op === "binary" && inner.operator === "sub" && inner.left.kind === "constant") {
        const sum = evaluateBinary("add", width, inner.left.value, value);
        return m.binary("sub", width, constantOf(sum, width), inner.right);
      }
      break;
    case "sub":
      return m.binary("add", width, left, constantOf(-value, width));
    case "mul": {
      if (value === 0n) return ZERO;
      if (value === 1n) return left;
      if (value === -1n) return m.binary("sub", width, ZERO, left);
      const shift = exponentOf(BigInt.asUintN(size, value));
      if (shift >= 0) return m.binary("shl", width, left, constantOf(BigInt(shift), "w"));
      break;
    }
    case "div":
    case "udiv":
    case "rem":
    case "urem":
      return divide(m, operator, width, left, value);
    case "and":
      return mask(m, i, left, value);
    case "or":
      if (value === 0n) return left;
      if (value === -1n) return constantOf(-1n, width);
      break;
    case "xor":
      if (value === 0n) return left;
      if (value === 1n && inner?.op === "compare")
        return m.compare(INVERSES[inner.condition], inner.width, inner.left, inner.right);
      break;
    case "shl":
    case "shr":
    case "sar":
      return shift(m, i, left, value);
  }
  if (
    ASSOCIATIVE[operator] === true &&
    inner?.op === "binary" &&
    inner.operator === operator &&
    inner.right.kind === "constant"
  ) {
    const both = constantOf(evaluateBinary(operator, width, inner.right.value, value), width);
    return m.binary(operator, width, inner.left, both);
  }
  return undefined;
}

function mask(m: Maker, i: Binary, left: Operand, value: bigint): Operand | undefined {
  const { width } = i.to;
  if (value === 0n) return ZERO;
  if (value === -1n) return left;
  const unsigned = unsignedBits(m.bits, left);
  if (unsigned < 64 && allOnes(value, (1n << BigInt(unsigned)) - 1n)) return left;
  const inner = m.definition(left);
  if (inner?.op === "binary" && inner.operator === "and" && inner.right.kind === "constant")
    return m.binary("and", width, inner.left, constantOf(inner.right.value & value, width));
  // What the extension has put above the mask is masked away.
  if (inner?.op === "unary") {
    const kept =
      inner.operator === "zext8" || inner.operator === "sext8"
        ? 0xffn
        : inner.operator === "zext16" || inner.operator === "sext16"
          ? 0xffffn
          : undefined;
    if (kept !== undefined && value >= 0n && value <= kept)
      return m.binary("and", width, inner.value, constantOf(value, width));
    if (
      width === "l" &&
      value >= 0n &&
      value < 0x8000_0000n &&
      (inner.operator === "sext32" || inner.operator === "zext32")
    )
      return m.unary("sext32", "l", m.binary("and", "w", inner.value, constantOf(value, "w")));
  }
  if (value === 0xffn) return m.unary("zext8", width, left);
  if (value === 0xffffn) return m.unary("zext16", width, left);
  if (value === 0xffff_ffffn) return m.unary("zext32", "l", m.unary("trunc", "w", left));
  return undefined;
}

function shift(m: Maker, i: Binary, left: Operand, value: bigint): Operand | undefined {
  const { operator } = i;
  const { width } = i.to;
  const size = width === "w" ? 32 : 64;
  const amount = Number(value & BigInt(size - 1));
  if (amount === 0) return left;
  if (BigInt(amount) !== value) i.right = constantOf(BigInt(amount), "w");
  const unsigned = unsignedBits(m.bits, left);
  if (operator === "shr" && unsigned <= amount) return ZERO;
  if (operator === "sar" && unsigned < 64) return m.binary("shr", width, left, i.right);
  const inner = m.definition(left);
  if (inner?.op !== "binary" || inner.right.kind !== "constant") return undefined;
  const before = Number(inner.right.value & BigInt(size - 1));
  if (inner.operator === operator) {
    const sum = amount + before;
    if (sum < size) return m.binary(operator, width, inner.left, constantOf(BigInt(sum), "w"));
    if (operator === "sar")
      return m.binary(operator, width, inner.left, constantOf(BigInt(size - 1), "w"));
    return ZERO;
  }
  // Up and down again by as much is an extension.
  if (inner.operator === "shl" && before === amount) {
    const kept = size - amount;
    const isSigned = operator === "sar";
    if (kept === 8) return m.unary(isSigned ? "sext8" : "zext8", width, inner.left);
    if (kept === 16) return m.unary(isSigned ? "sext16" : "zext16", width, inner.left);
    if (kept === 32 && width === "l")
      return m.unary(isSigned ? "sext32" : "zext32", "l", m.unary("trunc", "w", inner.left));
  }
  return undefined;
}

const EXTENSION_BITS: Partial<Record<UnaryOperator, number>> = {
  sext8: 8,
  zext8: 8,
  sext16: 16,
  zext16: 16,
};

export function simplifyUnary(m: Maker, i: Unary): Operand | undefined {
  const { operator, value } = i;
  const { width } = i.to;
  if (operator === "copy") return value;
  if (value.kind === "constant") return constantOf(evaluateUnary(operator, value.value), width);
  if (value.kind !== "temp") return undefined;
  const inner = m.definition(value);
  switch (operator) {
    case "sext8":
    case "sext16":
    case "zext8":
    case "zext16": {
      const bits = EXTENSION_BITS[operator] ?? 0;
      const isSigned = operator === "sext8" || operator === "sext16";
      if (isSigned ? signedBits(m.bits, value) <= bits : unsignedBits(m.bits, value) <= bits)
        return value;
      if (inner?.op === "unary") {
        const before = EXTENSION_BITS[inner.operator];
        if (before !== undefined && before >= bits) return m.unary(operator, width, inner.value);
        // Both widths of a value share one extension.
        if (inner.operator === "sext32" || inner.operator === "zext32")
          return m.unary("sext32", "l", m.unary(operator, "w", inner.value));
      }
      if (
        inner?.op === "binary" &&
        inner.operator === "and" &&
        inner.right.kind === "constant" &&
        allOnes(inner.right.value, (1n << BigInt(bits)) - 1n)
      )
        return m.unary(operator, width, inner.left);
      return undefined;
    }
    case "sext32":
      if (
        inner?.op === "unary" &&
        inner.operator === "trunc" &&
        signedBits(m.bits, inner.value) <= 32
      )
        return inner.value;
      return undefined;
    case "zext32":
      if (
        inner?.op === "unary" &&
        inner.operator === "trunc" &&
        unsignedBits(m.bits, inner.value) <= 32
      )
        return inner.value;
      // An extension of the sign costs nothing.
      if (unsignedBits(m.bits, value) <= 31) return m.unary("sext32", "l", value);
      return undefined;
    case "trunc":
      if (inner?.op !== "unary") return undefined;
      if (inner.operator === "sext32" || inner.operator === "zext32") return inner.value;
      if (EXTENSION_BITS[inner.operator] !== undefined)
        return m.unary(inner.operator, "w", m.unary("trunc", "w", inner.value));
      return undefined;
  }
}
