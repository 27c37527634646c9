// The program as a file: headers, contents, and, unless they are not wanted, symbols. (System V gABI, "Program Header".)

import { ByteWriter } from "../object/byte-writer.ts";
import * as E from "../object/elf.ts";
import {
  type SectionHeader,
  writeHeader,
  writeSectionHeader,
  writeSymbol,
} from "../object/elf-image.ts";
import type { ObjectSymbol } from "../object/object-file.ts";
import { StringTable } from "../object/string-table.ts";
import { addressIn, targetOf } from "./address.ts";
import { type LinkState, movedOffset, type OutputSection, sectionOf } from "./input.ts";
import { type Layout, PAGE } from "./layout.ts";
import { relocateSection } from "./relocate.ts";

const PT_LOAD = 1;
const PT_TLS = 7;
const PT_GNU_STACK = 0x6474e551;
const READ_WRITE = 6;

export function writeProgram(
  state: LinkState,
  layout: Layout,
  entry: number,
  isStripped: boolean,
): Uint8Array {
  const undefinedNames = new Set<string>();
  let end = layout.fileEnd;
  for (const output of state.outputs) {
    if (output.isAlloc) continue;
    output.fileOffset = end;
    end += output.size;
  }
  const content = new Uint8Array(end);
  for (const output of state.outputs) fillOutput(state, output, content, undefinedNames);
  const writer = new ByteWriter();
  writer.bytes(content);
  const headers: SectionHeader[] = [];
  const names = new StringTable();
  for (const output of state.outputs) headers.push(outputHeader(output, names));
  const symbolsName = names.offsetOf(".symtab");
  const stringsName = names.offsetOf(".strtab");
  if (!isStripped) {
    const strings = new StringTable();
    const { bytes, locals } = symbolTable(state, strings);
    writer.align(8);
    headers.push({
      ...noHeader,
      name: symbolsName,
      type: E.SHT_SYMTAB,
      offset: writer.length,
      size: bytes.length,
      link: headers.length + 2,
      info: locals + 1,
      align: 8,
      entrySize: E.SYMBOL_SIZE,
    });
    writer.bytes(bytes);
    const text = strings.done();
    headers.push({
      ...noHeader,
      name: stringsName,
      type: E.SHT_STRTAB,
      offset: writer.length,
      size: text.length,
    });
    writer.bytes(text);
  }
  const namesName = names.offsetOf(".shstrtab");
  const nameBytes = names.done();
  headers.push({
    ...noHeader,
    name: namesName,
    type: E.SHT_STRTAB,
    offset: writer.length,
    size: nameBytes.length,
  });
  writer.bytes(nameBytes);
  writer.align(8);
  const sectionHeadersAt = writer.length;
  writeSectionHeader(writer, { ...noHeader, align: 0 });
  for (const header of headers) writeSectionHeader(writer, header);
  const bytes = writer.done();
  bytes.set(programStart(layout, entry, sectionHeadersAt, headers.length));
  return bytes;
}

const noHeader: SectionHeader = {
  name: 0,
  type: 0,
  flags: 0,
  address: 0n,
  offset: 0,
  size: 0,
  link: 0,
  info: 0,
  align: 1,
  entrySize: 0,
};

/** The ELF header and program headers. */
function programStart(
  layout: Layout,
  entry: number,
  sectionHeadersAt: number,
  sections: number,
): Uint8Array {
  const writer = new ByteWriter();
  writeHeader(writer, {
    type: E.ET_EXEC,
    entry: BigInt(entry),
    programHeaders: layout.programHeaders,
    sectionHeadersAt,
    sections: sections + 1,
    namesIndex: sections,
  });
  const header = (type: number, flags: number, numbers: readonly number[]): void => {
    writer.u32(type);
    writer.u32(flags);
    for (const number of numbers) writer.u64(BigInt(number));
  };
  for (const { flags, fileOffset, address, fileSize, memorySize } of layout.segments) {
    header(PT_LOAD, flags, [fileOffset, address, address, fileSize, memorySize, PAGE]);
  }
  if (layout.tls !== undefined) {
    const { output, fileSize, memorySize, align } = layout.tls;
    const { address, fileOffset } = output;
    header(PT_TLS, 4, [fileOffset, address, address, fileSize, memorySize, align]);
  }
  header(PT_GNU_STACK, READ_WRITE, [0, 0, 0, 0, 0, 16]);
  return writer.done();
}

