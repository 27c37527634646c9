#!/usr/bin/env node
// Random programs from csmith, compiled by gcc and by us at each level: all must print the same checksum under qemu-riscv64. A
// program that does not is kept. Needs csmith, riscv64-linux-gnu-gcc and qemu-riscv64, and dist/cc.mjs (node build.mjs).
//
//   node userland/cc/tests/csmith.mjs COUNT [FIRST-SEED]      what fails is kept in the folder that it names
//   node userland/cc/tests/csmith.mjs --record COUNT [FIRST]  programs and checksums into csmith/
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { compileProgram } from "../../toolchain.mjs";

const here = dirname(fileURLToPath(import.meta.url));
/** csmith's own runtime has floating point. */
const csmithHeaders = join(here, "csmith");
const library = join(here, "record-library.c");
const SECONDS = 10;
/** LEVELS=0 tries only -O0. */
const levels = (process.env.LEVELS ?? "012s").split("");

const programOptions = [
  "--no-float",
  "--no-argc",
  "--no-packed-struct",
  "--concise",
  "--max-funcs",
  "6",
];

function output(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26, ...options });
  return result.status === 0 ? result.stdout : undefined;
}

/** A program for the seed; a small one when there is a limit of bytes. */
const generate = (seed, more = []) =>
  output("csmith", ["--seed", String(seed), ...programOptions, ...more], { cwd: tmpdir() });

/** What the program prints, or how it ended. */
function run(program) {
  const { status, signal, stdout, stderr } = spawnSync("qemu-riscv64", [program], {
    encoding: "utf8",
    timeout: SECONDS * 1000,
  });
  return status === 0 ? stdout : `status ${status ?? signal}\n${stdout}${stderr}`;
}

function theirs(source, folder) {
  const out = join(folder, "theirs");
  compileProgram({
    sources: [source, library],
    out,
    by: "gcc",
    flags: ["-O1", "-w", "-fwrapv", `-isystem${csmithHeaders}`],
  });
  return run(out);
}

function ours(cc, source, level, folder) {
  const out = join(folder, "ours");
  try {
    const { status, messages } = cc([`-O${level}`, "-w", `-I${csmithHeaders}`, source, "-o", out]);
    return status === 0 ? run(out) : messages;
  } catch (error) {
    return `the compiler ended: ${error.stack}`;
  }
}

async function compare(count, first) {
  const { cc } = await import("../../../dist/cc.mjs");
  const folder = mkdtempSync(join(tmpdir(), "vitrine-csmith-"));
  const kept = join(tmpdir(), "vitrine-csmith-failures");
  let compared = 0;
  let failed = 0;
  for (let seed = first; seed < first + count; seed++) {
    const source = join(folder, "program.c");
    const text = generate(seed);
    if (text === undefined) continue;
    writeFileSync(source, text);
    const expected = theirs(source, folder);
    // A program that does not end says nothing.
    if (!expected.startsWith("checksum")) continue;
    compared++;
    for (const level of levels) {
      const found = ours(cc, source, level, folder);
      if (found === expected) continue;
      failed++;
      mkdirSync(kept, { recursive: true });
      writeFileSync(join(kept, `${seed}.c`), text);
      console.log(
        `seed ${seed} at -O${level}: ${found.slice(0, 400).trim()}\n  expected ${expected.trim()}`,
      );
    }
  }
  rmSync(folder, { recursive: true });
  console.log(`${compared} programs compared, ${failed} failures${failed > 0 ? `: ${kept}` : ""}`);
  if (failed > 0) process.exitCode = 1;
}

/** Preprocessed programs with nothing that is not used, one archive of all. */
function record(count, first) {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-csmith-"));
  const programs = [];
  for (let seed = first; programs.length < count && seed < first + 10 * count; seed++) {
    const source = join(folder, "program.c");
    const text = generate(seed, ["--max-block-size", "3", "--max-expr-complexity", "8"]);
    if (text === undefined || text.length > 30_000) continue;
    writeFileSync(source, text);
    const expected = theirs(source, folder);
    if (!expected.startsWith("checksum")) continue;
    programs.push({ seed, expected, text });
  }
  rmSync(folder, { recursive: true });
  writeFileSync(
    join(here, "csmith", "programs.json.gz"),
    gzipSync(JSON.stringify(programs), { level: 9 }),
  );
  console.log(`${programs.length} programs recorded`);
}

const words = process.argv.slice(2);
const isRecord = words[0] === "--record";
const [count = "20", first = "1"] = isRecord ? words.slice(1) : words;
if (isRecord) record(Number(count), Number(first));
else await compare(Number(count), Number(first));
