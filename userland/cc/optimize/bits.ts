// How many bits a value can need, as a signed and as an unsigned number: what makes extensions and masks superfluous.

import type { Condition, Instruction, Operand, UnaryOperator, Width } from "../ir/ir.ts";

/** By a temporary's id. The value is −2^(s−1) … 2^(s−1) − 1; and 0 … 2^u − 1, or u is 64. 0: nothing is known (yet). */
export interface Bits {
  readonly signed: number[];
  readonly unsigned: number[];
}

/** No bound as an unsigned number: it may be negative. */
const ANY = 64;

function sizeOf(width: Width): number {
  return width === "w" ? 32 : 64;
}

export function unsignedBits(bits: Bits, operand: Operand): number {
  switch (operand.kind) {
    case "temp":
      return bits.unsigned[operand.id] || ANY;
    case "constant":
      return operand.value < 0n ? ANY : lengthOf(operand.value);
    case "symbol":
    case "slot":
      return ANY;
  }
}

export function signedBits(bits: Bits, operand: Operand): number {
  switch (operand.kind) {
    case "temp":
      return bits.signed[operand.id] || sizeOf(operand.width);
    case "constant":
      return lengthOf(operand.value < 0n ? ~operand.value : operand.value) + 1;
    case "symbol":
    case "slot":
      return 64;
  }
}

/** Bits of a number that is not negative. */
function lengthOf(value: bigint): number {
  if (value < 0x1_0000_0000n) return 32 - Math.clz32(Number(value));
  return 64 - Math.clz32(Number(value >> 32n));
}

const EXTENDED: Partial<Record<UnaryOperator, { bits: number; isSigned: boolean }>> = {
  sext8: { bits: 8, isSigned: true },
  sext16: { bits: 16, isSigned: true },
  zext8: { bits: 8, isSigned: false },
  zext16: { bits: 16, isSigned: false },
  zext32: { bits: 32, isSigned: false },
};

const LOADED = {
  s8: { bits: 8, isSigned: true },
  u8: { bits: 8, isSigned: false },
  s16: { bits: 16, isSigned: true },
  u16: { bits: 16, isSigned: false },
  s32: { bits: 32, isSigned: true },
  u32: { bits: 32, isSigned: false },
  "64": { bits: 64, isSigned: true },
} as const;

/** Notes what is known of an instruction's result. */
export function noteBits(bits: Bits, instruction: Instruction): void {
  switch (instruction.op) {
    case "load": {
      const { bits: count, isSigned } = LOADED[instruction.from];
      note(
        bits,
        instruction.to.id,
        instruction.to.width,
        isSigned ? ANY : count,
        isSigned ? count : ANY,
      );
      break;
    }
    case "compare":
      note(bits, instruction.to.id, "w", 1, 2);
      break;
    case "unary": {
      const { to, operator, value } = instruction;
      const known = EXTENDED[operator];
      const unsigned = unsignedBits(bits, value);
      const signed = signedBits(bits, value);
      if (known === undefined) {
        // A value that is cut off stays what it is if it fits.
        const fits = operator !== "trunc" || signed <= 32;
        if (fits) note(bits, to.id, to.width, unsigned, signed);
      } else if (known.isSigned) {
        note(
          bits,
          to.id,
          to.width,
          unsigned < known.bits ? unsigned : ANY,
          Math.min(known.bits, signed),
        );
      } else note(bits, to.id, to.width, Math.min(known.bits, unsigned), ANY);
      break;
    }
    case "binary":
      noteBinary(bits, instruction);
      break;
    case "phi": {
      let unsigned = 0;
      let signed = 0;
      for (const { value } of instruction.sources) {
        unsigned = Math.max(unsigned, unsignedBits(bits, value));
        signed = Math.max(signed, signedBits(bits, value));
      }
      note(bits, instruction.to.id, instruction.to.width, unsigned, signed);
      break;
    }
    default:
      break;
  }
}

function note(bits: Bits, id: number, width: Width, unsigned: number, signed: number): void {
  const size = sizeOf(width);
  // As many bits as the width has leave the sign open.
  const u = unsigned >= size ? ANY : Math.max(unsigned, 1);
  bits.unsigned[id] = u;
  bits.signed[id] = Math.max(Math.min(size, signed, u + 1), 1);
}

/**
 * Notes that an unsigned comparison with a constant holds where it says so, and gives what takes it back for other places;
 * undefined: nothing is learned.
 */
export function learnBits(
  bits: Bits,
  condition: Condition,
  left: Operand,
  right: Operand,
): (() => void) | undefined {
  if (left.kind !== "temp" || right.kind !== "constant" || right.value < 0n) return undefined;
  if (condition !== "ltu" && condition !== "leu") return undefined;
  const most = condition === "leu" ? right.value : right.value - 1n;
  const count = most < 0n ? ANY : lengthOf(most);
  const { id, width } = left;
  const { [id]: unsigned } = bits.unsigned;
  const { [id]: signed } = bits.signed;
  if (count >= (unsigned || ANY)) return undefined;
  note(bits, id, width, count, signed || ANY);
  return () => {
    bits.unsigned[id] = unsigned ?? 0;
    bits.signed[id] = signed ?? 0;
  };
}

function noteBinary(bits: Bits, instruction: Extract<Instruction, { op: "binary" }>): void {
  const { to, operator, left, right } = instruction;
  const size = sizeOf(to.width);
  const u = unsignedBits(bits, left);
  const s = signedBits(bits, left);
  const v = unsignedBits(bits, right);
  const t = signedBits(bits, right);
  const say = (unsigned: number, signed: number): void =>
    note(bits, to.id, to.width, unsigned, signed);
  const amount =
    right.kind === "constant" ? Number(BigInt.asUintN(to.width === "w" ? 5 : 6, right.value)) : -1;
  switch (operator) {
    case "add":
      say(Math.max(u, v) + 1, Math.max(s, t) + 1);
      break;
    case "sub":
      say(ANY, Math.max(s, t) + 1);
      break;
    case "mul":
      say(u + v, s + t);
      break;
    case "and":
      say(Math.min(u, v), Math.max(s, t));
      break;
    case "or":
    case "xor":
      say(Math.max(u, v), Math.max(s, t));
      break;
    case "shl":
      // Bits that go out at the top come back as a sign.
      if (amount >= 0) say(u + amount, s + amount);
      break;
    case "shr":
      if (amount > 0 || u < size) say(Math.max(Math.min(u, size) - Math.max(amount, 0), 0), ANY);
      break;
    case "sar":
      say(
        u < size ? Math.max(u - Math.max(amount, 0), 0) : ANY,
        Math.max(s - Math.max(amount, 0), 1),
      );
      break;
    case "udiv":
      if (right.kind === "constant" && right.value > 0n && u < size) say(u, ANY);
      break;
    case "urem":
      if (right.kind === "constant" && right.value > 0n) say(Math.min(u, v), ANY);
      break;
    case "div":
      break;
    case "rem":
      if (u < size && right.kind === "constant" && right.value !== 0n) say(u, ANY);
      break;
  }
}
