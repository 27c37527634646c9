// Runs the conformance programs on the machine and compares what they do with what real Linux did.
//
//   npm run conformance [-- WORD…]                 those whose name contains a word, or all
//   npm run conformance -- --machine=MACHINE […]   on another machine, of those in `machines` below
//   npm run conformance -- --compile [WORD…]       compiles first, for who is changing a program or the libc

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

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
const machines: Readonly<Record<string, () => GuestRunner>> = {
  virtual: () => vitrineRunner({ name: "Vitrine in virtual time", seed: 1 }),
  real: () => vitrineRunner({ name: "Vitrine in real time" }),
  chaos: () =>
    vitrineRunner({ name: "Vitrine with waits dropped at random", seed: 1, chaosSeed: 1 }),
  cli: commandLineRunner,
  // Tells a mistake of the libc from one of the kernel.
  qemu: qemuRunner,
};

interface Suite {
  readonly elfs: Map<string, Uint8Array>;
  readonly digests: Record<string, string>;
  readonly runner: GuestRunner;
}

/** Why the program fails on the machine; undefined when it does what it should. */
async function verdict(program: Program, suite: Suite): Promise<string | undefined> {
  const elf = suite.elfs.get(program.name);
  if (elf === undefined || suite.digests[program.name] !== program.digest)
    return "programs.cpio.gz is stale: run node e2e/conformance/build.mjs";
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

async function main(args: string[]): Promise<void> {
  const options = new Set(args.filter((arg) => arg.startsWith("--")));
  if (options.has("--compile"))
    spawnSync(process.execPath, [join(here, "build.mjs")], { stdio: "inherit" });
  const elfs = unpack(readFileSync(join(here, "programs.cpio.gz")));
  const chosen = args.find((arg) => arg.startsWith("--machine="))?.slice("--machine=".length);
  const create = machines[chosen ?? "virtual"];
  if (create === undefined)
    throw new Error(`no machine ${chosen}; there are ${Object.keys(machines).join(", ")}`);
  const onQemu = chosen === "qemu";
  const suite: Suite = {
    elfs,
    digests: JSON.parse(Buffer.from(elfs.get("manifest.json") ?? "{}").toString()) as Record<
      string,
      string
    >,
    runner: create(),
  };
  let passed = 0;
  let failed = 0;
  const words = args.filter((arg) => !arg.startsWith("--"));
  try {
    for (const program of programs(words)) {
      // What qemu-user does there is known to differ from Linux: nothing could be learned.
      if (onQemu && program.oracle === "native-only") continue;
      const why = await verdict(program, suite);
      if (why === undefined) passed++;
      else failed++;
      console.log(
        `${why === undefined ? "ok    " : "FAILED"} ${program.name}: ${program.sentence}`,
      );
      if (why !== undefined) console.log(why.replaceAll(/^/gm, "       "));
    }
  } finally {
    suite.runner.close();
  }
  console.log(`conformance on ${suite.runner.name}: ${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

await main(process.argv.slice(2));
