// Our linker and gcc's objects, GNU ld and our objects: programs from either run and print the same.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { lacking } from "../../oracles.mjs";
import { buildLibc, compileFlags, linkFlags } from "../../toolchain-gcc.mjs";
import { assemble } from "../assemble/assemble.ts";
import { parseAssembly } from "../assemble/parse.ts";
import { readArchive } from "../object/archive.ts";
import { readElf } from "../object/elf-read.ts";
import { writeElf } from "../object/elf-write.ts";
import { Diagnostics } from "../source/diagnostics.ts";
import { link } from "./link.ts";

const userland = join(import.meta.dirname, "../..");
const sources = [
  ...["strings", "numbers", "printf", "sort"].map((name) =>
    join(userland, "libc/tests", `${name}.c`),
  ),
  join(userland, "cc/tests/programs/thread-local.c"),
];

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout;
}

test(
  "objects of both sides link with both linkers",
  { skip: lacking("riscv64-linux-gnu-gcc", "qemu-riscv64") },
  () => {
    const work = mkdtempSync(join(tmpdir(), "vitrine-ld-"));
    try {
      const archive = buildLibc();
      const members = readArchive(archive, readFileSync(archive));
      for (const source of sources) {
        const theirs = join(work, "theirs.o");
        run("riscv64-linux-gnu-gcc", [...compileFlags, "-g", "-c", source, "-o", theirs]);
        const assembly = join(work, "ours.s");
        run("riscv64-linux-gnu-gcc", [...compileFlags, "-S", source, "-o", assembly]);
        const diagnostics = new Diagnostics();
        const items = parseAssembly(readFileSync(assembly, "utf8"), 0, diagnostics);
        const ours = join(work, "ours.o");
        writeFileSync(ours, writeElf(assemble(items, "ours.o", diagnostics)));
        assert.deepEqual(diagnostics.list, []);
        const printed: string[] = [];
        for (const object of [theirs, ours]) {
          const program = join(work, "program");
          const inputs = [
            { kind: "object", object: readElf("main.o", readFileSync(object)) },
            { kind: "archive", members },
          ] as const;
          const { bytes } = link({ inputs, gcSections: true, strip: false });
          writeFileSync(program, bytes, { mode: 0o755 });
          printed.push(run("qemu-riscv64", [program]));
          run("riscv64-linux-gnu-gcc", [...linkFlags, object, archive, "-o", program]);
          printed.push(run("qemu-riscv64", [program]));
        }
        assert.equal(new Set(printed).size, 1, source);
      }
    } finally {
      rmSync(work, { recursive: true });
    }
  },
);
