// The builtins that stay in the program (ast.ts, BuiltinName). Those that the machine has no instruction for are spelled out
// (bit-count.ts, overflow.ts); atomics are atomic.ts's.

import { constant } from "../ir/build.ts";
import type { Operand } from "../ir/ir.ts";
import type { Expression } from "../tree/ast.ts";
import { atomic } from "./atomic.ts";
import {
  byteSwap,
  countLeadingZeros,
  countOnes,
  countTrailingZeros,
  findFirstSet,
} from "./bit-count.ts";
import { overflow } from "./overflow.ts";
import { loadPlace, placeOf, storePlace } from "./place.ts";
import { scalarOf } from "./scalar.ts";
import type { State } from "./state.ts";

export type BuiltinExpression = Extract<Expression, { kind: "builtin" }>;

export function builtin(s: State, e: BuiltinExpression): Operand {
  const { b } = s;
  const [first, second] = e.arguments;
  switch (e.name) {
    case "unreachable":
      b.loc = e.loc;
      b.unreachable();
      b.startNew();
      return constant(0);
    case "trap":
      b.loc = e.loc;
      b.asm({
        template: "ebreak",
        outputs: [],
        inputs: [],
        clobbers: ["memory"],
        isVolatile: true,
      });
      b.unreachable();
      b.startNew();
      return constant(0);
    case "frame-address":
    case "return-address":
      // Of outer frames nothing is known; 0 says so.
      b.loc = e.loc;
      if (first !== undefined && !(first.kind === "integer" && first.value === 0n))
        return constant(0);
      return e.name === "frame-address" ? b.frameAddress() : b.returnAddress();
    case "thread-pointer":
      b.loc = e.loc;
      return b.threadPointer();
    case "atomic-fence":
    case "compiler-fence":
      b.loc = e.loc;
      b.fence(e.name === "atomic-fence");
      return constant(0);
    default:
      break;
  }
  // All others have an argument; the parser has seen to that.
  if (first === undefined) return constant(0);
  switch (e.name) {
    case "setjmp":
      return saveJump(s, first, e.loc);
    case "longjmp": {
      const buffer = s.rules.value(s, first);
      b.loc = e.loc;
      b.asm({
        template: "ld s0, 0(%0)\nld t0, 8(%0)\nld sp, 16(%0)\njr t0",
        outputs: [],
        inputs: [{ value: buffer, how: "register", register: "a0", width: "l" }],
        clobbers: ["memory"],
        isVolatile: true,
      });
      b.unreachable();
      b.startNew();
      return constant(0);
    }
    case "va-start": {
      const list = placeOf(s, first);
      b.loc = e.loc;
      storePlace(s, list, b.vaStart());
      return constant(0);
    }
    case "va-end":
      s.rules.effect(s, first);
      return constant(0);
    case "va-copy": {
      const to = placeOf(s, first);
      if (second === undefined) return constant(0);
      const from = placeOf(s, second);
      b.loc = e.loc;
      storePlace(s, to, loadPlace(s, from));
      return constant(0);
    }
    case "alloca": {
      const size = s.rules.value(s, first);
      b.loc = e.loc;
      return b.alloca(size);
    }
    case "clz":
    case "ctz":
    case "popcount":
    case "ffs":
    case "bswap": {
      const operand = s.rules.value(s, first);
      b.loc = e.loc;
      const type = scalarOf(first.type);
      switch (e.name) {
        case "clz":
          return countLeadingZeros(s, operand, type.width);
        case "ctz":
          return countTrailingZeros(s, operand, type.width);
        case "popcount":
          return countOnes(s, operand, type.width);
        case "ffs":
          return findFirstSet(s, operand, type.width);
        case "bswap":
          return byteSwap(s, operand, type.size);
      }
      break;
    }
    case "add-overflow":
    case "sub-overflow":
    case "mul-overflow":
      return overflow(s, e);
    default:
      return atomic(s, e);
  }
  return constant(0);
}

/** All that may be elsewhere when the jump comes, but for what it brings: sp, and s0, which may be the frame's pointer. */
const LOST =
  "memory ra t0 t1 t2 t3 t4 t5 t6 a1 a2 a3 a4 a5 a6 a7 s1 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11".split(
    " ",
  );

/** __builtin_setjmp: the frame's pointer, where to go on, and the stack pointer, in the first three of five words. */
function saveJump(s: State, pointer: Expression, loc: number): Operand {
  const { b } = s;
  const buffer = s.rules.value(s, pointer);
  b.loc = loc;
  const result = b.temp("w");
  b.asm({
    template:
      "lla t0, 1f\nsd s0, 0(%0)\nsd t0, 8(%0)\nsd sp, 16(%0)\nli %0, 0\nj 2f\n1:\nli %0, 1\n2:",
    outputs: [{ to: result, register: "a0", earlyClobber: false }],
    inputs: [{ value: buffer, how: "output", output: 0, width: "l" }],
    clobbers: LOST,
    isVolatile: true,
  });
  s.returnsTwice = true;
  return result;
}
