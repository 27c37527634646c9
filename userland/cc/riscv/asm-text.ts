// The text of an asm statement with its operands filled in: %0 … by position, %z0 a register that may be zero, %= a number
// that no other statement has, %% a percent sign.

import type { Diagnostics } from "../source/diagnostics.ts";
import type { Machine } from "./machine.ts";
import { registerName } from "./registers.ts";

let statements = 0;

export function asmText(m: Machine, diagnostics: Diagnostics): string {
  if (m.asm === undefined) return "";
  const { instruction, operands } = m.asm;
  const { template } = instruction;
  const number = ++statements;
  let text = "";
  let at = 0;
  const isDigit = (character: string | undefined): boolean =>
    character !== undefined && character >= "0" && character <= "9";
  while (at < template.length) {
    const percent = template.indexOf("%", at);
    if (percent < 0) break;
    text += template.slice(at, percent);
    at = percent + 1;
    let modifier = "";
    const character = template[at];
    if (character === "%") {
      text += "%";
      at++;
      continue;
    }
    if (character === "=") {
      text += String(number);
      at++;
      continue;
    }
    if (!isDigit(character) && isDigit(template[at + 1])) {
      modifier = character ?? "";
      at++;
    }
    let end = at;
    while (isDigit(template[end])) end++;
    if (end === at) {
      // %hi(…), %lo(…) and the like are the assembler's.
      text += "%";
      continue;
    }
    const operand = operands[Number(template.slice(at, end))];
    at = end;
    if (operand === undefined) {
      diagnostics.error(m.loc, "the asm statement's text names an operand that it does not have");
      return "";
    }
    if (modifier !== "" && modifier !== "z" && modifier !== "i") {
      diagnostics.error(m.loc, `asm operands have no modifier '${modifier}'`);
      return "";
    }
    switch (operand.kind) {
      case "definition":
        text += registerName(m.defs?.[operand.index] ?? 0);
        break;
      case "use":
        text += registerName(m.uses?.[operand.index] ?? 0);
        break;
      case "physical":
        text += registerName(operand.register);
        break;
      case "memory":
        text += `0(${registerName(m.uses?.[operand.index] ?? 0)})`;
        break;
      case "text":
        text += modifier === "z" && operand.text === "0" ? "zero" : operand.text;
        break;
    }
  }
  return text + template.slice(at);
}
