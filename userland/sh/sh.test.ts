// The shell's language: each script of tests/ must print and end as it did in dash (tests/record.mjs).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test } from "node:test";

import { buildGuestShell } from "./tests/guest-shell.mjs";

const folder = join(import.meta.dirname, "tests");
const scripts = readdirSync(folder).filter((name) => name.endsWith(".sh"));

test("every script has a recorded expectation, and every expectation a script", () => {
  const recorded = readdirSync(join(folder, "expected")).map((name) => basename(name, ".txt"));
  assert.deepEqual(recorded.sort(), scripts.map((name) => basename(name, ".sh")).sort());
});

const shell = buildGuestShell();
if (shell) {
  after(() => shell.close());
  for (const script of scripts) {
    test(`${basename(script, ".sh")}: prints and ends as recorded`, () => {
      const name = `${basename(script, ".sh")}.txt`;
      const expected = readFileSync(join(folder, "expected", name), "utf8");
      const result = spawnSync(shell.command, [join(folder, script)], {
        cwd: tmpdir(),
        env: { PATH: `${shell.bin}:/usr/bin:/bin`, HOME: "/tmp", LC_ALL: "C" },
        stdio: ["ignore", "pipe", "pipe"],
        encoding: "utf8",
        timeout: 30_000,
      });
      assert.equal(`${result.stdout}[status ${result.status}]\n`, expected, result.stderr);
    });
  }
}
