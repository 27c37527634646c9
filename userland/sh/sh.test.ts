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

test("no process is made that is not needed, as strace in the machine sees it", () => {
  const counted: readonly (readonly [string, number])[] = [
    ["x=$(echo a)$(printf b)`command -v sh`", 0],
    ["(cat /dev/null)", 0],
    ["{ :; x=1 cat </dev/null; }", 0],
    ["if :; then : && cat /dev/null; fi", 0],
    ["x=$(cat /dev/null); :", 1],
    ["x=$(echo ${y:=1}); :", 1],
    ["cat /dev/null | cat; :", 2],
    ["(cat /dev/null; cat /dev/null) & wait", 2],
  ];
  const script = counted
    .map(([text]) => `strace -f -o trace sh -c '${text}'; grep -c '+++ exited' trace`)
    .join("\n");
  const result = spawnSync(process.execPath, [vitrine, "-c", `cd /tmp; ${script}`], {
    encoding: "utf8",
    timeout: 60_000,
  });
  const made = result.stdout.trim().split("\n");
  // the first to exit is the shell that strace was given
  const expected = counted.map(([, children]) => String(children + 1));
  assert.deepEqual(made, expected, result.stderr);
});

test("help has a line for each builtin, and for nothing else", () => {
  const table = readFileSync(join(import.meta.dirname, "builtin.c"), "utf8");
  const builtins = [...table.matchAll(/\{"([^"]+)", builtin_/g)].map((match) => match[1]);
  const result = spawnSync(process.execPath, [vitrine, "-c", "help"], { encoding: "utf8" });
  const told = result.stdout
    .split("\n")
    .slice(1, -1)
    .map((line) => /^ {2}(:|[^ :]+)/.exec(line)?.[1]);
  assert.deepEqual(told, builtins);
});

test("commands that call themselves for ever end with a message", () => {
  const script = `f() { f; }; (f) 2>&1; x='eval "$x"'; (eval "$x") 2>&1; echo "$?"`;
  const result = spawnSync(process.execPath, [vitrine, "-c", script], { encoding: "utf8" });
  assert.equal(result.stdout, `${"sh: 1: commands nested too deeply\n".repeat(2)}2\n`);
});
