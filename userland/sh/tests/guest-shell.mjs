// The shell as the tests run it on a host: built against our libc and started by qemu-riscv64. Programs that the
// shell starts there are the host's own, so what is tested is the shell.
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compileProgram, haveGcc } from "../../toolchain.mjs";

const sourceFolder = join(import.meta.dirname, "..");

/** @typedef {{ bin: string, command: string, close: () => void }} GuestShell */

/**
 * Builds the shell. `bin` is a folder whose `sh` is the shell under test, `command` the path of that `sh`.
 * @returns {GuestShell}
 */
export function buildGuestShell() {
  const bin = mkdtempSync(join(tmpdir(), "guest-sh-"));
  const program = join(bin, "sh.elf");
  const sources = readdirSync(sourceFolder)
    .filter((name) => name.endsWith(".c"))
    .map((name) => join(sourceFolder, name));
  // The shell of the image is made by our compiler; this is gcc's turn.
  compileProgram({ sources, out: program, by: haveGcc() ? "gcc" : "ours" });
  const command = join(bin, "sh");
  writeFileSync(command, `#!/bin/sh\nexec qemu-riscv64 ${program} "$@"\n`);
  chmodSync(command, 0o755);
  return { bin, command, close: () => rmSync(bin, { recursive: true }) };
}
