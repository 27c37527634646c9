// A module's data: each object in its section (ELF gABI, "Special sections"), with references to symbols as relocated words.

import type { AsmItem } from "../assemble/item.ts";
import type { IrData, SymbolLinkage } from "../ir/ir.ts";
import { labelItem, constantValue, symbolValue } from "./items.ts";

export interface SectionOptions {
  /** Each object and function in a section of its own, for the linker to leave out. */
  readonly functionSections: boolean;
  /** Variables without a value are common symbols, of which the linker makes one. */
  readonly common?: boolean;
}

/** Directives that say how far a symbol can be seen. */
export function linkageItems(
  symbol: string,
  { binding, hidden }: SymbolLinkage,
  items: AsmItem[],
): void {
  if (binding === "global") items.push({ kind: "directive", name: "globl", symbol, loc: 0 });
  else if (binding === "weak") items.push({ kind: "directive", name: "weak", symbol, loc: 0 });
  if (hidden) items.push({ kind: "directive", name: "hidden", symbol, loc: 0 });
}

export function sectionItem(
  section: string,
  flags: string | undefined,
  type: "progbits" | "nobits" | "init_array" | "fini_array" | undefined,
  entrySize = 0,
): AsmItem {
  return { kind: "directive", name: "section", section, flags, type, entrySize, loc: 0 };
}

export function emitData(data: IrData, options: SectionOptions, items: AsmItem[]): void {
  const { symbol } = data;
  if (options.common === true && isCommon(data)) {
    if (data.linkage.hidden) items.push({ kind: "directive", name: "hidden", symbol, loc: 0 });
    const { size, align } = data;
    items.push({ kind: "directive", name: "comm", symbol, size, align, loc: 0 });
    return;
  }
  const isOwn = options.functionSections || data.retain === true;
  const own = isOwn && !symbol.startsWith(".L") ? `.${symbol}` : "";
  const isEmpty = data.bytes === undefined && data.references.length === 0;
  const retain = data.retain === true ? "R" : "";
  const thread = data.threadLocal === true ? "T" : "";
  if (typeof data.section !== "string") {
    const { name } = data.section;
    const isZero = isEmpty && /^\.t?bss/.test(name);
    const isConstant = name.startsWith(".rodata");
    items.push(
      sectionItem(
        name,
        isConstant ? `a${retain}` : `aw${thread}${retain}`,
        isZero ? "nobits" : "progbits",
      ),
    );
  } else if (thread !== "") {
    const [name, type] = isEmpty
      ? ([".tbss", "nobits"] as const)
      : ([".tdata", "progbits"] as const);
    items.push(sectionItem(`${name}${own}`, `awT${retain}`, type));
  } else if (data.section === "bss") {
    items.push(sectionItem(`.bss${own}`, `aw${retain}`, "nobits"));
  } else if (data.section === "data") {
    items.push(sectionItem(`.data${own}`, `aw${retain}`, "progbits"));
  } else if (data.section === "strings" && isString(data)) {
    items.push(sectionItem(".rodata.str1.1", "aMS", "progbits", 1));
  } else if (data.section === "strings") {
    items.push(sectionItem(".rodata", "a", "progbits"));
  } else {
    items.push(sectionItem(`.rodata${own}`, `a${retain}`, "progbits"));
  }
  linkageItems(symbol, data.linkage, items);
  if (data.align > 1) items.push({ kind: "directive", name: "align", bytes: data.align, loc: 0 });
  items.push(
    { kind: "directive", name: "type", symbol, type: "object", loc: 0 },
    { kind: "directive", name: "size", symbol, size: constantValue(BigInt(data.size)), loc: 0 },
    labelItem(symbol, 0),
  );
  if (isEmpty) {
    if (data.size > 0)
      items.push({ kind: "directive", name: "zero", size: data.size, fill: 0, loc: 0 });
    return;
  }
  const references = [...data.references].sort((a, b) => a.offset - b.offset);
  let at = 0;
  const bytesUntil = (end: number): void => {
    const present = data.bytes?.subarray(at, end) ?? new Uint8Array();
    // Zeros at the end are said in a word.
    let { length } = present;
    while (length > 0 && present[length - 1] === 0) length--;
    if (length > 0)
      items.push({ kind: "directive", name: "bytes", bytes: present.subarray(0, length), loc: 0 });
    at += length;
    if (at < end) items.push({ kind: "directive", name: "zero", size: end - at, fill: 0, loc: 0 });
    at = end;
  };
  for (const { offset, size, symbol: to, addend, minus } of references) {
    bytesUntil(offset);
    items.push({
      kind: "directive",
      name: "data",
      size,
      values: [
        minus === undefined ? symbolValue(to, addend) : { ...symbolValue(to, addend), minus },
      ],
      loc: 0,
    });
    at = offset + size;
  }
  bytesUntil(data.size);
}

/** What has a section or a copy for each thread has a place of its own, and what is weak gives way. */
function isCommon(data: IrData): boolean {
  const isPlain = data.section === "bss" && data.threadLocal !== true && data.retain !== true;
  return isPlain && data.isTentative === true && data.linkage.binding === "global";
}

/** Strings may be merged when they end where they say. */
function isString({ bytes, align, size, references }: IrData): boolean {
  if (bytes === undefined || bytes.length !== size || align > 1 || references.length > 0)
    return false;
  return bytes.indexOf(0) === size - 1;
}
