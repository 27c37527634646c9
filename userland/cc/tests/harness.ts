// What the judges share: a program compiled by us, in memory, and a machine on which one after the other runs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HostOutput } from "../../../kernel/boot/kernel-tasks.ts";
import { Machine, shellStatus } from "../../../kernel/boot/machine.ts";
import { createNodeHost } from "../../../kernel/boot/node/host.ts";
import { runCommand } from "../driver/command.ts";
import { installation } from "../driver/node/main.ts";

const image = join(import.meta.dirname, "..", "..", "image.cpio");

export interface Source {
  readonly path: string;
  /** When it is no file. */
  readonly text?: string;
}

/** The program as an ELF; fails the test with the compiler's messages. */
export function compile({ path, text }: Source, options: readonly string[]): Uint8Array {
  let program: Uint8Array | undefined;
  const { status, messages } = runCommand(
    [...options, "-w", "-s", path, "-o", "program"],
    {
      read(wanted) {
        if (wanted === path && text !== undefined) return new TextEncoder().encode(text);
        try {
          return readFileSync(wanted);
        } catch {
          return undefined;
        }
      },
      write: (_path, bytes) => void (program = bytes),
    },
    installation,
  );
  assert.equal(status, 0, messages);
  assert.ok(program);
  return program;
}

export interface Runner {
  run(program: Uint8Array): Promise<{ output: string; status: number }>;
  close(): Promise<void>;
}

export function createRunner(): Runner {
  const machine = new Machine({
    ramBytes: 32 << 20,
    image: readFileSync(image),
    host: createNodeHost(),
    seed: 7,
  });
  void machine.start();
  const path = "/tmp/program";
  return {
    async run(program) {
      await machine.writeFile(path, program);
      const chunks: Uint8Array[] = [];
      const output = () => new HostOutput(machine.kernel, (bytes) => chunks.push(bytes));
      const status = await machine.runProgram(
        { path, argv: ["program"], envp: ["PATH=/bin"], cwd: "/tmp" },
        { input: undefined, stdout: output(), stderr: output() },
      );
      return { output: Buffer.concat(chunks).toString("latin1"), status: shellStatus(status) };
    },
    close: () => machine.shutdown(),
  };
}
