// The same bytes as GNU as: what gcc makes of libc, and all of libc's own assembly, assembled by both.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { lacking } from "../../oracles.mjs";
import { compileFlags } from "../../toolchain-gcc.mjs";
import { readElf } from "../object/elf-read.ts";
import { writeElf } from "../object/elf-write.ts";
import type { Section } from "../object/object-file.ts";
import { Diagnostics } from "../source/diagnostics.ts";
import { assemble } from "./assemble.ts";
import { parseAssembly } from "./parse.ts";

const libc = join(import.meta.dirname, "../../libc");
const folders = ["start", "stdio", "string"];

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

/** Contents without the immediates that relocations overwrite, which GNU as fills with what it guesses. */
function contents({ data, relocations }: Section): Uint8Array {
  const copy = Uint8Array.from(data);
  const view = new DataView(copy.buffer);
  for (const { offset, type } of relocations) {
    if (type < 23 || type > 31) continue;
    const isUpper = type === 23 || type === 26 || type === 29;
    const isStore = type === 25 || type === 28 || type === 31;
    const keep = isUpper ? 0xfff : isStore ? 0x1fff07f : 0xfffff;
    view.setUint32(offset, view.getUint32(offset, true) & keep, true);
  }
  return copy;
}

test(
  "libc becomes the same bytes as with GNU as",
  { skip: lacking("riscv64-linux-gnu-gcc") },
  () => {
    const work = mkdtempSync(join(tmpdir(), "vitrine-as-"));
    try {
      for (const folder of folders) {
        for (const file of readdirSync(join(libc, folder))) {
          if (!/\.[cS]$/.test(file)) continue;
          const assembly = join(work, `${file}.s`);
          const flags = file.endsWith(".S") ? ["-E", "-P"] : ["-S"];
          run("riscv64-linux-gnu-gcc", [
            ...compileFlags,
            ...flags,
            join(libc, folder, file),
            "-o",
            assembly,
          ]);
          const theirs = join(work, "gnu.o");
          run("riscv64-linux-gnu-as", [
            "-march=rv64imac",
            "-mabi=lp64",
            "-mno-relax",
            assembly,
            "-o",
            theirs,
          ]);
          const diagnostics = new Diagnostics();
          const items = parseAssembly(readFileSync(assembly, "utf8"), 0, diagnostics);
          const object = assemble(items, file, diagnostics);
          assert.deepEqual(diagnostics.list, [], file);
          const ours = readElf(file, writeElf(object));
          for (const section of readElf(file, readFileSync(theirs)).sections) {
            const mine = ours.sections.find(({ name }) => name === section.name);
            if (!section.flags.alloc || (mine === undefined && section.size === 0)) continue;
            assert.ok(mine, `${file} has no ${section.name}`);
            assert.equal(mine.size, section.size, `${file} ${section.name}`);
            assert.deepEqual(contents(mine), contents(section), `${file} ${section.name}`);
          }
        }
      }
    } finally {
      rmSync(work, { recursive: true });
    }
  },
);
