// Records what every conformance program does on real Linux: `npm run conformance:record [-- WORD…]`, on a Linux host
// with gcc, riscv64-linux-gnu-gcc and qemu-riscv64.
//
// Each program is compiled twice with the C libraries of the compilers (natively with -funsigned-char, as char is on
// RISC-V) and run several times on both. One whose outputs differ from run to run is refused; so is one whose native
// output differs from qemu-riscv64's, unless it says why in a marker, and then a marker is required to be needed.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { release, tmpdir } from "node:os";
import { join } from "node:path";

import type { HostRun } from "./host-process.ts";
import { difference, writeExpectation } from "./expectation.ts";
import { PROGRAM_SECONDS } from "./guest-runner.ts";
import { runHost } from "./host-process.ts";
import type { Program } from "./programs.ts";
import { programs } from "./programs.ts";

const REPETITIONS = 5;

/** An oracle: its compiler, and how what that makes is run. */
interface System {
  readonly name: string;
  readonly compiler: string;
  readonly emulator: readonly string[];
}

const native: System = { name: "native", compiler: "gcc", emulator: [] };
const qemu: System = {
  name: "qemu-riscv64",
  compiler: "riscv64-linux-gnu-gcc",
  emulator: ["qemu-riscv64"],
};

class Refusal extends Error {}

function output(command: string, args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Refusal(stderr);
  return stdout;
}

/** Runs the program on one system as often as it must repeat itself. */
async function behaviour(program: Program, system: System, folder: string): Promise<HostRun> {
  const path = join(folder, `${program.name}.${system.name}`);
  const flags = ["-std=gnu11", "-O1", "-funsigned-char", "-static", `-I${import.meta.dirname}`];
  output(system.compiler, [...flags, "-o", path, program.source]);
  const [file, ...args] = [...system.emulator, path];
  if (file === undefined) throw new Error("no command");
  let first: HostRun | undefined;
  for (let turn = 0; turn < REPETITIONS; turn++) {
    const run = await runHost([file, ...args], PROGRAM_SECONDS);
    if (run.stderr !== "") throw new Refusal(`${system.name} said: ${run.stderr.trim()}`);
    const differs = first && difference(first, run);
    if (differs !== undefined)
      throw new Refusal(`${system.name} differs from run to run\n${differs}`);
    first = run;
  }
  if (first === undefined) throw new Error("never run");
  return first;
}

/** Host names and build marks are no part of a kernel's version. */
const linuxVersion = `Linux ${/^[\d.]+/.exec(release())?.[0] ?? release()}`;

async function record(program: Program, folder: string, qemuVersion: string): Promise<void> {
  const natively = await behaviour(program, native, folder);
  const emulated = await behaviour(program, qemu, folder);
  const differs = difference(natively, emulated);
  if (program.oracle === "both") {
    if (differs !== undefined) throw new Refusal(`qemu-riscv64 differs from native\n${differs}`);
  } else if (differs === undefined) {
    throw new Refusal(`marked ${program.oracle}, but qemu-riscv64 and native agree`);
  }
  const emulatorCounts = program.oracle === "arch-dependent";
  const kernel = emulatorCounts ? `${linuxVersion}, ${qemuVersion}` : linuxVersion;
  writeExpectation(program.name, { ...(emulatorCounts ? emulated : natively), kernel });
}

async function main(words: string[]): Promise<void> {
  if (process.platform !== "linux") throw new Error("expectations are recorded on Linux");
  const qemuVersion = /qemu-riscv64 version [\d.]+/.exec(output("qemu-riscv64", ["--version"]));
  const folder = mkdtempSync(join(tmpdir(), "vitrine-record-"));
  const expected = join(import.meta.dirname, "expected");
  mkdirSync(expected, { recursive: true });
  let refused = 0;
  const chosen = programs(words);
  for (const program of chosen) {
    try {
      await record(program, folder, qemuVersion?.[0].replace(" version", "") ?? "qemu-riscv64");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused++;
      console.log(`${program.name} is refused: ${error.message}`);
    }
  }
  rmSync(folder, { recursive: true });
  // What has no program any more has no expectation either.
  const names = new Set(programs([]).map(({ name }) => `${name}.txt`));
  for (const file of readdirSync(expected)) if (!names.has(file)) rmSync(join(expected, file));
  console.log(`${chosen.length - refused} recorded, ${refused} refused`);
  if (refused > 0) process.exitCode = 1;
}

await main(process.argv.slice(2));
