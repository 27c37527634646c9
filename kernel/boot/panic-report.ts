// What a person needs when the kernel has found a bug in itself: what broke, where the program was, what to do.

import { HART_PC, HART_X1 } from "../cpu/types.ts";
import type { Kernel } from "../proc/kernel.ts";

const REGISTER_NAMES =
  "ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6".split(
    " ",
  );

function hex64(words: Int32Array, at: number): string {
  const part = (value: number | undefined): string =>
    ((value ?? 0) >>> 0).toString(16).padStart(8, "0");
  return part(words[at + 1]) + part(words[at]);
}

/** A text of a few lines. */
export function describePanic(k: Kernel, error: unknown): string {
  const { hart } = k.cpu;
  const thread = k.current;
  const what = error instanceof Error ? error.message : String(error);
  const where =
    thread === undefined
      ? "no program was running"
      : `process ${thread.process.pid} (${thread.process.comm}), thread ${thread.tid}, system call ${thread.call}`;
  const registers = REGISTER_NAMES.map(
    (name, index) => `${name.padStart(3)} ${hex64(hart, HART_X1 + 2 * index)}`,
  );
  const lines = ["pc ".padStart(4) + hex64(hart, HART_PC)];
  for (let at = 0; at < registers.length; at += 4)
    lines.push(registers.slice(at, at + 4).join("  "));
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return [
    `Kernel panic: ${what}`,
    `  while: ${where}`,
    ...lines.map((line) => `  ${line}`),
    "  This is a bug in Vitrine, not in the program. The machine has stopped; what it shows is still true.",
    "  Please report these lines with what you did. A reload, or a new machine, starts afresh.",
    ...stack.split("\n").slice(1, 8),
  ].join("\n");
}
