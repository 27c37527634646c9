#!/usr/bin/env node
// Records what the judges' programs print: compiled by gcc at -O0 and at -O2 against our libc, run under qemu-riscv64.
// Where the two differ the program's behaviour is undefined, and it is no judge.
//
//   node userland/cc/tests/record.mjs [NAME…]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { compileProgram } from "../../toolchain.mjs";

const programs = join(dirname(fileURLToPath(import.meta.url)), "programs");

/** The compiler's own headers. */
const headers = join(dirname(programs), "..", "include");

/** `// flags: -fwrapv` in a program is what it is compiled with as well. */
const flagsOf = (source) =>
  /^\/\/ flags: (.*)$/m.exec(readFileSync(source, "utf8"))?.[1]?.split(" ") ?? [];

/** gcc calls a library for some operations, such as atomic ones on bytes; our compiler does not. */
const library = join(dirname(programs), "record-library.c");

function outputOf(name, level, folder) {
  const source = join(programs, `${name}.c`);
  const out = join(folder, name);
  compileProgram({
    sources: [source, library],
    out,
    by: "gcc",
    flags: [level, "-w", `-isystem${headers}`, ...flagsOf(source)],
  });
  const { status, signal, stdout } = spawnSync("qemu-riscv64", [out], {
    encoding: "latin1",
    timeout: 20_000,
  });
  if (status !== 0) throw new Error(`status ${status ?? signal} at ${level}\n${stdout}`);
  return stdout;
}

const names = readdirSync(programs)
  .filter((file) => file.endsWith(".c"))
  .map((file) => file.slice(0, -2))
  .toSorted();
const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "vitrine-judges-"));
try {
  for (const name of wanted.length > 0 ? wanted : names) {
    try {
      const outputs = ["-O0", "-O2"].map((level) => outputOf(name, level, folder));
      if (outputs[0] !== outputs[1]) {
        throw new Error(`-O0 and -O2 differ:\n${outputs.join("---- -O2\n")}`);
      }
      if (outputs[0] === "") throw new Error("it prints nothing");
      writeFileSync(join(programs, `${name}.out`), outputs[0], "latin1");
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
