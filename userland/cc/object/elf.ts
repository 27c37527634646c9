// Numbers of ELF that reading, writing and linking share. (System V gABI, "Object Files"; RISC-V ELF psABI.)

export const ELF_HEADER_SIZE = 64;
export const SECTION_HEADER_SIZE = 64;
export const PROGRAM_HEADER_SIZE = 56;
export const SYMBOL_SIZE = 24;
export const RELA_SIZE = 24;

export const ET_REL = 1;
export const ET_EXEC = 2;
export const EM_RISCV = 243;
/** Compressed instructions; the two bits above say which float registers hold arguments: 0, none. */
export const EF_RISCV_RVC = 1;
export const EF_RISCV_FLOAT_ABI = 6;
export const EF_RISCV_RVE = 8;

export const SHT_PROGBITS = 1;
export const SHT_SYMTAB = 2;
export const SHT_STRTAB = 3;
export const SHT_RELA = 4;
export const SHT_NOTE = 7;
export const SHT_NOBITS = 8;
export const SHT_INIT_ARRAY = 14;
export const SHT_FINI_ARRAY = 15;
export const SHT_PREINIT_ARRAY = 16;
export const SHT_GROUP = 17;
export const SHT_SYMTAB_SHNDX = 18;
export const SHT_RISCV_ATTRIBUTES = 0x70000003;

export const SHF_WRITE = 1;
export const SHF_ALLOC = 2;
export const SHF_EXECINSTR = 4;
export const SHF_MERGE = 16;
export const SHF_STRINGS = 32;
export const SHF_INFO_LINK = 64;
export const SHF_GROUP = 512;
export const SHF_TLS = 1024;
export const SHF_COMPRESSED = 2048;
export const SHF_GNU_RETAIN = 0x200000;

export const SHN_UNDEF = 0;
export const SHN_LORESERVE = 0xff00;
export const SHN_ABS = 0xfff1;
export const SHN_COMMON = 0xfff2;
export const SHN_XINDEX = 0xffff;

export const GRP_COMDAT = 1;

export const bindings = ["local", "global", "weak"] as const;
export const symbolTypes = [
  "none",
  "object",
  "function",
  "section",
  "file",
  "object",
  "tls",
] as const;
export const typeNumbers = { none: 0, object: 1, function: 2, section: 3, file: 4, tls: 6 };
export const STV_INTERNAL = 1;
export const STV_HIDDEN = 2;

export const sectionTypeNumbers = {
  progbits: SHT_PROGBITS,
  nobits: SHT_NOBITS,
  note: SHT_NOTE,
  init_array: SHT_INIT_ARRAY,
  fini_array: SHT_FINI_ARRAY,
  preinit_array: SHT_PREINIT_ARRAY,
};
