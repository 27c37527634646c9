// docs/instructions.md, from the table. isa-document.test.ts says when the file is out of date, and writes it anew.

import { compressedInstructions } from "./isa-compressed.ts";
import type { Extension } from "./isa-instruction.ts";
import { instructions } from "./isa.ts";

const titles: Record<Extension, string> = {
  I: "RV64I, the base",
  M: "M, multiplication and division",
  A: "A, atomics",
  Zicsr: "Zicsr, control and status registers",
  Zifencei: "Zifencei, instruction fetch fence",
};

function hex(value: number, digits: number): string {
  return `\`${(value >>> 0).toString(16).padStart(digits, "0")}\``;
}

function cell(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** The whole document. */
export function instructionDocument(): string {
  const lines = [
    "# Instructions",
    "",
    "Written by `kernel/cpu/isa-document.ts` from the instruction table; do not edit. A word is an instruction when",
    "its bits under the mask are the match. What is not listed here is an illegal instruction (trap 2).",
    "",
    "`sext` and `zext` extend to 64 bits; `<s` and `<u` compare signed and unsigned.",
    "",
  ];
  for (const [extension, title] of Object.entries(titles)) {
    lines.push(
      `## ${title}`,
      "",
      "| name | mask | match | operands | does |",
      "| --- | --- | --- | --- | --- |",
    );
    for (const one of instructions) {
      if (one.extension !== extension) continue;
      const cells = [
        `\`${one.name}\``,
        hex(one.mask, 8),
        hex(one.match, 8),
        one.format,
        cell(one.does),
      ];
      lines.push(`| ${cells.join(" | ")} |`);
    }
    lines.push("");
  }
  lines.push(
    "## C, compressed",
    "",
    "| name | mask | match | means |",
    "| --- | --- | --- | --- |",
  );
  for (const one of compressedInstructions) {
    const cells = [`\`${one.name}\``, hex(one.mask, 4), hex(one.match, 4), cell(one.means)];
    lines.push(`| ${cells.join(" | ")} |`);
  }
  return `${lines.join("\n")}\n`;
}
