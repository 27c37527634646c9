// The conformance programs as the recorder and the runner see them: their names, what each shows, and on whose output
// the expectation rests.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;

/**
 * Whose output is the expectation:
 * - `both`: native Linux and qemu-riscv64 must agree;
 * - `arch-dependent`: the program shows RISC-V itself, so qemu-riscv64's counts;
 * - `native-only`: qemu-user is known to deviate from Linux here, so native Linux's counts.
 */
export type Oracle = "both" | "arch-dependent" | "native-only";

export interface Program {
  readonly name: string;
  readonly source: string;
  /** The first sentence of its header comment. */
  readonly sentence: string;
  readonly oracle: Oracle;
  /** Identifies the sources it is compiled from; the archive's manifest has it too. */
  readonly digest: string;
}

function describe(file: string, headers: Buffer): Program {
  const source = join(here, "programs", file);
  const text = readFileSync(source, "utf8");
  const comment = /^\/\*\n(.*?)\*\//s.exec(text)?.[1];
  if (comment === undefined) throw new Error(`${file} does not begin with a comment`);
  const sentence = comment
    .replaceAll(/^ \* ?/gm, "")
    .replaceAll("\n", " ")
    .replace(/\.( .*)?$/, "")
    .trim();
  const marker = /^\/\* (arch-dependent|native-only): \S.* \*\/$/m.exec(text)?.[1];
  return {
    name: file.replace(/\.c$/, ""),
    source,
    sentence,
    oracle: marker === "arch-dependent" || marker === "native-only" ? marker : "both",
    digest: createHash("sha256").update(headers).update(text).digest("hex"),
  };
}

/** All programs whose name contains one of the words, in order; all of them without words. */
export function programs(words: readonly string[]): Program[] {
  const headers = ["expect.h", "memory.h", "pty.h", "trace.h"].map((file) =>
    readFileSync(join(here, file)),
  );
  return readdirSync(join(here, "programs"))
    .filter((file) => file.endsWith(".c"))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .toSorted()
    .map((file) => describe(file, Buffer.concat(headers)));
}
