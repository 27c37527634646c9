// The assembler: items become an object file. One pass collects sections, symbols and fixups, layout finds the branches'
// sizes, and finish.ts writes sections and relocations. (RISC-V ELF psABI, GNU as manual.)

import type { Diagnostics } from "../source/diagnostics.ts";
import type { ObjectFile } from "../object/object-file.ts";
import type { Sources } from "../source/sources.ts";
import { type Assembly, labelSymbol, refuse, symbolic, symbolNamed } from "./assembly.ts";
import { finishObject } from "./finish.ts";
import { MOST_BYTES, MOST_ZEROS } from "./parse-directive.ts";
import type { AsmItem, DirectiveItem, Value } from "./item.ts";
import { writeNumber } from "./number.ts";
import { handlers } from "./pseudo-instructions.ts";
import { StatementRefused } from "./scanner.ts";
import { createSection, here, noFlags, reserve, usualSection } from "./section-builder.ts";
import type { SectionBuilder } from "./section-builder.ts";
import { suggestMnemonic } from "./suggest.ts";

export interface DebugOptions {
  readonly sources: Sources;
  /** The compile unit's name; when absent the first file's. */
  readonly unit?: string;
  /** Where relative names begin. */
  readonly folder?: string;
}

interface Progress extends Assembly {
  previous: SectionBuilder;
  readonly sectionStack: { readonly section: SectionBuilder; readonly previous: SectionBuilder }[];
  readonly optionStack: { readonly rvc: boolean; readonly relax: boolean }[];
  total: number;
}

/**
 * Makes the object; what is wrong is in the diagnostics, and the object then lacks it. With `debug` it has DWARF. Without
 * `relax` it begins as under `.option norelax`.
 */
export function assemble(
  items: readonly AsmItem[],
  name: string,
  diagnostics: Diagnostics,
  debug?: DebugOptions,
  relax = true,
): ObjectFile {
  const text = createSection(".text", "progbits", usualSection(".text").flags, 0, undefined);
  const a: Progress = {
    diagnostics,
    sections: new Map([[".text", text]]),
    symbols: new Map(),
    allSymbols: [],
    localLabels: new Map(),
    section: text,
    rvc: true,
    relax,
    loc: 0,
    anonymous: 0,
    previous: text,
    sectionStack: [],
    optionStack: [],
    total: 0,
  };
  const isPlaced = items.some((item) => item.kind === "directive" && item.name === "loc");
  let place = 0;
  for (const item of items) {
    a.loc = item.loc;
    try {
      if (item.kind === "instruction") {
        if (debug !== undefined) noteLine(a, isPlaced ? place : item.loc);
        instruct(a, item);
      } else if (item.kind === "label") defineLabel(a, item.name);
      else if (item.name === "loc") place = item.place;
      else direct(a, item);
    } catch (error) {
      if (!(error instanceof StatementRefused)) throw error;
      diagnostics.error(error.loc, error.message);
    }
  }
  return finishObject(a, name, debug);
}

/** A row of the line table, if the place is another than the one before. */
function noteLine({ section }: Assembly, place: number): void {
  const last = section.lines.at(-1);
  if (place === 0 || last?.loc === place) return;
  section.lines.push({ raw: section.length, index: section.fragments.length, loc: place });
}

function instruct(a: Assembly, item: Extract<AsmItem, { kind: "instruction" }>): void {
  const { mnemonic, operands } = item;
  const handler = handlers.get(mnemonic);
  if (handler === undefined) refuse(a, suggestMnemonic(mnemonic, handlers.keys()));
  if (a.section.type === "nobits") refuse(a, `instructions cannot be in '${a.section.name}'`);
  handler(a, operands, mnemonic);
}

function defineLabel(a: Assembly, name: string): void {
  const symbol = labelSymbol(a, name);
  if (symbol.position !== undefined || symbol.equals !== undefined || symbol.common !== undefined) {
    refuse(a, `symbol '${name}' is already defined`);
  }
  symbol.position = here(a.section);
}

function direct(a: Progress, item: Exclude<DirectiveItem, { name: "loc" }>): void {
  switch (item.name) {
    case "section":
      enterSection(a, item);
      return;
    case "previous": {
      const { section } = a;
      a.section = a.previous;
      a.previous = section;
      return;
    }
    case "popsection": {
      const last = a.sectionStack.pop();
      if (last === undefined) refuse(a, ".popsection without .pushsection");
      a.section = last.section;
      a.previous = last.previous;
      return;
    }
    case "align":
      align(a, item.bytes);
      return;
    case "globl":
      // What is weak stays so.
      symbolNamed(a, item.symbol).binding ??= "global";
      return;
    case "weak":
    case "local":
      symbolNamed(a, item.symbol).binding = item.name;
      return;
    case "hidden":
      symbolNamed(a, item.symbol).hidden = true;
      return;
    case "type":
      symbolNamed(a, item.symbol).type = item.type;
      return;
    case "size":
      symbolNamed(a, item.symbol).size = symbolic(a, item.size);
      return;
    case "set":
      setSymbol(a, item.symbol, item.value);
      return;
    case "data":
      putData(a, item.size, item.values);
      return;
    case "bytes":
      putBytes(a, item.bytes);
      return;
    case "zero":
      putFill(a, item.size, item.fill);
      return;
    case "comm": {
      const symbol = symbolNamed(a, item.symbol);
      if (symbol.position !== undefined || symbol.equals !== undefined) {
        refuse(a, `symbol '${item.symbol}' is already defined`);
      }
      symbol.common = { size: item.size, align: item.align };
      if (symbol.type === "none") symbol.type = "object";
      return;
    }
    case "option":
      setOption(a, item.option);
      return;
  }
}

