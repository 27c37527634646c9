// Assembly as data: what the assembler's parser reads from text, and what code generation makes without the detour. -S
// prints it (print.ts), assemble.ts turns it into an object file.

import type { Loc } from "../source/sources.ts";

/** How a symbol's address goes into an instruction (RISC-V assembly's %hi(…) and so on). */
export type Modifier =
  | "hi"
  | "lo"
  | "pcrel_hi"
  | "pcrel_lo"
  | "tprel_hi"
  | "tprel_lo"
  | "tprel_add"
  | "tls_ie_pcrel_hi"
  | "got_pcrel_hi";

/**
 * A symbol's address, a constant, or a difference of two symbols plus a constant. The symbol `.` is the place where the
 * value is used; `1f` and `1b` are the next and the previous label `1`, of which there may be many.
 */
export interface Value {
  readonly symbol: string | undefined;
  readonly minus: string | undefined;
  readonly addend: bigint;
  readonly modifier: Modifier | undefined;
}

export type AsmOperand =
  /** 0 … 31 */
  | { readonly kind: "register"; readonly number: number }
  | { readonly kind: "value"; readonly value: Value }
  /** offset(base) */
  | { readonly kind: "memory"; readonly base: number; readonly offset: Value }
  /** A CSR, a fence's `rw`, a rounding mode. */
  | { readonly kind: "name"; readonly name: string };

export type AsmItem =
  | { readonly kind: "label"; readonly name: string; readonly loc: Loc }
  /** Pseudo-instructions too (li, la, call, ret, j, beqz, mv, …), and .aq/.rl in the mnemonic. */
  | {
      readonly kind: "instruction";
      readonly mnemonic: string;
      readonly operands: readonly AsmOperand[];
      readonly loc: Loc;
    }
  | DirectiveItem;

/** Directives whose arguments have been read. Others of text are handled, or refused, where they are parsed. */
export type DirectiveItem = { readonly kind: "directive"; readonly loc: Loc } & (
  | {
      readonly name: "section";
      readonly section: string;
      /** As in `.section name,"aw",@progbits`; undefined: the section's usual ones. */
      readonly flags: string | undefined;
      readonly type: "progbits" | "nobits" | "note" | "init_array" | "fini_array" | undefined;
      /** Of mergeable ones. */
      readonly entrySize: number;
      /** Signature of the COMDAT group that it belongs to. */
      readonly group?: string;
      /** `.pushsection`: the section before it comes back with a "popsection". */
      readonly push?: true;
    }
  /** Back to the section before the last "section", or before the last one with `push`. */
  | { readonly name: "previous" | "popsection" }
  | { readonly name: "align"; /** Bytes, a power of two. */ readonly bytes: number }
  | { readonly name: "globl" | "weak" | "local" | "hidden"; readonly symbol: string }
  | { readonly name: "type"; readonly symbol: string; readonly type: "function" | "object" }
  | { readonly name: "size"; readonly symbol: string; readonly size: Value }
  | { readonly name: "set"; readonly symbol: string; readonly value: Value }
  | {
      readonly name: "data";
      /** Bytes each. */ readonly size: 1 | 2 | 4 | 8;
      readonly values: readonly Value[];
    }
  | { readonly name: "bytes"; readonly bytes: Uint8Array }
  | { readonly name: "zero"; readonly size: number; readonly fill: number }
  | {
      readonly name: "comm";
      readonly symbol: string;
      readonly size: number;
      readonly align: number;
    }
  /** From here on instructions belong to this place of the source, for the line table. 0: to none. */
  | { readonly name: "loc"; readonly place: Loc }
  /** `.option norvc`, `.option relax` … */
  | { readonly name: "option"; readonly option: string }
);
