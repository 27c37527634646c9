// The shell's language: each script of tests/ must print and end as it did in dash (tests/record.mjs), run by the
// shell under qemu-riscv64, and inside the machine.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";

import { lacking } from "../oracles.mjs";
import type { GuestShell } from "./tests/guest-shell.mjs";
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

describe("under qemu-riscv64", { skip: lacking("qemu-riscv64") }, () => {
  let shell: GuestShell;
  before(() => void (shell = buildGuestShell()));
  after(() => shell.close());
  for (const script of scripts) {
    test(`${script}: prints and ends as recorded`, () => {
      const path = `${shell.bin}:/usr/bin:/bin`;
      runAsRecorded(script, shell.command, [join(folder, `${script}.sh`)], path);
    });
  }
});

for (const script of scripts) {
  test(`${script}: prints and ends as recorded, in the machine`, () => {
    const text = readFileSync(join(folder, `${script}.sh`), "utf8");
    runAsRecorded(script, process.execPath, [vitrine, "-c", text], process.env["PATH"] ?? "");
  });
}