function enterSection(a: Progress, item: Extract<DirectiveItem, { name: "section" }>): void {
  const { section: name, flags, group } = item;
  const key = group === undefined ? name : `${name}\0${group}`;
  let section = a.sections.get(key);
  if (section === undefined) {
    const usual = usualSection(name);
    const given =
      flags === undefined
        ? usual.flags
        : {
            ...noFlags,
            alloc: flags.includes("a"),
            write: flags.includes("w"),
            execute: flags.includes("x"),
            merge: flags.includes("M"),
            strings: flags.includes("S"),
            tls: flags.includes("T"),
            retain: flags.includes("R"),
          };
    section = createSection(name, item.type ?? usual.type, given, item.entrySize, group);
    a.sections.set(key, section);
  }
  if (item.push === true) a.sectionStack.push({ section: a.section, previous: a.previous });
  a.previous = a.section;
  a.section = section;
}

function align(a: Progress, bytes: number): void {
  const { section } = a;
  if (bytes > section.align) section.align = bytes;
  if (bytes <= 1) return;
  const { rvc, relax: relaxes } = a;
  const { length: raw } = section;
  section.fragments.push({ kind: "align", raw, size: 0, bytes, rvc, relaxes, isOpen: false });
}

function setSymbol(a: Assembly, name: string, value: Value): void {
  const symbol = symbolNamed(a, name);
  if (symbol.position !== undefined || symbol.common !== undefined) {
    refuse(a, `symbol '${name}' is already defined`);
  }
  symbol.equals = symbolic(a, value);
}

/** Makes room for `more` bytes of data. */
function grow(a: Progress, more: number): void {
  if (a.section.type === "nobits") {
    if (a.section.length + more > MOST_ZEROS)
      a.diagnostics.fatal(a.loc, "the section is too large");
    return;
  }
  a.total += more;
  if (a.total > MOST_BYTES) a.diagnostics.fatal(a.loc, "the object is larger than 64 MiB");
  reserve(a.section, more);
}

function refuseNobits(a: Assembly): void {
  if (a.section.type === "nobits") {
    refuse(a, `'${a.section.name}' has no contents: only zeros can be in it`);
  }
}

function putBytes(a: Progress, bytes: Uint8Array): void {
  const { section } = a;
  if (section.type === "nobits") {
    if (bytes.some((byte) => byte !== 0)) refuseNobits(a);
    putFill(a, bytes.length, 0);
    return;
  }
  grow(a, bytes.length);
  section.bytes.set(bytes, section.length);
  section.length += bytes.length;
}

function putFill(a: Progress, size: number, fill: number): void {
  const { section } = a;
  if (fill !== 0) refuseNobits(a);
  grow(a, size);
  if (section.type !== "nobits" && fill !== 0) {
    section.bytes.fill(fill, section.length, section.length + size);
  }
  section.length += size;
}

function putData(a: Progress, size: 1 | 2 | 4 | 8, values: readonly Value[]): void {
  const { section } = a;
  for (const value of values) {
    const isKnown = value.symbol === undefined && value.minus === undefined;
    if (!isKnown || value.addend !== 0n) refuseNobits(a);
    grow(a, size);
    if (isKnown) {
      if (section.type !== "nobits") writeNumber(section.bytes, section.length, size, value.addend);
    } else {
      if (value.modifier !== undefined) refuse(a, `%${value.modifier}(…) does not go into data`);
      section.dataFixups.push({
        raw: section.length,
        index: section.fragments.length,
        size,
        value: symbolic(a, value),
        loc: a.loc,
      });
    }
    section.length += size;
  }
}

function setOption(a: Progress, option: string): void {
  switch (option) {
    case "push":
      a.optionStack.push({ rvc: a.rvc, relax: a.relax });
      return;
    case "pop": {
      const last = a.optionStack.pop();
      if (last === undefined) refuse(a, ".option pop without .option push");
      a.rvc = last.rvc;
      a.relax = last.relax;
      return;
    }
    case "rvc":
    case "norvc":
      a.rvc = option === "rvc";
      return;
    case "relax":
    case "norelax":
      a.relax = option === "relax";
      return;
    case "pic":
      refuse(a, "position-independent code is not supported");
  }
  // nopic: nothing is position-independent.
}
