// A relocatable ELF file becomes an object in memory: ours, GNU as's and clang's. (System V gABI, "Object Files"; RISC-V ELF
// psABI.)

import { ByteReader } from "./byte-reader.ts";
import * as E from "./elf.ts";
import type { ComdatGroup, ObjectFile, ObjectSymbol, Section } from "./object-file.ts";

interface RawHeader {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
  readonly align: number;
  readonly entrySize: number;
}

const LARGEST_ALIGNMENT = 1 << 20;
const LARGEST_SECTION = 2 ** 31;

/** @throws CompilationStopped with a message that names the file, when it is no object for our machine or damaged. */
export function readElf(name: string, bytes: Uint8Array): ObjectFile {
  const reader = new ByteReader(name, bytes);
  checkHeader(reader);
  const headers = readHeaders(reader);
  const sections = headers.map((header) => readSection(reader, header));
  const tables = headers.filter((header) => header.type === E.SHT_SYMTAB);
  const [table] = tables;
  if (tables.length > 1) reader.stop("there is more than one symbol table");
  const symbols = table === undefined ? [] : readSymbols(reader, headers, table, sections);
  for (const header of headers) {
    if (header.type === E.SHT_RELA) readRelocations(reader, header, sections, symbols);
    else if (header.type === 9 && header.size > 0) {
      reader.stop("relocations without addends (SHT_REL) are not RISC-V's");
    }
  }
  return {
    name,
    sections: sections.filter((section) => section !== undefined),
    symbols: symbols.slice(1),
    groups: headers
      .filter((header) => header.type === E.SHT_GROUP)
      .flatMap((header) => readGroup(reader, header, sections, symbols)),
  };
}

function checkHeader(reader: ByteReader): void {
  const { bytes } = reader;
  if (bytes.length < E.ELF_HEADER_SIZE || reader.u32(0) !== 0x464c457f) {
    reader.stop("not an object file");
  }
  if (bytes[4] !== 2 || bytes[5] !== 1) reader.stop("not a 64-bit little-endian object file");
  if (reader.u16(18) !== E.EM_RISCV) reader.stop("an object file for another machine than RISC-V");
  if (reader.u16(16) !== E.ET_REL) reader.stop("not a relocatable object file");
  const flags = reader.u32(48);
  if ((flags & E.EF_RISCV_FLOAT_ABI) !== 0) {
    reader.stop(
      "compiled for floating-point registers (-mabi=lp64d or lp64f); -mabi=lp64 is needed",
    );
  }
  if ((flags & E.EF_RISCV_RVE) !== 0) reader.stop("compiled for 16 registers (-mabi=lp64e)");
}

function readHeaders(reader: ByteReader): RawHeader[] {
  const at = reader.size(40);
  if (at === 0) return [];
  if (reader.u16(58) !== E.SECTION_HEADER_SIZE)
    reader.stop("the file is damaged: odd section headers");
  let count = reader.u16(60);
  let namesIndex = reader.u16(62);
  if (count === 0) count = reader.size(at + 32);
  if (namesIndex === E.SHN_XINDEX) namesIndex = reader.u32(at + 40);
  if (at + count * E.SECTION_HEADER_SIZE > reader.length) {
    reader.stop("the file is damaged: section headers lie behind its end");
  }
  const namesAt = at + namesIndex * E.SECTION_HEADER_SIZE;
  if (namesIndex >= count) reader.stop("the file is damaged: there are no names of sections");
  const names = reader.size(namesAt + 24);
  const namesEnd = names + reader.size(namesAt + 32);
  const headers: RawHeader[] = [];
  for (let index = 0; index < count; index++) {
    const from = at + index * E.SECTION_HEADER_SIZE;
    const type = reader.u32(from + 4);
    headers.push({
      name: index === 0 ? "" : reader.string(names + reader.u32(from), namesEnd),
      type,
      // What is above belongs to systems and processors, but for what is in the low 32 bits.
      flags: reader.u32(from + 8),
      offset: reader.size(from + 24),
      // In header 0 this is the number of sections.
      size: index === 0 ? 0 : reader.size(from + 32),
      link: reader.u32(from + 40),
      info: reader.u32(from + 44),
      align: Math.max(1, reader.size(from + 48)),
      entrySize: reader.size(from + 56),
    });
  }
  return headers;
}

function sectionType(header: RawHeader): Section["type"] | undefined {
  switch (header.type) {
    case E.SHT_PROGBITS:
      return "progbits";
    case E.SHT_NOBITS:
      return "nobits";
    case E.SHT_NOTE:
      return "note";
    case E.SHT_INIT_ARRAY:
      return "init_array";
    case E.SHT_FINI_ARRAY:
      return "fini_array";
    case E.SHT_PREINIT_ARRAY:
      return "preinit_array";
  }
  return undefined;
}

