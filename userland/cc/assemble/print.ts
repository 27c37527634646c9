// Assembly items as text (-S), in the syntax of GNU as, which reads it as our own parser does.

import type { Loc, Sources } from "../source/sources.ts";
import type { AsmItem, AsmOperand, DirectiveItem, Value } from "./item.ts";
import { registerNames } from "./registers.ts";

/** A line for each item. With `sources`, places are printed as .file and .loc; without, they are left out. */
export function printAssembly(items: readonly AsmItem[], sources?: Sources): string {
  const lines: string[] = [];
  const places = sources === undefined ? undefined : new PlacePrinter(sources);
  for (const item of items) {
    if (item.kind === "label") lines.push(`${symbolText(item.name)}:`);
    else if (item.kind === "instruction") {
      lines.push(
        item.operands.length === 0
          ? `\t${item.mnemonic}`
          : `\t${item.mnemonic}\t${item.operands.map(operandText).join(", ")}`,
      );
    } else if (item.name === "loc") places?.print(item.place, lines);
    else printDirective(item, lines);
  }
  lines.push("");
  return lines.join("\n");
}

/** Numbers files as they appear; a file included twice is one file. */
class PlacePrinter {
  readonly #sources: Sources;
  readonly #numbers = new Map<string, number>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  print(loc: Loc, lines: string[]): void {
    const place = this.#sources.locate(loc);
    if (place === undefined) return;
    let number = this.#numbers.get(place.file.name);
    if (number === undefined) {
      number = this.#numbers.size + 1;
      this.#numbers.set(place.file.name, number);
      lines.push(`\t.file\t${number} ${quoted(place.file.name)}`);
    }
    lines.push(`\t.loc\t${number} ${place.line} ${place.column}`);
  }
}

function operandText(operand: AsmOperand): string {
  switch (operand.kind) {
    case "register":
      return registerNames[operand.number] ?? `x${operand.number}`;
    case "value":
      return valueText(operand.value);
    case "memory":
      return `${valueText(operand.offset)}(${registerNames[operand.base] ?? `x${operand.base}`})`;
    case "name":
      return operand.name;
  }
}

/** `%lo(symbol+4)`, `end-start`, `-8`. */
export function valueText(value: Value): string {
  let text = value.symbol === undefined ? "" : symbolText(value.symbol);
  if (value.minus !== undefined) text += `-${symbolText(value.minus)}`;
  if (text === "") text = String(value.addend);
  else if (value.addend > 0n) text += `+${value.addend}`;
  else if (value.addend < 0n) text += String(value.addend);
  return value.modifier === undefined ? text : `%${value.modifier}(${text})`;
}

const PLAIN = /^[A-Za-z0-9_.$\u0080-\uffff]+$/;

function symbolText(name: string): string {
  return PLAIN.test(name) ? name : quoted(name);
}

const dataNames = { 1: ".byte", 2: ".half", 4: ".word", 8: ".dword" } as const;

function printDirective(item: Exclude<DirectiveItem, { name: "loc" }>, lines: string[]): void {
  switch (item.name) {
    case "section":
      lines.push(sectionText(item));
      return;
    case "previous":
    case "popsection":
      lines.push(`\t.${item.name}`);
      return;
    case "align":
      lines.push(`\t.balign\t${item.bytes}`);
      return;
    case "globl":
    case "weak":
    case "local":
    case "hidden":
      lines.push(`\t.${item.name}\t${symbolText(item.symbol)}`);
      return;
    case "type":
      lines.push(`\t.type\t${symbolText(item.symbol)}, @${item.type}`);
      return;
    case "size":
      lines.push(`\t.size\t${symbolText(item.symbol)}, ${valueText(item.size)}`);
      return;
    case "set":
      lines.push(`\t.set\t${symbolText(item.symbol)}, ${valueText(item.value)}`);
      return;
    case "data":
      lines.push(`\t${dataNames[item.size]}\t${item.values.map(valueText).join(", ")}`);
      return;
    case "bytes":
      printBytes(item.bytes, lines);
      return;
    case "zero":
      lines.push(item.fill === 0 ? `\t.zero\t${item.size}` : `\t.zero\t${item.size}, ${item.fill}`);
      return;
    case "comm":
      lines.push(`\t.comm\t${symbolText(item.symbol)}, ${item.size}, ${item.align}`);
      return;
    case "option":
      lines.push(`\t.option\t${item.option}`);
      return;
  }
}

function sectionText(item: Extract<DirectiveItem, { name: "section" }>): string {
  const { section, flags, type, entrySize, group } = item;
  const directive = item.push === true ? ".pushsection" : ".section";
  if (flags === undefined && type === undefined) {
    const short = section === ".text" || section === ".data" || section === ".bss";
    if (short && item.push !== true) return `\t${section}`;
    return `\t${directive}\t${sectionName(section)}`;
  }
  let text = `\t${directive}\t${sectionName(section)}, "${flags ?? ""}", @${type ?? "progbits"}`;
  if (flags?.includes("M") === true) text += `, ${entrySize}`;
  if (group !== undefined) text += `, ${symbolText(group)}, comdat`;
  return text;
}

function sectionName(name: string): string {
  return /^[A-Za-z0-9_.$-]+$/.test(name) ? name : quoted(name);
}

const BYTES_A_LINE = 16;
const CHARACTERS_A_LINE = 64;

/** As text when most of it is that, else as numbers. */
function printBytes(bytes: Uint8Array, lines: string[]): void {
  let readable = 0;
  for (const byte of bytes) {
    if ((byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10) readable++;
  }
  if (readable === 0 || readable * 4 < bytes.length * 3 - 4) {
    for (let at = 0; at < bytes.length; at += BYTES_A_LINE) {
      lines.push(`\t.byte\t${Array.from(bytes.subarray(at, at + BYTES_A_LINE)).join(", ")}`);
    }
    return;
  }
  for (let at = 0; at < bytes.length; at += CHARACTERS_A_LINE) {
    let end = Math.min(at + CHARACTERS_A_LINE, bytes.length);
    const last = end === bytes.length - 1 && bytes[end] === 0;
    if (last) end++;
    const isString = end === bytes.length && bytes[end - 1] === 0;
    const text = escaped(bytes.subarray(at, isString ? end - 1 : end));
    lines.push(`\t.${isString ? "string" : "ascii"}\t"${text}"`);
    if (last) return;
  }
}

function quoted(text: string): string {
  return `"${escaped(new TextEncoder().encode(text))}"`;
}

function escaped(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    if (byte === 0x22) text += '\\"';
    else if (byte === 0x5c) text += "\\\\";
    else if (byte === 0x0a) text += "\\n";
    else if (byte === 0x09) text += "\\t";
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    // Always three digits, so that a digit behind it is not taken for another of them.
    else text += `\\${byte.toString(8).padStart(3, "0")}`;
  }
  return text;
}
