// What a change did to the kernel's basic operations: this tree's command line and another build of it run the same guest
// program by turns. `VITRINE_BEFORE=OTHER/dist/vitrine.mjs npm run bench against`.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { formatTime, haveProgram, median, numbersFrom, printTable } from "./measure.ts";

const ROUNDS = 6;
/** Operations in a batch, before the first batch, and batches: of them the one that a tenth was faster than counts. */
const operations: Readonly<
  Record<string, readonly [count: number, warmUp: number, batches: number]>
> = {
  getpid: [20_000, 400_000, 200],
  fault: [2048, 60_000, 400],
  mmap: [2000, 60_000, 300],
  fork: [60, 6000, 200],
  "fork-dirty": [10, 400, 120],
  exec: [15, 1500, 150],
  pipe: [400, 40_000, 200],
  futex: [400, 40_000, 200],
};

export function benchAgainst(): void {
  const before = process.env["VITRINE_BEFORE"];
  if (before === undefined) {
    console.log("\nagainst: VITRINE_BEFORE names no vitrine.mjs to compare with; not measured.");
    return;
  }
  if (!haveProgram("riscv64-linux-gnu-gcc")) {
    console.log("\nagainst needs riscv64-linux-gnu-gcc on this computer; not measured.");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  try {
    const guest = join(folder, "guest");
    const source = resolve("e2e/bench/kernel-costs.c");
    execFileSync(process.execPath, ["userland/toolchain.mjs", "cc", source, "-o", guest]);
    const builds = [resolve(before), "dist/vitrine.mjs"];
    const rows = Object.entries(operations).map(([name, numbers]) => {
      const found = builds.map((): number[] => []);
      for (let round = 0; round < ROUNDS; round++) {
        // Whoever comes first is not always the same.
        for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
          const args = [builds[index] ?? "", "run", guest, name, ...numbers.map(String)];
          found[index]?.push(numbersFrom(process.execPath, args)[0] ?? Number.NaN);
        }
      }
      const [then = [], now = []] = found;
      const ratio = (of: (values: readonly number[]) => number): string =>
        (of(now) / of(then)).toFixed(2);
      const least = (values: readonly number[]): number => Math.min(...values);
      return [name, formatTime(least(then)), formatTime(least(now)), ratio(least), ratio(median)];
    });
    printTable(
      "Kernel costs against another build, the best of six runs by turns",
      ["", "before", "now", "ratio", "ratio of medians"],
      rows,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
