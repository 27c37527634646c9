// One row of the instruction table.

import type { Semantics } from "./isa-emitter.ts";
import type { Format } from "./isa-format.ts";

export type Extension = "I" | "M" | "A" | "Zicsr" | "Zifencei";

export interface Instruction {
  readonly name: string;
  readonly extension: Extension;
  readonly format: Format;
  /** An instruction word is this instruction when (word & mask) === match, as signed 32-bit values. */
  readonly mask: number;
  readonly match: number;
  /** What it does, in one line of pseudocode, for the documentation. */
  readonly does: string;
  readonly semantics: Semantics;
  /** Without effect but on rd, so that writing x0 makes it a no-op. */
  readonly pure: boolean;
}

interface Row {
  readonly name: string;
  readonly extension: Extension;
  readonly format: Format;
  readonly mask: number;
  readonly match: number;
  readonly does: string;
  readonly semantics: Semantics;
}

const pureFormats: readonly Format[] = ["R", "I", "shift64", "shift32", "U"];

export function instruction(row: Row): Instruction {
  return {
    ...row,
    mask: row.mask | 0,
    match: row.match | 0,
    pure: pureFormats.includes(row.format),
  };
}
