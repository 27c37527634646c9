// The template of an asm statement with its operands by the IR's numbers (GCC manual, "Extended Asm", "Assembler Template"): %3 and %[name],
// the modifiers z (the register zero for a 0) and i (an i for an immediate), %% and %=.

import type { AsmStatement } from "../tree/ast.ts";
import type { ModuleState } from "./state.ts";

export interface TemplateOperand {
  readonly name: string | undefined;
  /** In the IR's template. */
  readonly number: number;
  /** An "address" is in a register and printed as what lies there. */
  readonly how: "register" | "memory" | "address" | "immediate";
  readonly constant: bigint | undefined;
}

export function writeTemplate(
  one: AsmStatement,
  operands: readonly TemplateOperand[],
  module: ModuleState,
): { readonly text: string; readonly problem: string | undefined } {
  const { template } = one;
  let text = "";
  let problem: string | undefined;
  let copied = 0;
  let unique: number | undefined;
  for (let at = template.indexOf("%"); at >= 0; at = template.indexOf("%", at)) {
    text += template.slice(copied, at);
    at++;
    const letter = template[at];
    if (letter === "%") {
      text += "%%";
      copied = ++at;
      continue;
    }
    if (letter === "=") {
      unique ??= module.unique++;
      text += String(unique);
      copied = ++at;
      continue;
    }
    let modifier = "";
    if (letter !== undefined && isLetter(letter)) {
      modifier = letter;
      at++;
    }
    const end = endOfReference(template, at);
    const operand = find(template.slice(at, end), operands);
    if (operand === undefined) {
      problem ??= `the template speaks of an operand '%${modifier}${template.slice(at, Math.max(end, at + 1))}', which there is not`;
      copied = at = Math.max(end, at);
      continue;
    }
    if (modifier !== "" && !"ziaclon".includes(modifier))
      problem ??= `the operand modifier '${modifier}' is not supported`;
    text += written(operand, modifier);
    copied = at = end;
  }
  return { text: text + template.slice(copied), problem };
}

function written(operand: TemplateOperand, modifier: string): string {
  const { number, how, constant } = operand;
  if (modifier === "z" && how === "immediate" && constant === 0n) return "zero";
  if (modifier === "i") return how === "immediate" ? "i" : "";
  return how === "address" ? `0(%${number})` : `%${number}`;
}

function isLetter(letter: string): boolean {
  return (letter >= "a" && letter <= "z") || (letter >= "A" && letter <= "Z");
}

/** Behind a number or a name in brackets. */
function endOfReference(template: string, at: number): number {
  if (template[at] === "[") {
    const close = template.indexOf("]", at);
    return close < 0 ? at : close + 1;
  }
  let end = at;
  for (
    let digit = template[end];
    digit !== undefined && digit >= "0" && digit <= "9";
    digit = template[end]
  )
    end++;
  return end;
}

function find(
  reference: string,
  operands: readonly TemplateOperand[],
): TemplateOperand | undefined {
  if (reference === "") return undefined;
  if (!reference.startsWith("[")) return operands[Number(reference)];
  const name = reference.slice(1, -1);
  return operands.find((operand) => operand.name === name);
}
