// Rules for comparisons, as values and in branches (simplify.ts has those of other instructions).

import type { Condition, Instruction, Operand, Width } from "../ir/ir.ts";
import { unsignedBits } from "./bits.ts";
import { evaluateBinary, evaluateCompare, INVERSES, MIRRORED } from "./evaluate.ts";
import { rank, type Maker } from "./maker.ts";
import { constantOf, ONE, sameOperand, ZERO } from "./operands.ts";

type Compare = Extract<Instruction, { op: "compare" }>;

/** The comparison in its simplest form, also for branches; a boolean: it is always or never so. */
export interface Test {
  condition: Condition;
  width: Width;
  left: Operand;
  right: Operand;
}

const UNSIGNED: Record<Condition, Condition> = {
  eq: "eq",
  ne: "ne",
  lt: "ltu",
  le: "leu",
  gt: "gtu",
  ge: "geu",
  ltu: "ltu",
  leu: "leu",
  gtu: "gtu",
  geu: "geu",
};

/** Changes the test in place until no rule fits. */
export function simplifyTest(m: Maker, t: Test): boolean | undefined {
  for (let rounds = 0; rounds < 16; rounds++) {
    if (rank(t.left) > rank(t.right)) {
      const { left } = t;
      t.left = t.right;
      t.right = left;
      t.condition = MIRRORED[t.condition];
    }
    const { left, right } = t;
    if (sameOperand(left, right)) return evaluateCompare(t.condition, 0n, 0n);
    const narrow = narrowed(m, t);
    if (narrow === "again") continue;
    if (right.kind !== "constant") return undefined;
    if (left.kind === "constant") return evaluateCompare(t.condition, left.value, right.value);
    // An object's address is not zero; a weak symbol's may be.
    if (left.kind === "slot" && right.value === 0n) {
      if (t.condition === "eq") return false;
      if (t.condition === "ne") return true;
    }
    const decided = againstConstant(m, t, right.value);
    if (decided === "again") continue;
    return decided;
  }
  return undefined;
}

/** Comparisons of extended values compare what was extended. */
function narrowed(m: Maker, t: Test): "again" | undefined {
  if (t.width !== "l") return undefined;
  const left = m.definition(t.left);
  if (left?.op !== "unary") return undefined;
  const isSigned = left.operator === "sext32";
  if (!isSigned && left.operator !== "zext32") return undefined;
  if (t.right.kind === "constant") {
    const { value } = t.right;
    const fits = isSigned
      ? BigInt.asIntN(32, value) === value
      : BigInt.asUintN(32, value) === value;
    if (!fits) return undefined;
    t.right = constantOf(BigInt.asIntN(32, value), "w");
  } else {
    const right = m.definition(t.right);
    if (right?.op !== "unary" || right.operator !== left.operator) return undefined;
    t.right = right.value;
  }
  t.left = left.value;
  t.width = "w";
  if (!isSigned) t.condition = UNSIGNED[t.condition];
  return "again";
}

function againstConstant(m: Maker, t: Test, value: bigint): "again" | boolean | undefined {
  const inner = m.definition(t.left);
  const isEquality = t.condition === "eq" || t.condition === "ne";
  const unsigned = unsignedBits(m.bits, t.left);
  if (unsigned < 64) {
    // The sign is known, so both orders are the same; the signed one is the canonical one.
    const limit = 1n << BigInt(unsigned);
    const beyond = value >= limit || value < 0n;
    if (isEquality) {
      if (beyond) return t.condition === "ne";
    } else if (beyond) {
      const isUnsigned = t.condition.endsWith("u");
      const isBelow = value >= limit || isUnsigned;
      const wantsBelow = t.condition.startsWith("l");
      return isBelow === wantsBelow;
    }
    if (value === 0n && t.condition === "ge") return true;
    if (value === 0n && t.condition === "lt") return false;
  }
  if (isEquality) {
    if (inner?.op === "compare" && (value === 0n || value === 1n)) {
      const isSame = (t.condition === "ne") === (value === 0n);
      t.condition = isSame ? inner.condition : INVERSES[inner.condition];
      t.width = inner.width;
      t.left = inner.left;
      t.right = inner.right;
      return "again";
    }
    if (inner?.op === "binary") {
      if (value === 0n && (inner.operator === "sub" || inner.operator === "xor")) {
        t.left = inner.left;
        t.right = inner.right;
        return "again";
      }
      // A loop's counter is compared when it has been stepped: the old value would have to be kept.
      if (
        inner.right.kind === "constant" &&
        (inner.operator === "add" || inner.operator === "xor") &&
        m.definition(inner.left)?.op !== "phi"
      ) {
        const back = inner.operator === "add" ? "sub" : "xor";
        t.left = inner.left;
        t.right = constantOf(evaluateBinary(back, t.width, value, inner.right.value), t.width);
        return "again";
      }
    }
    return undefined;
  }
  const change = (condition: Condition, to: bigint): "again" => {
    t.condition = condition;
    t.right = constantOf(to, t.width);
    return "again";
  };
  switch (t.condition) {
    case "ltu":
      if (value === 0n) return false;
      if (value === 1n) return change("eq", 0n);
      break;
    case "geu":
      if (value === 0n) return true;
      if (value === 1n) return change("ne", 0n);
      break;
    case "leu":
      if (value === 0n) return change("eq", 0n);
      if (value === -1n) return true;
      // One more is the next number of both orders, unless it is over the end of the signed one.
      if (value !== highest(t.width)) return change("ltu", value + 1n);
      break;
    case "gtu":
      if (value === 0n) return change("ne", 0n);
      if (value === -1n) return false;
      if (value !== highest(t.width)) return change("geu", value + 1n);
      break;
    case "le":
      if (value === highest(t.width)) return true;
      if (value !== 0n) return change("lt", value + 1n);
      if (unsigned < 64) return change("eq", 0n);
      break;
    case "gt":
      if (value === highest(t.width)) return false;
      if (value !== 0n) return change("ge", value + 1n);
      if (unsigned < 64) return change("ne", 0n);
      break;
    case "lt":
      if (value === 1n) return change("le", 0n);
      break;
    case "ge":
      if (value === 1n) return change("gt", 0n);
      break;
    default:
      break;
  }
  return undefined;
}

function highest(width: Width): bigint {
  return width === "w" ? 0x7fff_ffffn : 0x7fff_ffff_ffff_ffffn;
}

export function simplifyCompare(m: Maker, i: Compare): Operand | undefined {
  const decided = simplifyTest(m, i);
  if (decided !== undefined) return decided ? ONE : ZERO;
  const { left, right, condition } = i;
  // A value that is 0 or 1 is its own comparison with 0.
  if (right.kind === "constant" && i.width === "w" && unsignedBits(m.bits, left) <= 1) {
    if (condition === "ne" && right.value === 0n) return left;
    if (condition === "eq" && right.value === 1n) return left;
  }
  return undefined;
}
