// How long until a command has run: the command line's whole process, beside the same command under `node -e 0` and
// natively, so that Node's own start is known.

import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { formatTime, median, printTable } from "./measure.ts";

const ROUNDS = 7;

function wall(command: string, args: readonly string[]): number {
  const began = process.hrtime.bigint();
  execFileSync(command, args, { stdio: "ignore" });
  return Number(process.hrtime.bigint() - began);
}

export function benchBoot(): void {
  const vitrine: number[] = [];
  const node: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    vitrine.push(wall(process.execPath, ["dist/vitrine.mjs", "-c", "true"]));
    node.push(wall(process.execPath, ["-e", "0"]));
  }
  printTable(
    "Boot, whole processes, medians",
    ["", "time"],
    [
      ["vitrine -c true", formatTime(median(vitrine))],
      ["node -e 0", formatTime(median(node))],
      ["the difference", formatTime(median(vitrine) - median(node))],
      ["dist/vitrine.mjs", `${(statSync("dist/vitrine.mjs").size / 1000).toFixed(0)} kB`],
    ],
  );
}
