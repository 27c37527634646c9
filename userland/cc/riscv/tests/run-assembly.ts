// Runs functions of generated assembly: gcc assembles and links them with a small program that calls them, and qemu runs it.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether both are installed. */
export function canRunAssembly(): boolean {
  return [
    ["riscv64-linux-gnu-gcc", "--version"],
    ["qemu-riscv64", "--version"],
  ].every(([command, argument]) => spawnSync(command ?? "", [argument ?? ""]).status === 0);
}

/** What the C program, which may call the assembly's functions, writes. */
export function runWithAssembly(assembly: string, program: string): string {
  const folder = mkdtempSync(join(tmpdir(), "cc-riscv-"));
  try {
    const source = join(folder, "generated.s");
    const main = join(folder, "main.c");
    const executable = join(folder, "program");
    writeFileSync(source, assembly);
    writeFileSync(main, program);
    const flags = ["-static", "-no-pie", "-O1", "-w", "-mcmodel=medlow"];
    const built = spawnSync("riscv64-linux-gnu-gcc", [...flags, source, main, "-o", executable], {
      encoding: "utf8",
    });
    if (built.status !== 0) throw new Error(built.stderr.slice(0, 4000));
    const run = spawnSync("qemu-riscv64", [executable], { encoding: "utf8", timeout: 20_000 });
    if (run.status !== 0)
      throw new Error(`status ${run.status} ${run.signal}\n${run.stdout}${run.stderr}`);
    return run.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
