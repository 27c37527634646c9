// An object in memory becomes a relocatable ELF file. (System V gABI, "Object Files"; RISC-V ELF psABI.)

import { riscvAttributes } from "./attributes.ts";
import { ByteWriter } from "./byte-writer.ts";
import * as E from "./elf.ts";
import {
  flagBits,
  type SectionHeader,
  writeHeader,
  writeSectionHeader,
  writeSymbol,
} from "./elf-image.ts";
import type { ObjectFile, ObjectSymbol, Section } from "./object-file.ts";
import { packStrings } from "./string-table.ts";

/** Of the sections that come behind the others. */
const lastNames = [".symtab", ".strtab", ".symtab_shndx"];

interface Part {
  readonly name: string;
  readonly header: Omit<SectionHeader, "name" | "offset" | "size" | "address">;
  readonly data: Uint8Array;
  readonly size: number;
}

export function writeElf(object: ObjectFile): Uint8Array {
  const { sections, groups } = object;
  // Groups come before what is in them; index 0 is nothing.
  const firstSection = 1 + groups.length;
  const indexOf = new Map<Section, number>();
  for (const [at, section] of sections.entries()) indexOf.set(section, firstSection + at);
  const relocated = sections.filter((section) => section.relocations.length > 0);
  const symbolTableIndex = firstSection + sections.length + relocated.length + 1;
  const grouped = new Set(groups.flatMap((group) => group.sections));

  const locals = object.symbols.filter((symbol) => symbol.binding === "local");
  const others = object.symbols.filter((symbol) => symbol.binding !== "local");
  const ordered = [...locals, ...others];
  const symbolIndex = new Map<ObjectSymbol, number>();
  for (const [at, symbol] of ordered.entries()) symbolIndex.set(symbol, at + 1);

  const parts: Part[] = [];
  for (const { signature, sections: members } of groups) {
    const writer = new ByteWriter();
    writer.u32(E.GRP_COMDAT);
    for (const member of members) {
      writer.u32(indexOf.get(member) ?? 0);
      const at = relocated.indexOf(member);
      if (at >= 0) writer.u32(firstSection + sections.length + at);
    }
    const symbol = ordered.findIndex((one) => one.name === signature) + 1;
    const rest = { flags: 0, link: symbolTableIndex, info: symbol, align: 4, entrySize: 4 };
    parts.push(part(".group", E.SHT_GROUP, writer.done(), rest));
  }
  for (const section of sections) {
    parts.push({
      name: section.name,
      header: {
        type: E.sectionTypeNumbers[section.type],
        flags: flagBits(section.flags) | (grouped.has(section) ? E.SHF_GROUP : 0),
        link: 0,
        info: 0,
        align: section.align,
        entrySize: section.entrySize,
      },
      data: section.data,
      size: section.size,
    });
  }
  for (const section of relocated) {
    parts.push(
      part(`.rela${section.name}`, E.SHT_RELA, relocationBytes(section, symbolIndex), {
        flags: E.SHF_INFO_LINK | (grouped.has(section) ? E.SHF_GROUP : 0),
        link: symbolTableIndex,
        info: indexOf.get(section) ?? 0,
        align: 8,
        entrySize: E.RELA_SIZE,
      }),
    );
  }
  const plain = { flags: 0, link: 0, info: 0, align: 1, entrySize: 0 };
  parts.push(part(".riscv.attributes", E.SHT_RISCV_ATTRIBUTES, riscvAttributes(), plain));
  // One table for both kinds of names, because a function's section ends with the function's name.
  const strings = packStrings([
    ...parts.map(({ name }) => name),
    ...lastNames,
    ...ordered.map(({ name }) => name),
  ]);
  const { symbols, indices } = symbolBytes(ordered, indexOf, strings.offsetOf);
  parts.push(
    part(".symtab", E.SHT_SYMTAB, symbols, {
      flags: 0,
      link: symbolTableIndex + 1,
      info: locals.length + 1,
      align: 8,
      entrySize: E.SYMBOL_SIZE,
    }),
    part(".strtab", E.SHT_STRTAB, strings.bytes, plain),
  );
  if (indices !== undefined) {
    parts.push(
      part(".symtab_shndx", E.SHT_SYMTAB_SHNDX, indices, {
        flags: 0,
        link: symbolTableIndex,
        info: 0,
        align: 4,
        entrySize: 4,
      }),
    );
  }
  return writeFile(parts, strings.offsetOf, symbolTableIndex + 1);
}

