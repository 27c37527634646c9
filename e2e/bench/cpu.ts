// The CPU alone, in Node and in Chromium, against qemu-riscv64 and native code: one C program each, compiled for both at
// -O2, run in turns; medians and ratios. qemu-riscv64 in user mode has no software MMU, so it is the harder judge.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright";
import type { Browser, Page } from "playwright";
import { chromiumArguments, ensureChromium } from "../tools/chromium.mjs";
import { runGuest } from "./cpu-guest.ts";
import type { GuestRun } from "./cpu-guest.ts";
import { writeSequences } from "./cpu-sequences.ts";
import { haveProgram, median, printTable } from "./measure.ts";
import { askWorker, openWorkerPage } from "./worker-page.ts";

const programs = ["mixed", "sieve", "memcpy", "chase", "sha256", "fib"];
const ROUNDS = 3;
const COMPILER = "riscv64-linux-gnu-gcc";

/** Milliseconds that a process takes; its output must be the expected one. */
function timeProcess(command: string, args: readonly string[], expected: string): number {
  const start = performance.now();
  const output = execFileSync(command, args, { encoding: "utf8" });
  const ms = performance.now() - start;
  if (output !== expected) throw new Error(`${command} ${args.join(" ")} printed ${output}`);
  return ms;
}

interface Built {
  readonly guest: string;
  readonly native: string;
}

function compile(name: string, folder: string): Built {
  const source = resolve("e2e/bench/programs", `${name}.c`);
  const guest = join(folder, `${name}.riscv`);
  const native = join(folder, name);
  const flags = ["-O2", "-fno-tree-loop-distribute-patterns"];
  const target = ["-ffreestanding", "-nostdlib", "-static", "-march=rv64imac", "-mabi=lp64"];
  execFileSync(COMPILER, [...flags, ...target, "-o", guest, source]);
  execFileSync("gcc", [...flags, "-DHOSTED", "-o", native, source]);
  return { guest, native };
}

/** Runs an ELF in a worker, as the machine does. */
function runInPage(page: Page, elf: Uint8Array): Promise<GuestRun> {
  return askWorker<GuestRun>(page, Buffer.from(elf).toString("base64"));
}

async function measure(name: string, folder: string, page: Page | undefined): Promise<string[]> {
  const { guest, native } = compile(name, folder);
  const elf = readFileSync(guest);
  const expected = execFileSync(native, { encoding: "utf8" });
  const times = { native: [] as number[], qemu: [] as number[], node: [] as number[] };
  const inPage: number[] = [];
  let instructions = 0;
  const ours = (run: GuestRun): number => {
    if (run.output !== expected) throw new Error(`${name} printed ${run.output}`);
    instructions = run.instructions;
    return run.ms;
  };
  for (let round = 0; round < ROUNDS; round++) {
    times.native.push(timeProcess(native, [], expected));
    times.qemu.push(timeProcess("qemu-riscv64", [guest], expected));
    times.node.push(ours(runGuest(elf)));
    if (page !== undefined) inPage.push(ours(await runInPage(page, elf)));
  }
  const qemu = median(times.qemu);
  const node = median(times.node);
  const chrome = median(inPage);
  const ms = (value: number): string => (Number.isNaN(value) ? "" : value.toFixed(0));
  const ratio = (value: number): string => (Number.isNaN(value) ? "" : (qemu / value).toFixed(2));
  return [
    name,
    (instructions / 1e6).toFixed(0),
    ms(median(times.native)),
    ms(qemu),
    ms(node),
    ms(chrome),
    (instructions / node / 1e3).toFixed(0),
    ratio(node),
    ratio(chrome),
  ];
}

async function launch(): Promise<Browser | undefined> {
  try {
    const executablePath = await ensureChromium();
    return await chromium.launch({ executablePath, args: chromiumArguments });
  } catch {
    return undefined;
  }
}

export async function benchCpu(): Promise<void> {
  const missing = ["gcc", COMPILER, "qemu-riscv64"].filter((name) => !haveProgram(name));
  if (missing.length > 0) {
    console.log(`\nThe CPU's bench needs ${missing.join(", ")} on this computer; not measured.`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  if (process.env["SEQUENCES"] === "1") {
    writeSequences(programs.map((name) => readFileSync(compile(name, folder).guest)));
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  const browser = await launch();
  const opened =
    browser === undefined ? undefined : await openWorkerPage(browser, "e2e/bench/cpu-worker.ts");
  try {
    const rows: string[][] = [];
    for (const name of programs) rows.push(await measure(name, folder, opened?.page));
    printTable(
      "CPU: medians in ms; × qemu is qemu-riscv64's time over ours (mixed: 0.13 or more)",
      ["", "Minsn", "native", "qemu", "Node", "Chromium", "MIPS", "× qemu", "× in Chromium"],
      rows,
    );
  } finally {
    await opened?.close();
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
