// The parts of an ELF file that objects and programs write alike: its header, section headers, symbols.

import type { ByteWriter } from "./byte-writer.ts";
import * as E from "./elf.ts";
import type { ObjectSymbol, SectionFlags } from "./object-file.ts";

export interface ElfHeader {
  readonly type: number;
  readonly entry: bigint;
  readonly programHeaders: number;
  readonly sectionHeadersAt: number;
  readonly sections: number;
  readonly namesIndex: number;
}

/** The first 64 bytes. Counts that do not fit into it stand in section header 0. */
export function writeHeader(writer: ByteWriter, header: ElfHeader): void {
  for (const byte of [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]) writer.u8(byte);
  writer.u64(0n);
  writer.u16(header.type);
  writer.u16(E.EM_RISCV);
  writer.u32(1);
  writer.u64(header.entry);
  writer.u64(BigInt(header.programHeaders === 0 ? 0 : E.ELF_HEADER_SIZE));
  writer.u64(BigInt(header.sectionHeadersAt));
  writer.u32(E.EF_RISCV_RVC);
  writer.u16(E.ELF_HEADER_SIZE);
  writer.u16(header.programHeaders === 0 ? 0 : E.PROGRAM_HEADER_SIZE);
  writer.u16(header.programHeaders);
  writer.u16(E.SECTION_HEADER_SIZE);
  writer.u16(header.sections >= E.SHN_LORESERVE ? 0 : header.sections);
  writer.u16(header.namesIndex >= E.SHN_LORESERVE ? E.SHN_XINDEX : header.namesIndex);
}

export interface SectionHeader {
  readonly name: number;
  readonly type: number;
  readonly flags: number;
  readonly address: bigint;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
  readonly align: number;
  readonly entrySize: number;
}

export function writeSectionHeader(writer: ByteWriter, header: SectionHeader): void {
  writer.u32(header.name);
  writer.u32(header.type);
  writer.u64(BigInt(header.flags));
  writer.u64(header.address);
  writer.u64(BigInt(header.offset));
  writer.u64(BigInt(header.size));
  writer.u32(header.link);
  writer.u32(header.info);
  writer.u64(BigInt(header.align));
  writer.u64(BigInt(header.entrySize));
}

export function flagBits(flags: SectionFlags): number {
  return (
    (flags.write ? E.SHF_WRITE : 0) |
    (flags.alloc ? E.SHF_ALLOC : 0) |
    (flags.execute ? E.SHF_EXECINSTR : 0) |
    (flags.merge ? E.SHF_MERGE : 0) |
    (flags.strings ? E.SHF_STRINGS : 0) |
    (flags.tls ? E.SHF_TLS : 0) |
    (flags.retain ? E.SHF_GNU_RETAIN : 0)
  );
}

/** One entry of a symbol table; `section` is an index below SHN_LORESERVE, or one of the reserved ones. */
export function writeSymbol(
  writer: ByteWriter,
  name: number,
  symbol: ObjectSymbol,
  section: number,
  value: bigint,
): void {
  writer.u32(name);
  writer.u8((E.bindings.indexOf(symbol.binding) << 4) | E.typeNumbers[symbol.type]);
  writer.u8(symbol.hidden ? E.STV_HIDDEN : 0);
  writer.u16(section);
  writer.u64(value);
  writer.u64(BigInt(symbol.size));
}
