// The shell as the tests run it on a host: built against our libc and started by qemu-riscv64. Programs that the
// shell starts there are the host's own, so what is tested is the shell.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compileProgram, haveToolchain } from "../../toolchain.mjs";

const sourceFolder = join(import.meta.dirname, "..");

/**
 * Builds the shell. `bin` is a folder whose `sh` is the shell under test, `command` the path of that `sh`.
 * @returns {{ bin: string, command: string, close: () => void } | undefined} undefined where there is no riscv64
 *   compiler or no qemu-riscv64
 */
export function buildGuestShell() {
  const qemu = spawnSync("qemu-riscv64", ["--version"]);
  if (!haveToolchain() || qemu.status !== 0) return undefined;
  const bin = mkdtempSync(join(tmpdir(), "guest-sh-"));
  const program = join(bin, "sh.elf");
  const sources = readdirSync(sourceFolder)
    .filter((name) => name.endsWith(".c"))
    .map((name) => join(sourceFolder, name));
  compileProgram({ sources, out: program });
  const command = join(bin, "sh");
  writeFileSync(command, `#!/bin/sh\nexec qemu-riscv64 ${program} "$@"\n`);
  chmodSync(command, 0o755);
  return { bin, command, close: () => rmSync(bin, { recursive: true }) };
}
