// GNU's extended asm (GCC manual, "Extended Asm" and "Constraints for RISC-V"). Operands become the IR's, which numbers only what is in
// registers, in memory or an immediate; the template is written anew with those numbers, and with modifiers carried out.

import { constant, symbolAddress } from "../ir/build.ts";
import type { AsmInput, AsmInstruction, Operand } from "../ir/ir.ts";
import type { AsmOperand, AsmStatement, Expression } from "../tree/ast.ts";
import { evaluate } from "../tree/constant.ts";
import { alignOf } from "../types/layout.ts";
import {
  addressOf,
  loadPlace,
  objectSlot,
  placeOf,
  plainPlace,
  storePlace,
  type Place,
} from "./place.ts";
import { canonicalRegister } from "./register-names.ts";
import { fitsWidth, scalarOf } from "./scalar.ts";
import { symbolOf } from "./static-data.ts";
import type { State } from "./state.ts";
import { writeTemplate, type TemplateOperand } from "./asm-template.ts";

interface Plan {
  readonly operand: AsmOperand;
  readonly place: Place | undefined;
  /** The number it has in the IR's template, as soon as it is known. */
  number: number;
  how: TemplateOperand["how"];
  constant: bigint | undefined;
}

export function inlineAssembly(s: State, one: AsmStatement): void {
  const { b } = s;
  const outputs: AsmInstruction["outputs"] = [];
  const inputs: AsmInput[] = [];
  const stores: { place: Place; output: number }[] = [];
  let touchesMemory = false;
  const complain = (operand: AsmOperand, message: string) =>
    s.module.diagnostics.error(operand.value.loc, message);

  const plans: Plan[] = [];
  /** Which input, for operands that are inputs in the IR: their numbers come behind all outputs. */
  const inputOf = new Map<Plan, number>();
  const addInput = (plan: Plan, input: AsmInput) => {
    inputOf.set(plan, inputs.length);
    inputs.push(input);
  };
  /** "+" operands come in too, without a number of their own. */
  const comingIn: AsmInput[] = [];

  for (const operand of one.outputs) {
    const letters = lettersOf(operand.constraint);
    const place = placeOf(s, operand.value);
    const plan: Plan = { operand, place, number: -1, how: "register", constant: undefined };
    plans.push(plan);
    if (hasAny(letters, "f")) complain(operand, "floating-point registers are not supported");
    if (!hasAny(letters, "rg") && hasAny(letters, "mAoV")) {
      plan.how = hasAny(letters, "A") && !hasAny(letters, "m") ? "address" : "memory";
      touchesMemory = true;
      addInput(plan, memoryInput(plan.how, addressOf(s, place)));
      continue;
    }
    if (!hasAny(letters, "rg") || operand.value.type.kind === "struct") {
      complain(operand, `the constraint '${operand.constraint}' is not supported for this output`);
      continue;
    }
    const { width } = scalarOf(place.type);
    const register = registerOf(operand.value);
    plan.number = outputs.length;
    outputs.push({ to: b.temp("l"), register, earlyClobber: operand.constraint.includes("&") });
    stores.push({ place, output: plan.number });
    if (operand.constraint.includes("+")) {
      b.loc = operand.value.loc;
      const before = loadPlace(s, place);
      comingIn.push({ how: "output", output: plan.number, width, value: before });
    }
  }

  for (const operand of one.inputs) {
    const plan: Plan = {
      operand,
      place: undefined,
      number: -1,
      how: "register",
      constant: undefined,
    };
    plans.push(plan);
    const matching = matchingOf(operand.constraint, one.outputs);
    if (matching !== undefined) {
      const to = plans[matching];
      if (to === undefined || to.number < 0 || matching >= one.outputs.length) {
        complain(operand, `constraint '${operand.constraint}' names no output in a register`);
        continue;
      }
      const { width } = scalarOf(operand.value.type);
      addInput(plan, {
        how: "output",
        output: to.number,
        width,
        value: s.rules.value(s, operand.value),
      });
      continue;
    }
    const letters = lettersOf(operand.constraint);
    if (hasAny(letters, "f")) {
      complain(operand, "floating-point registers are not supported");
      continue;
    }
    const immediate = immediateOf(s, operand.value, letters);
    if (immediate !== undefined) {
      plan.how = "immediate";
      plan.constant = immediate.kind === "constant" ? immediate.value : undefined;
      addInput(plan, { how: "immediate", value: immediate });
    } else if (hasAny(letters, "rgpX") && operand.value.type.kind !== "struct") {
      const register = registerOf(operand.value);
      const { width } = scalarOf(operand.value.type);
      addInput(plan, { how: "register", register, width, value: s.rules.value(s, operand.value) });
    } else if (hasAny(letters, "mAoVg")) {
      plan.how = hasAny(letters, "A") && !hasAny(letters, "m") ? "address" : "memory";
      touchesMemory = true;
      addInput(plan, memoryInput(plan.how, addressOf(s, memoryOperand(s, operand.value))));
    } else if (hasAny(letters, "inIJKs"))
      complain(
        operand,
        `this operand must be a constant, as its constraint '${operand.constraint}' says`,
      );
    else complain(operand, `the constraint '${operand.constraint}' is not supported`);
  }

  const clobbers = clobbersOf(s, one);
  if (touchesMemory && !clobbers.includes("memory")) clobbers.push("memory");
  const operands = plans.map((plan): TemplateOperand => {
    const input = inputOf.get(plan);
    return {
      name: plan.operand.name,
      number: input === undefined ? plan.number : outputs.length + input,
      how: plan.how,
      constant: plan.constant,
    };
  });
  const written = writeTemplate(one, operands, s.module);
  if (written.problem !== undefined) s.module.diagnostics.error(one.loc, written.problem);
  b.loc = one.loc;
  b.asm({
    template: written.text,
    outputs,
    inputs: [...inputs, ...comingIn],
    clobbers,
    isVolatile: one.isVolatile || outputs.length === 0,
  });
  for (const { place, output } of stores) {
    const result = outputs[output];
    if (result !== undefined) storePlace(s, place, cut(s, result.to, place));
  }
}

