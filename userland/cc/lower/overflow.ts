// __builtin_add_overflow and its kin (GCC manual 6.56), on operands of the result's type: the result wraps, and the value of the whole says
// whether that changed it. What has up to 32 bits is computed exactly in the next wider width.

import { constant } from "../ir/build.ts";
import type { Operand } from "../ir/ir.ts";
import type { BuiltinExpression } from "./builtin.ts";
import { convertScalar } from "./convert.ts";
import { plainPlace, pointerValue, storePlace } from "./place.ts";
import { scalarOf, U64, type Scalar } from "./scalar.ts";
import type { State } from "./state.ts";

export function overflow(s: State, e: BuiltinExpression): Operand {
  const { b } = s;
  const [leftExpression, rightExpression, pointer] = e.arguments;
  if (leftExpression === undefined || rightExpression === undefined || pointer === undefined)
    return constant(0);
  const type = scalarOf(leftExpression.type);
  const left = s.rules.value(s, leftExpression);
  const right = s.rules.value(s, rightExpression);
  const target = pointerValue(s, pointer);
  b.loc = e.loc;
  const operator = e.name === "add-overflow" ? "add" : e.name === "sub-overflow" ? "sub" : "mul";
  const { result, isWrong } =
    type.size === 8 ? wide(s, operator, left, right, type) : narrow(s, operator, left, right, type);
  const place = plainPlace(target.address, target.offset, leftExpression.type);
  const to =
    pointer.type.kind === "pointer"
      ? plainPlace(place.address, place.offset, pointer.type.to)
      : place;
  storePlace(s, to, result);
  return isWrong;
}

type Operator = "add" | "sub" | "mul";

interface Checked {
  readonly result: Operand;
  readonly isWrong: Operand;
}

function narrow(
  s: State,
  operator: Operator,
  left: Operand,
  right: Operand,
  type: Scalar,
): Checked {
  const { b } = s;
  if (type.size < 4) {
    const exact = b.binary(operator, "w", left, right);
    const cut = b.unary(`${type.signed ? "s" : "z"}ext${type.size === 1 ? 8 : 16}`, "w", exact);
    return { result: cut, isWrong: b.compare("ne", "w", exact, cut) };
  }
  // The product of two unsigned ints fills 64 bits just without their sign.
  const exact = b.binary(
    operator,
    "l",
    convertScalar(s, left, type, U64),
    convertScalar(s, right, type, U64),
  );
  const cut = b.unary("trunc", "w", exact);
  const back = convertScalar(s, cut, type, U64);
  return { result: cut, isWrong: b.compare("ne", "l", exact, back) };
}

function wide(s: State, operator: Operator, left: Operand, right: Operand, type: Scalar): Checked {
  const { b } = s;
  const result = b.binary(operator, "l", left, right);
  switch (operator) {
    case "add": {
      if (!type.signed) return { result, isWrong: b.compare("ltu", "l", result, left) };
      // Both operands have another sign than the result.
      const a = b.binary("xor", "l", left, result);
      const both = b.binary("and", "l", a, b.binary("xor", "l", right, result));
      return { result, isWrong: b.compare("lt", "l", both, constant(0)) };
    }
    case "sub": {
      if (!type.signed) return { result, isWrong: b.compare("ltu", "l", left, right) };
      // The operands' signs differ, and the result's is not the left one's.
      const a = b.binary("xor", "l", left, right);
      const both = b.binary("and", "l", a, b.binary("xor", "l", left, result));
      return { result, isWrong: b.compare("lt", "l", both, constant(0)) };
    }
    case "mul": {
      const high = highProduct(s, left, right, type.signed);
      const expected = type.signed ? b.binary("sar", "l", result, constant(63)) : constant(0);
      return { result, isWrong: b.compare("ne", "l", high, expected) };
    }
  }
}

/** The upper 64 of a product's 128 bits, from products of halves. */
function highProduct(s: State, left: Operand, right: Operand, signed: boolean): Operand {
  const { b } = s;
  const low = (x: Operand) => b.binary("and", "l", x, constant(0xffffffff));
  const high = (x: Operand) => b.binary("shr", "l", x, constant(32));
  const [l0, l1, r0, r1] = [low(left), high(left), low(right), high(right)];
  const lowest = b.binary("mul", "l", l0, r0);
  const cross = b.binary("mul", "l", l0, r1);
  const other = b.binary("mul", "l", l1, r0);
  const highest = b.binary("mul", "l", l1, r1);
  let carried = b.binary("add", "l", high(lowest), low(cross));
  carried = b.binary("add", "l", carried, low(other));
  let sum = b.binary("add", "l", highest, high(cross));
  sum = b.binary("add", "l", sum, high(other));
  sum = b.binary("add", "l", sum, high(carried));
  if (!signed) return sum;
  // A negative operand counts 2^64 too much, times the other one.
  const negative = (x: Operand, times: Operand) =>
    b.binary("and", "l", b.binary("sar", "l", x, constant(63)), times);
  sum = b.binary("sub", "l", sum, negative(left, right));
  return b.binary("sub", "l", sum, negative(right, left));
}
