// Records what each script of this folder prints in a shell that others wrote: `node userland/sh/tests/record.mjs`.
// The shell is dash (and bash, see below); scripts stay within what POSIX specifies, so any conforming shell must agree with it.
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { scriptOfCases } from "./cases.mjs";

const here = import.meta.dirname;
const dash = ["/bin/dash"];
/** For what dash cannot say, because its descriptors have one digit: files of cases whose names end so. */
const bash = ["/bin/bash", "--posix"];
const recordedBy = (name) => (name.endsWith("-bash") ? bash : dash);

// `sh` in a script means the shell under test
const bin = mkdtempSync(join(tmpdir(), "sh-record-"));
mkdirSync(join(here, "expected"), { recursive: true });
try {
  const record = (name, args) => {
    const [shell, ...first] = recordedBy(name);
    rmSync(join(bin, "sh"), { force: true });
    symlinkSync(shell, join(bin, "sh"));
    const result = spawnSync(shell, [...first, ...args], {
      cwd: tmpdir(),
      env: { PATH: `${bin}:/usr/bin:/bin`, HOME: "/tmp", LC_ALL: "C" },
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
      timeout: 60_000,
    });
    if (result.error) throw result.error;
    writeFileSync(
      join(here, "expected", `${name}.txt`),
      `${result.stdout}[status ${result.status}]\n`,
    );
    console.log(name);
  };
  for (const script of readdirSync(here).filter((name) => name.endsWith(".sh"))) {
    record(basename(script, ".sh"), [join(here, script)]);
  }
  for (const file of readdirSync(join(here, "cases"))) {
    const text = readFileSync(join(here, "cases", file), "utf8");
    record(`cases-${basename(file, ".txt")}`, ["-c", scriptOfCases(text)]);
  }
} finally {
  rmSync(bin, { recursive: true });
}
