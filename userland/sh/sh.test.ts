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
import { scriptOfCases } from "./tests/cases.mjs";
import { buildGuestShell } from "./tests/guest-shell.mjs";

const folder = join(import.meta.dirname, "tests");
const vitrine = join(import.meta.dirname, "..", "..", "dist", "vitrine.mjs");
/** The scripts by name: those of tests/, and one for each file of tests/cases. */
const scripts = new Map<string, string>();
for (const name of readdirSync(folder).filter((file) => file.endsWith(".sh"))) {
  scripts.set(basename(name, ".sh"), readFileSync(join(folder, name), "utf8"));
}
for (const name of readdirSync(join(folder, "cases"))) {
  const text = readFileSync(join(folder, "cases", name), "utf8");
  scripts.set(`cases-${basename(name, ".txt")}`, scriptOfCases(text));
}

test("every script has a recorded expectation, and every expectation a script", () => {
  const recorded = readdirSync(join(folder, "expected")).map((name) => basename(name, ".txt"));
  assert.deepEqual(recorded.sort(), [...scripts.keys()].sort());
});

function runAsRecorded(script: string, command: string, args: string[], path: string): void {
  const expected = readFileSync(join(folder, "expected", `${script}.txt`), "utf8");
  const result = spawnSync(command, args, {
    cwd: tmpdir(),
    env: { PATH: path, HOME: "/tmp", LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    timeout: 60_000,
  });
  assert.equal(`${result.stdout}[status ${result.status}]\n`, expected, result.stderr);
}

describe("under qemu-riscv64", { skip: lacking("qemu-riscv64") }, () => {
  let shell: GuestShell;
  before(() => void (shell = buildGuestShell()));
  after(() => shell.close());
  for (const [script, text] of scripts) {
    test(`${script}: prints and ends as recorded`, () => {
      const path = `${shell.bin}:/usr/bin:/bin`;
      runAsRecorded(script, shell.command, ["-c", text], path);
    });
  }
});

for (const [script, text] of scripts) {
  test(`${script}: prints and ends as recorded, in the machine`, () => {
    runAsRecorded(script, process.execPath, [vitrine, "-c", text], process.env["PATH"] ?? "");
  });
}
