// Atomic operations, all sequentially consistent (RISC-V ISA manual, "A" extension, and its table of mappings for C11): words of
// 4 and 8 bytes with AMOs and compare-exchange, 1 and 2 bytes within the word that contains them.

import { constant } from "../ir/build.ts";
import type { Operand, Temp } from "../ir/ir.ts";
import type { BuiltinName, Expression } from "../tree/ast.ts";
import type { BuiltinExpression } from "./builtin.ts";
import { convertScalar } from "./convert.ts";
import { addOffset, pointerValue } from "./place.ts";
import { scalarOf, WORD, type Scalar } from "./scalar.ts";
import type { State } from "./state.ts";

export function atomic(s: State, e: BuiltinExpression): Operand {
  const { b } = s;
  const [pointer, second, third] = e.arguments;
  if (pointer?.type.kind !== "pointer") return constant(0);
  const type = scalarOf(pointer.type.to);
  if (e.name === "atomic-load") {
    const { address, offset } = pointerValue(s, pointer);
    b.loc = e.loc;
    b.fence(true);
    const loaded = b.load(type.load, type.width, address, offset, true);
    b.fence(true);
    return loaded;
  }
  if (second === undefined) return constant(0);
  if (e.name === "atomic-store") {
    const stored = s.rules.value(s, second);
    const { address, offset } = pointerValue(s, pointer);
    b.loc = e.loc;
    b.fence(true);
    b.store(type.size, stored, address, offset, true);
    b.fence(true);
    return stored;
  }
  if (e.name === "atomic-compare-exchange")
    return third === undefined
      ? constant(0)
      : compareExchange(s, pointer, second, third, type, e.loc);
  const amount = operandOf(s, second, type);
  const at = pointerValue(s, pointer);
  b.loc = e.loc;
  const address = addOffset(s, at.address, at.offset);
  const operation = operationOf(e.name);
  const old = fetch(s, operation, address, amount, type);
  if (!isAfter(e.name)) return old;
  const fresh = combine(s, operation, old, amount, type);
  return convertScalar(s, fresh, type.width === "w" ? WORD : type, type);
}

/** A value in the width of the object. */
function operandOf(s: State, e: Expression, type: Scalar): Operand {
  return convertScalar(s, s.rules.value(s, e), scalarOf(e.type), type);
}

type Operation = "swap" | "add" | "sub" | "and" | "or" | "xor";

function operationOf(name: BuiltinName): Operation {
  switch (name) {
    case "atomic-fetch-add":
    case "atomic-add-fetch":
      return "add";
    case "atomic-fetch-sub":
    case "atomic-sub-fetch":
      return "sub";
    case "atomic-fetch-and":
    case "atomic-and-fetch":
      return "and";
    case "atomic-fetch-or":
    case "atomic-or-fetch":
      return "or";
    case "atomic-fetch-xor":
    case "atomic-xor-fetch":
      return "xor";
    default:
      return "swap";
  }
}

function isAfter(name: BuiltinName): boolean {
  return name.endsWith("-fetch");
}

function combine(s: State, operation: Operation, old: Operand, by: Operand, type: Scalar): Operand {
  return operation === "swap" ? by : s.b.binary(operation, type.width, old, by);
}

/** Does it and gives what was there before. */
function fetch(
  s: State,
  operation: Operation,
  address: Operand,
  by: Operand,
  type: Scalar,
): Operand {
  const { b } = s;
  if (type.size >= 4) {
    const size = type.size === 8 ? 8 : 4;
    if (operation !== "sub") return b.atomic(operation, size, address, by);
    const negated =
      by.kind === "constant"
        ? constant(BigInt.asIntN(size * 8, -by.value))
        : b.binary("sub", type.width, constant(0), by);
    return b.atomic("add", size, address, negated);
  }
  const within = locate(s, address, type);
  const inPlace = b.binary("shl", "w", unsigned(s, by, type), within.shift);
  switch (operation) {
    case "or":
    case "xor":
      return extracted(s, b.atomic(operation, 4, within.word, inPlace), within, type);
    case "and": {
      const others = b.binary("or", "w", inPlace, within.others);
      return extracted(s, b.atomic("and", 4, within.word, others), within, type);
    }
    default:
      break;
  }
  // Until nobody has come in between.
  const again = b.newBlock();
  const done = b.newBlock();
  b.start(again);
  const old = b.load("s32", "w", within.word, 0, true);
  let fresh: Operand = inPlace;
  if (operation !== "swap") {
    // Carries leave the piece at its top only; below it the operand has zeros.
    const sum = b.binary(operation, "w", old, inPlace);
    fresh = b.binary("and", "w", sum, within.mask);
  }
  const kept = b.binary("and", "w", old, within.others);
  const found = b.compareExchange(4, within.word, old, b.binary("or", "w", kept, fresh));
  b.branch("ne", "w", found, old, again, done);
  b.start(done);
  return extracted(s, old, within, type);
}

