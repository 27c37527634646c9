// On which machine a conformance program runs. The project's own is the one that the tests are about; qemu-riscv64
// runs the same ELFs, which tells a mistake of the libc from one of the kernel.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { HostRun } from "./host-process.ts";
import { runHost } from "./host-process.ts";

export interface GuestRunner {
  readonly name: string;
  /** Runs the ELF in an empty directory, with its own path as the only argument. */
  run(name: string, elf: Uint8Array): Promise<HostRun>;
  close(): void;
}

/** No program of the suite needs more than two seconds anywhere. */
export const PROGRAM_SECONDS = 30;

/** A runner whose programs are files of the host, started by a command of the host. */
function fileRunner(name: string, command: (path: string) => [string, ...string[]]): GuestRunner {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-elf-"));
  return {
    name,
    async run(program, elf) {
      const path = join(folder, program);
      writeFileSync(path, elf);
      chmodSync(path, 0o755);
      return runHost(command(path), PROGRAM_SECONDS);
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** qemu-riscv64 in user mode, on a host that is Linux. */
export const qemuRunner = (): GuestRunner =>
  fileRunner("qemu-riscv64", (path) => ["qemu-riscv64", path]);

/** The command line of the project: `vitrine run PROGRAM`, as built into `dist/`. */
export const commandLineRunner = (): GuestRunner => {
  const vitrine = join(import.meta.dirname, "..", "..", "dist", "vitrine.mjs");
  return fileRunner("vitrine", (path) => [process.execPath, vitrine, "run", path]);
};
