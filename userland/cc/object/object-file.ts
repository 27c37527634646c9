// A relocatable object in memory: what the assembler makes, what elf-write.ts and elf-read.ts turn into and from ELF, and
// what the linker links. (System V ABI, "Object Files"; RISC-V ELF psABI.)

export interface Section {
  readonly name: string;
  readonly type: "progbits" | "nobits" | "note" | "init_array" | "fini_array" | "preinit_array";
  readonly flags: SectionFlags;
  /** Bytes, a power of two. */
  align: number;
  /** Of mergeable sections: bytes of an entry, 1 for strings. */
  readonly entrySize: number;
  /** Empty when `nobits`. */
  data: Uint8Array;
  /** Bytes: data.length, but when `nobits`. */
  size: number;
  readonly relocations: Relocation[];
}

export interface SectionFlags {
  readonly alloc: boolean;
  readonly write: boolean;
  readonly execute: boolean;
  readonly merge: boolean;
  readonly strings: boolean;
  readonly tls: boolean;
  /** SHF_GNU_RETAIN: not to be left out, though nothing refers to it. */
  readonly retain: boolean;
}

export interface Relocation {
  readonly offset: number;
  /** R_RISCV_… (relocation-types.ts) */
  readonly type: number;
  /** Undefined: none (R_RISCV_RELAX, R_RISCV_ALIGN). */
  readonly symbol: ObjectSymbol | undefined;
  readonly addend: bigint;
}

export interface ObjectSymbol {
  readonly name: string;
  binding: "local" | "global" | "weak";
  type: "none" | "object" | "function" | "section" | "file" | "tls";
  hidden: boolean;
  /** Where it is defined: undefined when elsewhere. `common`: value is the alignment. */
  section: Section | "absolute" | "common" | undefined;
  /** Offset in the section, or the absolute value. */
  value: bigint;
  size: number;
}

/** Sections that are linked together or not at all: of all groups of that signature the first one is. */
export interface ComdatGroup {
  readonly signature: string;
  readonly sections: readonly Section[];
}

export interface ObjectFile {
  /** As messages call it: `main.o`, `libc.a(printf.o)`. */
  readonly name: string;
  readonly sections: Section[];
  readonly symbols: ObjectSymbol[];
  readonly groups: readonly ComdatGroup[];
}
