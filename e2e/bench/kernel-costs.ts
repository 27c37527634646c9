// What the kernel's basic operations cost here, as multiples of this computer's Linux: one C program, compiled for both,
// run in turns in one go.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { formatTime, haveProgram, median, numbersFrom, printTable } from "./measure.ts";

interface Operation {
  readonly name: string;
  readonly what: string;
  /** Operations that are measured, first after a boot and then again when `warmUp` more have gone by. */
  readonly count: number;
  readonly warmUp: number;
  /** The multiple of native that the project aims at. */
  readonly aim: string;
}

const operations: readonly Operation[] = [
  { name: "getpid", what: "getpid", count: 100_000, warmUp: 400_000, aim: "7" },
  { name: "fault", what: "minor fault", count: 2000, warmUp: 40_000, aim: "1.3" },
  { name: "mmap", what: "mmap + munmap 64 KiB", count: 2000, warmUp: 30_000, aim: "" },
  { name: "fork", what: "fork + exit + wait", count: 500, warmUp: 2000, aim: "1.8" },
  { name: "fork-dirty", what: "the same with 16 MiB dirty", count: 50, warmUp: 150, aim: "" },
  { name: "exec", what: "fork + exec + wait", count: 200, warmUp: 800, aim: "1.1" },
  { name: "pipe", what: "pipe round trip", count: 3000, warmUp: 20_000, aim: "4" },
  { name: "futex", what: "futex round trip", count: 3000, warmUp: 20_000, aim: "3" },
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
    // The machine has one hart. On two cores a native wake-up may or may not cross over, and costs five times as much then.
    const pinned = haveProgram("taskset") ? ["taskset", "-c", "0", native] : [native];
    const rows = operations.map(({ name, what, count, warmUp, aim }) => {
      const args = [name, String(count), String(warmUp)];
      const natives: (readonly number[])[] = [];
      const guests: (readonly number[])[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        natives.push(numbersFrom("env", [...pinned, ...args]));
        guests.push(numbersFrom(process.execPath, ["dist/vitrine.mjs", "run", guest, ...args]));
      }
      const [, theirs] = medians(natives);
      const [first, later] = medians(guests);
      const ratio = (ours: number): string => (ours / theirs).toFixed(2);
      return [what, formatTime(theirs), formatTime(later), ratio(later), aim, ratio(first)];
    });
    printTable(
      "Kernel costs, medians; here: when warm, and the ratio of the first operations after a boot",
      ["", "native", "here (Node)", "ratio", "aim", "first"],
      rows,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Medians of the first and of the warm operations. */
function medians(rounds: readonly (readonly number[])[]): readonly [number, number] {
  const column = (index: number): number =>
    median(rounds.map((numbers) => numbers[index] ?? Number.NaN));
  return [column(0), column(1)];
}
