// Runs the conformance programs on the machine and compares what they do with what real Linux did.
//
//   npm run conformance [-- WORD…]                 those whose name contains a word, or all
//   npm run conformance -- --machine=MACHINE[,…]   on other machines, of those in `machines` below
//   npm run conformance -- --seed=N […]            another order of what may come in any order (virtual, chaos, squeeze)
//   npm run conformance -- --by=gcc […]            compiled by gcc only, or by `ours`; without it by both, where gcc is

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Maker } from "../../userland/toolchain.mjs";
import { haveGcc, makers } from "../../userland/toolchain.mjs";
import { unpack } from "./archive.mjs";
import type { Behaviour } from "./expectation.ts";
import { difference, readExpectation } from "./expectation.ts";
import type { GuestRunner } from "./guest-runner.ts";
import { commandLineRunner, qemuRunner } from "./guest-runner.ts";
import { vitrineRunner } from "./vitrine-runner.ts";
import type { Program } from "./programs.ts";
import { programs } from "./programs.ts";

const here = import.meta.dirname;

/** Where the programs can run. The first is what the tests are about. */
const machines: Readonly<Record<string, (seed: number) => GuestRunner>> = {
  virtual: (seed) => vitrineRunner({ name: "Vitrine in virtual time", seed }),
  real: () => vitrineRunner({ name: "Vitrine in real time" }),
  chaos: (seed) =>
    vitrineRunner({ name: "Vitrine with waits dropped at random", seed, chaosSeed: seed }),
  squeeze: (seed) =>
    vitrineRunner({ name: "Vitrine with pages evicted at random", seed, squeezeSeed: seed }),
  // Everything fits, but hardly anything stays.
  small: (seed) => vitrineRunner({ name: "Vitrine with 1 MiB of RAM", seed, ram: 1 << 20 }),
  cli: commandLineRunner,
  // Tells a mistake of the libc from one of the kernel.
  qemu: qemuRunner,
};

interface Suite {
  readonly elfs: Map<string, Uint8Array>;
  readonly runner: GuestRunner;
  readonly by: Maker;
}

/** Why the program fails on the machine; undefined when it does what it should. */
async function verdict(program: Program, suite: Suite): Promise<string | undefined> {
  const elf = suite.elfs.get(program.name);
  if (elf === undefined) return "it has not been compiled";
  let expected: Behaviour;
  try {
    expected = readExpectation(program.name);
  } catch (error) {
    return `${String(error)}: run npm run conformance:record`;
  }
  const run = await suite.runner.run(program.name, elf);
  const differs = difference(expected, run);
  const complaint = run.stderr === "" ? undefined : `stderr: ${run.stderr}`;
  if (differs === undefined) return complaint;
  return complaint === undefined ? differs : `${differs}\n${complaint}`;
}

/** Runs the programs on one machine and returns how many did what they should, and how many did not. */
async function runAll(
  chosen: readonly Program[],
  suite: Suite,
): Promise<{ passed: number; failed: number }> {
  let passed = 0;
  let failed = 0;
  console.log(`on ${suite.runner.name}, compiled by ${suite.by}:`);
  try {
    for (const program of chosen) {
      const why = await verdict(program, suite);
      if (why === undefined) passed++;
      else failed++;
      const mark = why === undefined ? "ok    " : "FAILED";
      console.log(`${mark} ${program.name}: ${program.sentence}`);
      if (why !== undefined) console.log(why.replaceAll(/^/gm, "       "));
    }
  } finally {
    suite.runner.close();
  }
  return { passed, failed };
}

function toMaker(name: string): Maker {
  if (name !== "ours" && name !== "gcc")
    throw new Error(`no compiler ${name}; there are ours, gcc`);
  return name;
}

/** The programs as that compiler makes them from the sources as they are now. */
function compiled(by: Maker): Map<string, Uint8Array> {
  const args = [join(here, "build.mjs"), `--by=${by}`, "--if-stale"];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) throw new Error(`the programs cannot be compiled by ${by}`);
  return unpack(
    readFileSync(join(here, by === "gcc" ? "programs-gcc.cpio.gz" : "programs.cpio.gz")),
  );
}

async function main(args: string[]): Promise<void> {
  const option = (name: string): string | undefined =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const words = args.filter((arg) => !arg.startsWith("--"));
  let passed = 0;
  let failed = 0;
  // Dropped waits and missing pages change nothing that a program can see: the same expectations hold.
  const on = option("machine")?.split(",") ?? ["virtual", "chaos", "squeeze"];
  for (const by of option("by")?.split(",").map(toMaker) ?? makers()) {
    const elfs = compiled(by);
    for (const machine of on) {
      const create = machines[machine];
      if (create === undefined)
        throw new Error(`no machine ${machine}; there are ${Object.keys(machines).join(", ")}`);
      // What qemu-user does there is known to differ from Linux: nothing could be learned.
      const chosen = programs(words).filter(
        ({ oracle }) => machine !== "qemu" || oracle !== "native-only",
      );
      const runner = create(Number(option("seed") ?? 1));
      const result = await runAll(chosen, { elfs, runner, by });
      passed += result.passed;
      failed += result.failed;
    }
  }
  if (!haveGcc())
    console.log("not run: the programs compiled by gcc (needs riscv64-linux-gnu-gcc)");
  console.log(`conformance: ${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

await main(process.argv.slice(2));