function part(
  name: string,
  type: number,
  data: Uint8Array,
  rest: Omit<Part["header"], "type">,
): Part {
  return { name, header: { type, ...rest }, data, size: data.length };
}

function relocationBytes(
  section: Section,
  symbolIndex: ReadonlyMap<ObjectSymbol, number>,
): Uint8Array {
  const writer = new ByteWriter();
  for (const { offset, type, symbol, addend } of section.relocations) {
    writer.u64(BigInt(offset));
    writer.u32(type);
    writer.u32(symbol === undefined ? 0 : (symbolIndex.get(symbol) ?? 0));
    writer.u64(addend);
  }
  return writer.done();
}

function symbolBytes(
  symbols: readonly ObjectSymbol[],
  indexOf: ReadonlyMap<Section, number>,
  offsetOf: (text: string) => number,
): { symbols: Uint8Array; indices: Uint8Array | undefined } {
  const writer = new ByteWriter();
  writer.bytes(new Uint8Array(E.SYMBOL_SIZE));
  const extended = new ByteWriter();
  extended.u32(0);
  let isExtended = false;
  for (const symbol of symbols) {
    const { section } = symbol;
    let index = E.SHN_UNDEF;
    if (section === "absolute") index = E.SHN_ABS;
    else if (section === "common") index = E.SHN_COMMON;
    else if (section !== undefined) index = indexOf.get(section) ?? E.SHN_UNDEF;
    const isFar = typeof section === "object" && index >= E.SHN_LORESERVE;
    isExtended ||= isFar;
    extended.u32(isFar ? index : 0);
    const name = offsetOf(symbol.name);
    writeSymbol(writer, name, symbol, isFar ? E.SHN_XINDEX : index, symbol.value);
  }
  return { symbols: writer.done(), indices: isExtended ? extended.done() : undefined };
}

function writeFile(
  parts: readonly Part[],
  offsetOf: (name: string) => number,
  namesIndex: number,
): Uint8Array {
  const content = new ByteWriter();
  content.bytes(new Uint8Array(E.ELF_HEADER_SIZE));
  const headers: SectionHeader[] = [];
  for (const { name, header, data, size } of parts) {
    content.align(Math.max(1, header.align));
    headers.push({
      ...header,
      name: offsetOf(name),
      address: 0n,
      offset: content.length,
      size,
    });
    content.bytes(data);
  }
  content.align(8);
  const sectionHeadersAt = content.length;
  const count = parts.length + 1;
  writeSectionHeader(content, {
    ...noRest,
    type: 0,
    name: 0,
    address: 0n,
    offset: 0,
    align: 0,
    // Where the ELF header's 16 bits do not suffice.
    size: count >= E.SHN_LORESERVE ? count : 0,
    link: namesIndex >= E.SHN_LORESERVE ? namesIndex : 0,
  });
  for (const header of headers) writeSectionHeader(content, header);
  const bytes = content.done();
  const start = new ByteWriter();
  writeHeader(start, {
    type: E.ET_REL,
    entry: 0n,
    programHeaders: 0,
    sectionHeadersAt,
    sections: count,
    namesIndex,
  });
  bytes.set(start.done());
  return bytes;
}

const noRest = { flags: 0, link: 0, info: 0, align: 1, entrySize: 0 };