const NOP = 0x13;

function fillOutput(
  state: LinkState,
  output: OutputSection,
  content: Uint8Array,
  undefinedNames: Set<string>,
): void {
  let at = output.fileOffset;
  for (const { kind, from } of output.chunks) {
    const start = output.fileOffset + from.offset;
    if (output.isExecuted) padCode(content, at, start);
    if (kind === "common" || (kind === "section" && from.section.type === "nobits")) continue;
    content.set(from.data, start);
    at = start + from.data.length;
    if (kind === "section") {
      const bytes = content.subarray(start, start + from.data.length);
      relocateSection(state, from, bytes, undefinedNames);
    }
  }
}

/** What lies between functions are instructions too, for whoever reads the disassembly. */
function padCode(content: Uint8Array, from: number, to: number): void {
  let at = from;
  if ((to - at) % 4 === 2) {
    content[at] = 1;
    at += 2;
  }
  for (; at + 4 <= to; at += 4) content[at] = NOP;
}

function outputHeader(output: OutputSection, names: StringTable): SectionHeader {
  const flags =
    (output.isWritten ? E.SHF_WRITE : 0) |
    (output.isAlloc ? E.SHF_ALLOC : 0) |
    (output.isExecuted ? E.SHF_EXECINSTR : 0) |
    (output.isTls ? E.SHF_TLS : 0);
  const type = output.isNobits ? "nobits" : output.type === "nobits" ? "progbits" : output.type;
  return {
    name: names.offsetOf(output.name),
    type: E.sectionTypeNumbers[type],
    flags,
    address: BigInt(output.address),
    offset: output.fileOffset,
    size: output.size,
    link: 0,
    info: 0,
    align: output.align,
    entrySize: 0,
  };
}

/** Symbols of what is in the program; labels that only the assembler needed (.L…) are left out. */
function symbolTable(
  state: LinkState,
  strings: StringTable,
): { bytes: Uint8Array; locals: number } {
  const indexOf = new Map<OutputSection, number>();
  for (const [at, output] of state.outputs.entries()) indexOf.set(output, at + 1);
  const writer = new ByteWriter();
  writer.bytes(new Uint8Array(E.SYMBOL_SIZE));
  let locals = 0;
  const put = (symbol: ObjectSymbol): boolean => {
    let size = symbol.size;
    let section = E.SHN_ABS;
    const from = sectionOf(state, symbol);
    if (symbol.section === "common") {
      const common = state.loaded.globals.get(symbol.name)?.common;
      if (common?.output === undefined) return false;
      section = indexOf.get(common.output) ?? E.SHN_ABS;
    } else if (symbol.section !== "absolute") {
      if (from?.output === undefined || addressIn(from, 0) === undefined) return false;
      section = indexOf.get(from.output) ?? E.SHN_ABS;
      if (from.cuts.length > 0) {
        const value = Number(symbol.value);
        size = movedOffset(from, value + size) - movedOffset(from, value);
      }
    }
    const target = targetOf(state, symbol, 0);
    if (target.kind !== "address") return false;
    let value = target.address;
    if (symbol.type === "tls") value -= state.tlsStart;
    writeSymbol(writer, strings.offsetOf(symbol.name), { ...symbol, size }, section, BigInt(value));
    return true;
  };
  for (const object of state.loaded.objects) {
    for (const symbol of object.symbols) {
      if (symbol.binding !== "local" || symbol.name === "" || symbol.type === "section") continue;
      if (symbol.name.startsWith(".L") || symbol.section === undefined) continue;
      if (put(symbol)) locals++;
    }
  }
  for (const { name, definition, common } of state.loaded.globals.values()) {
    if (definition !== undefined) put(definition.symbol);
    else if (common !== undefined) put({ ...commonSymbol, name, size: common.size });
    else if (state.own.has(name)) {
      const value = BigInt(state.own.get(name) ?? 0);
      put({ ...commonSymbol, name, type: "none", section: "absolute", value });
    }
  }
  return { bytes: writer.done(), locals };
}

const commonSymbol: ObjectSymbol = {
  name: "",
  binding: "global",
  type: "object",
  hidden: false,
  section: "common",
  value: 0n,
  size: 0,
};
