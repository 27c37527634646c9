// How many bits the values of an integer expression can need, as far as its operators tell: (flags & 3) needs two, whatever flags
// is. What may be negative has no such number. -Wsign-compare is quiet about what is not.

import { integerOf } from "../types/conversions.ts";
import type { Expression } from "../tree/ast.ts";
import { isTruth } from "./doubts.ts";

/** Deeper down an expression is taken to be anything of its type. */
const MOST_DEPTH = 20;

/** The bits without a sign; undefined: it may be negative. */
export function bitsOf(e: Expression, depth = 0): number | undefined {
  if (isTruth(e)) return 1;
  const type = integerOf(e.type);
  if (type === undefined) return undefined;
  const all = type.bits ?? type.size * 8;
  const own = type.name === "bool" ? 1 : all;
  const known = depth > MOST_DEPTH ? undefined : inside(e, depth + 1);
  // What may not fit has wrapped round, or is undefined.
  if (known !== undefined && known < all) return Math.min(known, own);
  return type.signed ? undefined : own;
}

function inside(e: Expression, depth: number): number | undefined {
  switch (e.kind) {
    case "integer":
      return e.value < 0n ? undefined : e.value.toString(2).length;
    case "convert":
      return bitsOf(e.value, depth);
    case "comma":
      return bitsOf(e.right, depth);
    case "conditional": {
      if (e.then === undefined) return undefined;
      return most(bitsOf(e.then, depth), bitsOf(e.else, depth));
    }
    case "load": {
      const bits = e.place.kind === "member" ? e.place.member.bits : undefined;
      return bits === undefined || integerOf(e.place.type)?.signed !== false
        ? undefined
        : bits.width;
    }
    case "binary":
      return ofBinary(e, depth);
    default:
      return undefined;
  }
}

function ofBinary(e: Expression & { kind: "binary" }, depth: number): number | undefined {
  const left = bitsOf(e.left, depth);
  const right = bitsOf(e.right, depth);
  switch (e.operator) {
    case "&":
      return left === undefined || right === undefined ? (left ?? right) : Math.min(left, right);
    case "|":
    case "^":
      return most(left, right);
    case "+": {
      const widest = most(left, right);
      return widest === undefined ? undefined : widest + 1;
    }
    case "*":
      return left === undefined || right === undefined ? undefined : left + right;
    case ">>":
      return left;
    case "<<":
      if (e.right.kind !== "integer" || left === undefined) return undefined;
      return left + Number(BigInt.asUintN(8, e.right.value));
    case "/":
      return right === undefined ? undefined : left;
    case "%":
      return left;
    default:
      return undefined;
  }
}

function most(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.max(a, b);
}
