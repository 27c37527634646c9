// C's arithmetic operators as the IR's (C11 6.5.5 to 6.5.12), and elements as bytes.

import { constant } from "../ir/build.ts";
import type { BinaryOperator, Operand } from "../ir/ir.ts";
import type { ArithmeticOperator } from "../tree/ast.ts";
import { convertScalar } from "./convert.ts";
import { type Scalar, wholeOf } from "./scalar.ts";
import type { State } from "./state.ts";

export function arithmetic(
  s: State,
  operator: ArithmeticOperator,
  type: Scalar,
  left: Operand,
  right: Operand,
  rightType: Scalar,
): Operand {
  const { b } = s;
  if (operator === "<<" || operator === ">>") {
    let count = right;
    if (count.kind === "constant") {
      // More than the width is undefined; the machine looks at the low bits.
      count = constant(count.value & (type.width === "l" ? 63n : 31n));
    } else if (rightType.width === "l") count = b.unary("trunc", "w", count);
    const shift = operator === "<<" ? "shl" : type.signed ? "sar" : "shr";
    return cut(s, operator, b.binary(shift, type.width, left, count), type);
  }
  return cut(
    s,
    operator,
    b.binary(operation(operator, type.signed), type.width, left, right),
    type,
  );
}

/** What goes beyond an integer's width between those of the machine goes away. */
function cut(s: State, operator: ArithmeticOperator, result: Operand, type: Scalar): Operand {
  if (type.bits === 0 || /[>&|^%]/.test(operator)) return result;
  return convertScalar(s, result, wholeOf(type), type);
}

function operation(
  operator: Exclude<ArithmeticOperator, "<<" | ">>">,
  signed: boolean,
): BinaryOperator {
  switch (operator) {
    case "+":
      return "add";
    case "-":
      return "sub";
    case "*":
      return "mul";
    case "/":
      return signed ? "div" : "udiv";
    case "%":
      return signed ? "rem" : "urem";
    case "&":
      return "and";
    case "|":
      return "or";
    case "^":
      return "xor";
  }
}

/** So many elements in bytes. */
export function scaled(s: State, index: Operand, element: number): Operand {
  if (element === 1) return index;
  if (index.kind === "constant") return constant(BigInt.asIntN(64, index.value * BigInt(element)));
  const shift = Math.log2(element);
  if (Number.isInteger(shift)) return s.b.binary("shl", "l", index, constant(shift));
  return s.b.binary("mul", "l", index, constant(element));
}
