// The text of an asm statement with its operands filled in: %0, %1 … and %% for a percent sign. What else the language has
// in templates, lowering has written out.

import type { Diagnostics } from "../source/diagnostics.ts";
import type { Machine } from "./machine.ts";
import { registerName } from "./registers.ts";

export function asmText(m: Machine, diagnostics: Diagnostics): string {
  if (m.asm === undefined) return "";
  const { instruction, operands } = m.asm;
  const { template } = instruction;
  let text = "";
  let at = 0;
  for (;;) {
    const percent = template.indexOf("%", at);
    if (percent < 0) return text + template.slice(at);
    text += template.slice(at, percent);
    at = percent + 1;
    if (template[at] === "%") {
      text += "%";
      at++;
      continue;
    }
    let end = at;
    while (isDigit(template[end])) end++;
    if (end === at) {
      text += "%";
      continue;
    }
    const operand = operands[Number(template.slice(at, end))];
    at = end;
    switch (operand?.kind) {
      case "definition":
        text += registerName(m.defs?.[operand.index] ?? 0);
        break;
      case "use":
        text += registerName(m.uses?.[operand.index] ?? 0);
        break;
      case "memory":
        text += `0(${registerName(m.uses?.[operand.index] ?? 0)})`;
        break;
      case "text":
        text += operand.text;
        break;
      case undefined:
        diagnostics.error(m.loc, "the asm statement's text names an operand that it does not have");
        return "";
    }
  }
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}
