// Calls, parameters and results (RISC-V psABI, "Integer calling convention"): eight registers, then eight bytes each on the
// stack. All registers are filled by one parallel move, so that no order of single moves is in the way.

import type { Argument, Instruction, Operand, Temp, Terminator } from "../ir/ir.ts";
import {
  frameAccess,
  INCOMING,
  machine,
  type MachineEnd,
  NONE,
  OUTGOING,
  parallel,
} from "./machine.ts";
import { A0, ARGUMENT_REGISTERS, RA } from "./registers.ts";
import {
  materialised,
  need,
  registerFor,
  registerOf,
  resolve,
  type Selection,
} from "./selection.ts";

export function selectCall(s: Selection, call: Extract<Instruction, { op: "call" }>): void {
  const m = machine("call", "call", NONE, NONE, NONE, 0, s.loc);
  const { callee } = call;
  if (callee.kind === "symbol" && callee.offset === 0) m.symbol = callee.name;
  else m.rs1 = registerFor(s, callee);
  finishCall(s, m, call.arguments, call.results);
}

/** A call of a function of the library that the compiler itself asks for. */
export function callLibrary(s: Selection, name: string, values: readonly Operand[]): void {
  const m = machine("call", "call", NONE, NONE, NONE, 0, s.loc);
  m.symbol = name;
  finishCall(
    s,
    m,
    values.map((value) => ({ value, width: "l" })),
    [],
  );
}

function finishCall(
  s: Selection,
  m: ReturnType<typeof machine>,
  values: readonly Argument[],
  results: readonly Temp[],
): void {
  s.hasCall = true;
  for (let at = ARGUMENT_REGISTERS; at < values.length; at++) {
    const argument = values[at];
    if (argument === undefined) break;
    const offset = 8 * (at - ARGUMENT_REGISTERS);
    s.sequence.push(
      frameAccess("store", "sd", registerFor(s, argument.value), OUTGOING, offset, s.loc),
    );
  }
  const onStack = Math.max(0, values.length - ARGUMENT_REGISTERS) * 8;
  s.outgoing = Math.max(s.outgoing, (onStack + 15) & -16);
  m.uses = moveArguments(s, values.slice(0, ARGUMENT_REGISTERS));
  m.defs = results.slice(0, 2).map((_, index) => A0 + index);
  s.sequence.push(m);
  if (results.length > 0) s.sequence.push(parallel(results.map(registerOf), [...m.defs], s.loc));
}

/** Puts values into a0, a1, …; gives these registers. */
function moveArguments(s: Selection, values: readonly Argument[]): number[] {
  const defs: number[] = [];
  const sources: number[] = [];
  const registers: number[] = [];
  const constants: { register: number; value: Exclude<Operand, Temp> }[] = [];
  values.forEach((argument, index) => {
    const register = A0 + index;
    registers.push(register);
    const value = resolve(s, argument.value);
    if (value.kind === "temp") {
      defs.push(register);
      sources.push(need(s, value));
    } else {
      constants.push({ register, value });
    }
  });
  if (defs.length > 0) s.sequence.push(parallel(defs, sources, s.loc));
  for (const { register, value } of constants) s.sequence.push(materialised(s, value, register));
  return registers;
}

export function selectReturn(
  s: Selection,
  end: Extract<Terminator, { op: "return" }>,
  last: MachineEnd,
): void {
  last.uses = moveArguments(s, end.values.slice(0, 2));
}

/** At the entry: parameters from where they come in. */
export function selectParameters(s: Selection): void {
  const defs: number[] = [];
  const sources: number[] = [];
  s.f.parameters.forEach((parameter, index) => {
    if (s.needed[parameter.id] !== 1) return;
    const register = registerOf(parameter);
    if (index < ARGUMENT_REGISTERS) {
      defs.push(register);
      sources.push(A0 + index);
    } else {
      s.sequence.push(
        frameAccess("load", "ld", register, INCOMING, 8 * (index - ARGUMENT_REGISTERS), s.loc),
      );
    }
  });
  if (s.returnAddress !== undefined) {
    defs.push(s.returnAddress);
    sources.push(RA);
  }
  if (defs.length > 0) s.sequence.unshift(parallel(defs, sources, s.loc));
}