/** What assembly has left in a register need not be a value of the operand's type: nothing is known of the upper half. */
function cut(s: State, result: Operand, place: Place): Operand {
  const type = scalarOf(place.type);
  if (type.width === "l") return result;
  const word = s.b.unary("trunc", "w", result);
  return type.bool ? s.b.binary("and", "w", word, constant(1)) : word;
}

/** The object that a memory operand speaks of: an lvalue that has been read too early, or a value that has no place yet. */
function memoryOperand(s: State, e: Expression): Place {
  if (e.kind === "load") return placeOf(s, e.place);
  if (e.type.kind === "struct" || isPlace(e)) return placeOf(s, e);
  const stored = s.rules.value(s, e);
  const place = plainPlace(objectSlot(s, e.type, alignOf(e.type)), 0, e.type);
  storePlace(s, place, stored);
  return place;
}

function isPlace(e: Expression): boolean {
  switch (e.kind) {
    case "variable":
    case "string":
    case "dereference":
    case "member":
    case "compound-literal":
      return true;
    default:
      return false;
  }
}

function memoryInput(how: Plan["how"], address: Operand): AsmInput {
  if (how === "memory") return { how: "memory", value: address };
  return { how: "register", register: undefined, width: "l", value: address };
}

/** The letters of the first alternative, without modifiers. */
function lettersOf(constraint: string): string {
  const comma = constraint.indexOf(",");
  const first = comma < 0 ? constraint : constraint.slice(0, comma);
  let letters = "";
  for (const letter of first) if (!"=+&%#*!? ".includes(letter)) letters += letter;
  return letters;
}

function hasAny(letters: string, wanted: string): boolean {
  for (const letter of letters) if (wanted.includes(letter)) return true;
  return false;
}

/** The output that an input shares its register with: by number or by name. */
function matchingOf(constraint: string, outputs: readonly AsmOperand[]): number | undefined {
  const letters = lettersOf(constraint);
  if (letters.startsWith("[") && letters.endsWith("]")) {
    const name = letters.slice(1, -1);
    return outputs.findIndex((output) => output.name === name);
  }
  let number: number | undefined;
  for (const letter of letters) {
    if (letter < "0" || letter > "9") return undefined;
    number = (number ?? 0) * 10 + (letter.charCodeAt(0) - 48);
  }
  return number;
}

/** The constant that the operand is, if one of the letters asks for such a one. */
function immediateOf(s: State, e: Expression, letters: string): Operand | undefined {
  if (!hasAny(letters, "inIJKsgX")) return undefined;
  const known = evaluate(e);
  if (known === undefined) return undefined;
  if (known.symbol !== undefined)
    return hasAny(letters, "isX") && !hasAny(letters, "r")
      ? symbolAddress(symbolOf(s.module, known.symbol), Number(known.value))
      : undefined;
  const number = known.value;
  const fits =
    (hasAny(letters, "in") && !hasAny(letters, "r")) ||
    (hasAny(letters, "i") && number >= -2048n && number < 2048n) ||
    (hasAny(letters, "I") && number >= -2048n && number < 2048n) ||
    (hasAny(letters, "J") && number === 0n) ||
    (hasAny(letters, "K") && number >= 0n && number < 32n);
  if (!fits) return undefined;
  return constant(fitsWidth(number, "l") ? number : BigInt.asIntN(64, number));
}

/** The register that a register variable asks for. */
function registerOf(e: Expression): string | undefined {
  const place = e.kind === "load" ? e.place : e;
  if (place.kind !== "variable" || place.variable.isStatic) return undefined;
  const { register } = place.variable;
  return register === undefined ? undefined : (canonicalRegister(register) ?? register);
}

function clobbersOf(s: State, one: AsmStatement): string[] {
  const clobbers: string[] = [];
  for (const name of one.clobbers) {
    if (name === "cc" || isFloatRegister(name)) continue;
    const register = name === "memory" ? name : canonicalRegister(name);
    if (register === undefined)
      s.module.diagnostics.error(one.loc, `unknown register name '${name}' in 'asm'`);
    else if (!clobbers.includes(register)) clobbers.push(register);
  }
  return clobbers;
}

/** Nobody keeps anything in them. */
function isFloatRegister(name: string): boolean {
  return /^f([ats]?\d+)$/.test(name) || name === "fflags" || name === "fcsr";
}
