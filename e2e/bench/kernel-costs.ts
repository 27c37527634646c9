// What the kernel's basic operations cost here, as multiples of this computer's Linux: one C program, compiled for both,
// run in turns in one go.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { formatTime, haveProgram, median, numberFrom, printTable } from "./measure.ts";

interface Operation {
  readonly name: string;
  readonly what: string;
  readonly count: number;
  /** The multiple of native that the project aims at. */
  readonly aim: string;
}

const operations: readonly Operation[] = [
  { name: "getpid", what: "getpid", count: 200_000, aim: "7" },
  { name: "fault", what: "minor fault", count: 4000, aim: "1.3" },
  { name: "mmap", what: "mmap + munmap 64 KiB", count: 10_000, aim: "" },
  { name: "fork", what: "fork + exit + wait", count: 500, aim: "1.8" },
  { name: "fork-dirty", what: "the same with 16 MiB dirty", count: 100, aim: "" },
  { name: "exec", what: "fork + exec + wait", count: 200, aim: "1.1" },
  { name: "pipe", what: "pipe round trip", count: 5000, aim: "4" },
  { name: "futex", what: "futex round trip", count: 5000, aim: "3" },
];

const ROUNDS = 5;

export function benchKernelCosts(): void {
  const source = resolve("e2e/bench/kernel-costs.c");
  if (!haveProgram("gcc") || !haveProgram("riscv64-linux-gnu-gcc")) {
    console.log(
      "\nKernel costs need gcc and riscv64-linux-gnu-gcc on this computer; not measured.",
    );
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  try {
    const native = join(folder, "native");
    const guest = join(folder, "guest");
    execFileSync("gcc", ["-O2", "-static", source, "-o", native]);
    execFileSync(process.execPath, ["userland/toolchain.mjs", "cc", source, "-o", guest]);
    const rows = operations.map(({ name, what, count, aim }) => {
      const natives: number[] = [];
      const guests: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        natives.push(numberFrom(native, [name, String(count)]));
        guests.push(
          numberFrom(process.execPath, ["dist/vitrine.mjs", "run", guest, name, String(count)]),
        );
      }
      const [theirs, ours] = [median(natives), median(guests)];
      return [what, formatTime(theirs), formatTime(ours), (ours / theirs).toFixed(2), aim];
    });
    printTable("Kernel costs, medians", ["", "native", "here (Node)", "ratio", "aim"], rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
