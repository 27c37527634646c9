// Variables that are not in ordinary memory: GNU's global register variables, which are read and written with an assembly
// instruction each, and thread-local ones, which lie at a fixed distance from tp (psABI, "Local Exec TLS model").

import type { Operand, Temp } from "../ir/ir.ts";
import type { Scalar } from "./scalar.ts";
import { canonicalRegister } from "./register-names.ts";
import type { State } from "./state.ts";

export function readRegister(s: State, register: string, scalar: Scalar): Temp {
  const to = s.b.temp(scalar.width);
  s.b.asm({
    template: `mv %0, ${canonicalRegister(register) ?? register}`,
    outputs: [{ to, register: undefined, earlyClobber: false }],
    inputs: [],
    clobbers: [],
    isVolatile: true,
  });
  return to;
}

export function writeRegister(s: State, register: string, scalar: Scalar, value: Operand): void {
  s.b.asm({
    template: `mv ${canonicalRegister(register) ?? register}, %0`,
    outputs: [],
    inputs: [{ value, how: "register", register: undefined, width: scalar.width }],
    clobbers: [],
    isVolatile: true,
  });
}

export function threadAddress(s: State, symbol: string): Temp {
  const to = s.b.temp("l");
  s.b.asm({
    template: `lui %0, %%tprel_hi(${symbol})\n\tadd %0, %0, tp\n\taddi %0, %0, %%tprel_lo(${symbol})`,
    outputs: [{ to, register: undefined, earlyClobber: false }],
    inputs: [],
    clobbers: [],
    isVolatile: false,
  });
  return to;
}
