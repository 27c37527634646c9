// The shell's language: each script of tests/ must print and end as it did in dash (tests/record.mjs), run by the
// shell under qemu-riscv64 where that and a riscv64 compiler exist, and inside the machine where it has been built.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test } from "node:test";

import { buildGuestShell } from "./tests/guest-shell.mjs";

const folder = join(import.meta.dirname, "tests");
const vitrine = join(import.meta.dirname, "..", "..", "dist", "vitrine.mjs");
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith(".sh"))
  .map((name) => basename(name, ".sh"));

test("every script has a recorded expectation, and every expectation a script", () => {
  const recorded = readdirSync(join(folder, "expected")).map((name) => basename(name, ".txt"));
  assert.deepEqual(recorded.sort(), [...scripts].sort());
});

function runAsRecorded(script: string, command: string, args: string[], path: string): void {
  const expected = readFileSync(join(folder, "expected", `${script}.txt`), "utf8");
  const result = spawnSync(command, args, {
    cwd: tmpdir(),
    env: { PATH: path, HOME: "/tmp", LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    timeout: 30_000,
  });
  assert.equal(`${result.stdout}[status ${result.status}]\n`, expected, result.stderr);
}

const shell = buildGuestShell();
if (shell) {
  after(() => shell.close());
  for (const script of scripts) {
    test(`${script}: prints and ends as recorded, under qemu-riscv64`, () => {
      const path = `${shell.bin}:/usr/bin:/bin`;
      runAsRecorded(script, shell.command, [join(folder, `${script}.sh`)], path);
    });
  }
}

if (existsSync(vitrine)) {
  for (const script of scripts) {
    test(`${script}: prints and ends as recorded, in the machine`, () => {
      const text = readFileSync(join(folder, `${script}.sh`), "utf8");
      runAsRecorded(script, process.execPath, [vitrine, "-c", text], process.env["PATH"] ?? "");
    });
  }
}
