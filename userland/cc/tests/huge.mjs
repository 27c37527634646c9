#!/usr/bin/env node
// Huge functions (huge-shapes.mjs) compiled by us at each level and by gcc: the same output under qemu-riscv64, and how many
// seconds of CPU we took, and seconds that each stage took. Needs riscv64-linux-gnu-gcc and qemu-riscv64, and dist/cc.mjs (node build.mjs).
//
//   node userland/cc/tests/huge.mjs SIZE [SHAPE…]     SIZE statements each; LEVELS=02 tries only -O0 and -O2
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compileProgram } from "../../toolchain.mjs";
import { shapes } from "./huge-shapes.mjs";

const { cc } = await import(process.env.CC_MJS ?? "../../../dist/cc.mjs");
const [size = "20000", ...names] = process.argv.slice(2);
const levels = (process.env.LEVELS ?? "012s").split("");
const folder = mkdtempSync(join(tmpdir(), "vitrine-huge-"));

/** What the program prints, or how it ended. */
function run(program) {
  const { status, signal, stdout } = spawnSync("qemu-riscv64", [program], {
    encoding: "utf8",
    timeout: 20_000,
  });
  return status === 0 ? stdout.trim() : `status ${status ?? signal}`;
}

/** At -O0 some of these are longer than what gcc's jumps reach. */
function byGcc(source, out) {
  const compile = (level) =>
    compileProgram({ sources: [source], out, by: "gcc", flags: [level, "-w", "-fwrapv"] });
  try {
    compile("-O0");
  } catch {
    compile("-O1");
  }
  return out;
}

for (const name of names.length > 0 ? names : Object.keys(shapes)) {
  const text = shapes[name]?.(Number(size));
  if (text === undefined) throw new Error(`there is no shape '${name}'`);
  const source = join(folder, "program.c");
  writeFileSync(source, text);
  const theirs = join(folder, "theirs");
  let expected;
  if (process.env.NO_GCC === undefined) {
    expected = run(byGcc(source, theirs));
  }
  for (const level of levels) {
    const out = join(folder, "ours");
    const began = process.cpuUsage();
    const { status, messages } = cc([`-O${level}`, "-w", "-ftime-report", source, "-o", out]);
    const { user, system } = process.cpuUsage(began);
    const seconds = ((user + system) / 1e6).toFixed(1);
    const found = status === 0 ? run(out) : messages;
    const isGood = status === 0 && (expected === undefined || found === expected);
    if (!isGood) process.exitCode = 1;
    const stages = [...messages.matchAll(/(\w+)\s+([\d.]+) ms/g)]
      .filter(([, , milliseconds]) => Number(milliseconds) >= 100)
      .map(([, stage, milliseconds]) => `${stage} ${(Number(milliseconds) / 1000).toFixed(1)}`);
    console.log(
      `${isGood ? "ok" : "WRONG"} ${name} -O${level}: ${seconds} s (${(text.length / 1e6).toFixed(1)} MB; ${stages.join(", ")})`,
    );
    if (!isGood) console.log(`  ${found.slice(0, 300)}\n  expected ${expected}`);
  }
}
rmSync(folder, { recursive: true });
