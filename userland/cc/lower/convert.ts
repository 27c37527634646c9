// Conversions between scalar types (C11 6.3.1.2, 6.3.1.3, 6.3.2.3), on values as scalar.ts describes them.

import { constant } from "../ir/build.ts";
import type { Operand } from "../ir/ir.ts";
import { constantValue, type Scalar, wholeOf } from "./scalar.ts";
import type { State } from "./state.ts";

export function convertScalar(s: State, value: Operand, from: Scalar, to: Scalar): Operand {
  if (from === to) return value;
  if (value.kind === "constant") return convertConstant(value.value, from, to);
  const { b } = s;
  if (to.bool) {
    if (from.bool) return value;
    return b.compare("ne", from.width, value, constant(0));
  }
  if (to.bits > 0) {
    if (from.bits > 0 && from.bits <= to.bits && from.signed === to.signed) return value;
    const whole = convertScalar(s, value, from, wholeOf(to));
    const rest = constant(64 - to.bits);
    return b.binary(to.signed ? "sar" : "shr", "l", b.binary("shl", "l", whole, rest), rest);
  }
  if (to.size === 8) {
    if (from.size === 8) return value;
    // What is narrower than an int holds its value with zeros above, so that the sign's copies are zeros too.
    return b.unary(from.size === 4 && !from.signed ? "zext32" : "sext32", "l", value);
  }
  const word = from.size === 8 ? b.unary("trunc", "w", value) : value;
  if (to.size === 4 || holds(to, from)) return word;
  if (to.size === 1) return b.unary(to.signed ? "sext8" : "zext8", "w", word);
  return b.unary(to.signed ? "sext16" : "zext16", "w", word);
}

function convertConstant(value: bigint, from: Scalar, to: Scalar): Operand {
  // An unsigned int's constant carries its sign's copies: what it stands for comes first.
  const real = from.size === 4 && !from.signed ? BigInt.asUintN(32, value) : value;
  return constant(constantValue(real, to));
}

/** Whether all values of `from` are values of `to`. */
function holds(to: Scalar, from: Scalar): boolean {
  if (from.bool) return true;
  if (from.signed && !to.signed) return false;
  return from.signed === to.signed ? to.size >= from.size : to.size > from.size;
}
