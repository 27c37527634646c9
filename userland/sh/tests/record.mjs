// Records what each script of this folder prints in a shell that others wrote: `node userland/sh/tests/record.mjs`.
// The shell is dash; scripts stay within what POSIX specifies, so any conforming shell must agree with it.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const here = import.meta.dirname;
const dash = "/bin/dash";

// `sh` in a script means the shell under test
const bin = mkdtempSync(join(tmpdir(), "sh-record-"));
symlinkSync(dash, join(bin, "sh"));
mkdirSync(join(here, "expected"), { recursive: true });
try {
  for (const script of readdirSync(here).filter((name) => name.endsWith(".sh"))) {
    const result = spawnSync(dash, [join(here, script)], {
      cwd: tmpdir(),
      env: { PATH: `${bin}:/usr/bin:/bin`, HOME: "/tmp", LC_ALL: "C" },
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
      timeout: 20_000,
    });
    if (result.error) throw result.error;
    const name = `${basename(script, ".sh")}.txt`;
    writeFileSync(join(here, "expected", name), `${result.stdout}[status ${result.status}]\n`);
    console.log(name);
  }
} finally {
  rmSync(bin, { recursive: true });
}