/** Where a piece of a word is. */
interface Within {
  readonly word: Operand;
  /** Bits below it. */
  readonly shift: Operand;
  readonly mask: Operand;
  readonly others: Operand;
}

function locate(s: State, address: Operand, type: Scalar): Within {
  const { b } = s;
  const word = b.binary("and", "l", address, constant(-4));
  const low = b.unary(
    "trunc",
    "w",
    address.kind === "temp" ? address : b.unary("copy", "l", address),
  );
  const bytes = b.binary("and", "w", low, constant(3));
  const shift = b.binary("shl", "w", bytes, constant(3));
  const mask = b.binary("shl", "w", constant(type.size === 1 ? 0xff : 0xffff), shift);
  return { word, shift, mask, others: b.binary("xor", "w", mask, constant(-1)) };
}

/** The value's low bits alone. */
function unsigned(s: State, value: Operand, type: Scalar): Operand {
  if (value.kind === "constant") return constant(BigInt.asUintN(type.size * 8, value.value));
  if (!type.signed) return value;
  return s.b.unary(type.size === 1 ? "zext8" : "zext16", "w", value);
}

function extracted(s: State, word: Temp, { shift }: Within, type: Scalar): Operand {
  return convertScalar(
    s,
    s.b.binary("shr", "w", word, shift),
    WORD,
    type.bool ? UNSIGNED_BYTE : type,
  );
}

/** A _Bool that has been stored is 0 or 1: cutting it out is enough. */
const UNSIGNED_BYTE: Scalar = {
  size: 1,
  signed: false,
  bool: false,
  width: "w",
  load: "u8",
  bits: 0,
};

function compareExchange(
  s: State,
  pointer: Expression,
  expectedPointer: Expression,
  desiredExpression: Expression,
  type: Scalar,
  loc: number,
): Operand {
  const { b } = s;
  const desired = operandOf(s, desiredExpression, type);
  const expectedAt = pointerValue(s, expectedPointer);
  const at = pointerValue(s, pointer);
  b.loc = loc;
  const address = addOffset(s, at.address, at.offset);
  const expected = b.load(type.load, type.width, expectedAt.address, expectedAt.offset);
  const failed = b.newBlock();
  const done = b.newBlock();
  const found =
    type.size >= 4
      ? b.compareExchange(type.size === 8 ? 8 : 4, address, expected, desired)
      : exchangeWithin(s, address, expected, desired, type);
  const isDone = b.compare("eq", type.width, found, expected);
  b.branch("ne", "w", isDone, constant(0), done, failed);
  b.start(failed);
  b.store(type.size, found, expectedAt.address, expectedAt.offset);
  b.start(done);
  return isDone;
}

/** What was found; it has been replaced if that is what was expected. */
function exchangeWithin(
  s: State,
  address: Operand,
  expected: Operand,
  desired: Operand,
  type: Scalar,
): Operand {
  const { b } = s;
  const within = locate(s, address, type);
  const fresh = b.binary("shl", "w", unsigned(s, desired, type), within.shift);
  const again = b.newBlock();
  const same = b.newBlock();
  const done = b.newBlock();
  b.start(again);
  const old = b.load("s32", "w", within.word, 0, true);
  const found = extracted(s, old, within, type);
  b.branch("eq", "w", found, expected, same, done);
  b.start(same);
  const kept = b.binary("and", "w", old, within.others);
  const there = b.compareExchange(4, within.word, old, b.binary("or", "w", kept, fresh));
  // Somebody may have changed the word's other bytes alone.
  b.branch("ne", "w", there, old, again, done);
  b.start(done);
  return found;
}