function readSection(reader: ByteReader, header: RawHeader): Section | undefined {
  const type = sectionType(header);
  if (type === undefined) return undefined;
  const { name, flags, align, size, offset, entrySize } = header;
  if ((align & (align - 1)) !== 0 || align > LARGEST_ALIGNMENT) {
    reader.stop(`section ${name} has an alignment of ${align}`);
  }
  if (size > LARGEST_SECTION) reader.stop(`section ${name} is too large`);
  if ((flags & E.SHF_COMPRESSED) !== 0) reader.stop(`section ${name} is compressed`);
  const merge = (flags & E.SHF_MERGE) !== 0 && entrySize > 0 && size % entrySize === 0;
  return {
    name,
    type,
    flags: {
      alloc: (flags & E.SHF_ALLOC) !== 0,
      write: (flags & E.SHF_WRITE) !== 0,
      execute: (flags & E.SHF_EXECINSTR) !== 0,
      merge,
      strings: (flags & E.SHF_STRINGS) !== 0,
      tls: (flags & E.SHF_TLS) !== 0,
      retain: (flags & E.SHF_GNU_RETAIN) !== 0,
    },
    align,
    entrySize,
    data: type === "nobits" ? new Uint8Array(0) : reader.slice(offset, size),
    size,
    relocations: [],
  };
}

function readSymbols(
  reader: ByteReader,
  headers: readonly RawHeader[],
  table: RawHeader,
  sections: readonly (Section | undefined)[],
): ObjectSymbol[] {
  const names = headers[table.link];
  if (names?.type !== E.SHT_STRTAB) reader.stop("the file is damaged: symbols have no names");
  const index = headers.indexOf(table);
  const extended = headers.find(
    (header) => header.type === E.SHT_SYMTAB_SHNDX && header.link === index,
  );
  const count = Math.floor(table.size / E.SYMBOL_SIZE);
  reader.slice(table.offset, count * E.SYMBOL_SIZE);
  const symbols: ObjectSymbol[] = [];
  for (let at = 0; at < count; at++) {
    const from = table.offset + at * E.SYMBOL_SIZE;
    const info = reader.u8(from + 4);
    const visibility = reader.u8(from + 5) & 3;
    let where = reader.u16(from + 6);
    const isExtended = where === E.SHN_XINDEX;
    if (isExtended) {
      if (extended === undefined)
        reader.stop("the file is damaged: sections of symbols are missing");
      where = reader.u32(extended.offset + at * 4);
    }
    const name = reader.string(names.offset + reader.u32(from), names.offset + names.size);
    const type = E.symbolTypes[info & 15];
    const binding = E.bindings[info >> 4];
    // STB_GNU_UNIQUE is a global as far as we are concerned; STT_GNU_IFUNC needs a resolver at run time.
    if (type === undefined) reader.stop(`symbol '${name}' is of a type that is not supported`);
    if (binding === undefined && info >> 4 !== 10) {
      reader.stop(`symbol '${name}' has a binding that is not supported`);
    }
    let section: ObjectSymbol["section"];
    if (!isExtended && where === E.SHN_ABS) section = "absolute";
    else if (!isExtended && where === E.SHN_COMMON) section = "common";
    else if (!isExtended && where >= E.SHN_LORESERVE) {
      reader.stop(`symbol '${name}' is in a section that is not supported`);
    } else if (where >= headers.length) {
      reader.stop(`the file is damaged: symbol '${name}' is in no section`);
    } else if (where !== E.SHN_UNDEF) section = sections[where];
    const isInSkipped = where !== E.SHN_UNDEF && section === undefined;
    symbols.push({
      name,
      binding: isInSkipped ? "local" : (binding ?? "global"),
      type,
      hidden: visibility === E.STV_HIDDEN || visibility === E.STV_INTERNAL,
      section,
      value: reader.u64(from + 8),
      size: reader.size(from + 16),
    });
  }
  return symbols;
}

function readRelocations(
  reader: ByteReader,
  header: RawHeader,
  sections: readonly (Section | undefined)[],
  symbols: readonly ObjectSymbol[],
): void {
  const section = sections[header.info];
  if (section === undefined) return;
  const count = Math.floor(header.size / E.RELA_SIZE);
  reader.slice(header.offset, count * E.RELA_SIZE);
  let last = -1;
  let isSorted = true;
  for (let at = 0; at < count; at++) {
    const from = header.offset + at * E.RELA_SIZE;
    const offset = reader.size(from);
    const index = reader.u32(from + 12);
    const symbol = index === 0 ? undefined : symbols[index];
    if (index !== 0 && symbol === undefined) {
      reader.stop("the file is damaged: a relocation has no symbol");
    }
    if (offset > section.size) reader.stop("the file is damaged: a relocation is in no section");
    if (offset < last) isSorted = false;
    last = offset;
    section.relocations.push({
      offset,
      type: reader.u32(from + 8),
      symbol,
      addend: reader.i64(from + 16),
    });
  }
  // The sort keeps the order of those at one place, which matters: ADD before SUB.
  if (!isSorted) section.relocations.sort((a, b) => a.offset - b.offset);
}

function readGroup(
  reader: ByteReader,
  header: RawHeader,
  sections: readonly (Section | undefined)[],
  symbols: readonly ObjectSymbol[],
): ComdatGroup[] {
  const symbol = symbols[header.info];
  if (symbol === undefined) reader.stop("the file is damaged: a group has no name");
  if (header.size < 4 || reader.u32(header.offset) !== E.GRP_COMDAT) return [];
  const members: Section[] = [];
  reader.slice(header.offset, header.size);
  for (let at = 4; at + 4 <= header.size; at += 4) {
    const member = sections[reader.u32(header.offset + at)];
    if (member !== undefined) members.push(member);
  }
  return [{ signature: symbol.name, sections: members }];
}
