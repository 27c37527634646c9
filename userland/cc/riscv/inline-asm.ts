// asm statements: operands become registers for the allocator, with the constraints that the statement has; the text is put
// together when they are known (emit.ts).

import type { AsmInstruction, Operand } from "../ir/ir.ts";
import { type AsmSubstitute, machine, move, NONE, parallel } from "./machine.ts";
import { ALLOCATABLE, registerNumber, SCRATCH } from "./registers.ts";
import {
  newRegister,
  registerFor,
  registerOf,
  resolve,
  type Selection,
  materialised,
} from "./selection.ts";

/** So many operands in registers that the allocator chooses can always be had. */
const MOST_REGISTERS = 20;

export function selectAsm(s: Selection, instruction: AsmInstruction): void {
  const m = machine("asm", "", NONE, NONE, NONE, 0, s.loc);
  const defs: number[] = [];
  const early: boolean[] = [];
  const uses: number[] = [];
  const operands: AsmSubstitute[] = [];
  const before = { defs: [] as number[], uses: [] as number[] };
  const after = { defs: [] as number[], uses: [] as number[] };
  const clobbers = new Set<number>();

  const fixed = (name: string): number | undefined => {
    const number = registerNumber(name);
    if (number === undefined)
      s.diagnostics?.error(s.loc, `there is no register '${name}' for an asm operand`);
    return number;
  };
  /** Registers that outputs are in while the statement runs, for inputs that are to be in the same. */
  const places: number[] = [];
  for (const output of instruction.outputs) {
    const register = output.register === undefined ? undefined : fixed(output.register);
    const place = register ?? registerOf(output.to);
    places.push(place);
    operands.push({ kind: "definition", index: defs.length });
    defs.push(place);
    early.push(output.earlyClobber);
    if (register !== undefined) {
      after.defs.push(registerOf(output.to));
      after.uses.push(register);
    }
  }
  const moveTo = (register: number, value: Operand): void => {
    const source = resolve(s, value);
    before.defs.push(register);
    before.uses.push(registerFor(s, source));
  };
  for (const input of instruction.inputs) {
    switch (input.how) {
      case "register": {
        const register = input.register === undefined ? undefined : fixed(input.register);
        operands.push({ kind: "use", index: uses.length });
        if (register === undefined) {
          uses.push(registerFor(s, input.value));
        } else {
          uses.push(register);
          moveTo(register, input.value);
        }
        break;
      }
      case "output": {
        const output = instruction.outputs[input.output];
        const place = places[input.output];
        if (output === undefined || place === undefined) break;
        operands.push({ kind: "use", index: uses.length });
        let shared = place;
        if (output.register === undefined) {
          // One register that is read and written: the output's own may have other definitions' conditions.
          shared = newRegister(s);
          defs[input.output] = shared;
          after.defs.push(registerOf(output.to));
          after.uses.push(shared);
          places[input.output] = shared;
        }
        uses.push(shared);
        moveTo(shared, input.value);
        break;
      }
      case "memory": {
        const at = resolve(s, input.value);
        operands.push({ kind: "memory", index: uses.length });
        if (at.kind === "slot") {
          const register = newRegister(s);
          s.sequence.push(materialised(s, at, register));
          uses.push(register);
        } else {
          uses.push(registerFor(s, at));
        }
        break;
      }
      case "immediate": {
        const at = resolve(s, input.value);
        if (at.kind === "constant") {
          operands.push({ kind: "text", text: String(at.value) });
        } else if (at.kind === "symbol") {
          const offset = at.offset === 0 ? "" : at.offset > 0 ? `+${at.offset}` : String(at.offset);
          operands.push({ kind: "text", text: at.name + offset });
        } else {
          s.diagnostics?.error(s.loc, "an asm operand with constraint 'i' is not a constant");
          operands.push({ kind: "text", text: "0" });
        }
        break;
      }
    }
  }
  for (const name of instruction.clobbers) {
    const register = registerNumber(name);
    if (register !== undefined) clobbers.add(register);
  }
  if (new Set([...defs, ...uses]).size > MOST_REGISTERS) {
    s.diagnostics?.error(
      s.loc,
      `an asm statement has more than ${MOST_REGISTERS} operands in registers`,
    );
    return;
  }
  m.defs = defs;
  m.uses = uses;
  m.early = early;
  m.clobbers = [...clobbers];
  m.asm = { instruction, operands };
  pushMoves(s, before);
  s.sequence.push(m);
  pushMoves(s, after);
}

/** Moves at once, but those of registers that the allocator does not know, the scratch register among them. */
function pushMoves(s: Selection, { defs, uses }: { defs: number[]; uses: number[] }): void {
  const isPlain = (register: number): boolean => register >= 32 || ALLOCATABLE[register] === true;
  const late: { rd: number; rs: number }[] = [];
  const together = { defs: [] as number[], uses: [] as number[] };
  const early: { rd: number; rs: number }[] = [];
  defs.forEach((rd, index) => {
    const rs = uses[index] ?? 0;
    if (rs === SCRATCH || (!isPlain(rs) && rs !== 0)) early.push({ rd, rs });
    else if (!isPlain(rd) || rs === 0) late.push({ rd, rs });
    else {
      together.defs.push(rd);
      together.uses.push(rs);
    }
  });
  for (const { rd, rs } of early) s.sequence.push(move(rd, rs, s.loc));
  if (together.defs.length > 0) s.sequence.push(parallel(together.defs, together.uses, s.loc));
  for (const { rd, rs } of late) s.sequence.push(move(rd, rs, s.loc));
}
