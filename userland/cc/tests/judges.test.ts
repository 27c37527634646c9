// The judges: each program in programs/ is compiled by us and prints on Vitrine's machine what gcc's prints under qemu
// (record.mjs). All of them run on one machine, one after the other.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { HostOutput } from "../../../kernel/boot/kernel-tasks.ts";
import { Machine, shellStatus } from "../../../kernel/boot/machine.ts";
import { createNodeHost } from "../../../kernel/boot/node/host.ts";
import { runCommand } from "../driver/command.ts";
import { installation } from "../driver/node/main.ts";

const programs = join(import.meta.dirname, "programs");
const names = readdirSync(programs)
  .filter((file) => file.endsWith(".c"))
  .map((file) => file.slice(0, -2));

function compile(name: string, level: string): Uint8Array {
  const source = join(programs, `${name}.c`);
  const flags = /^\/\/ flags: (.*)$/m.exec(readFileSync(source, "utf8"))?.[1]?.split(" ") ?? [];
  let program: Uint8Array | undefined;
  const { status, messages } = runCommand(
    [level, "-w", "-s", ...flags, source, "-o", name],
    {
      read: (path) => {
        try {
          return readFileSync(path);
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

for (const level of ["-O0", "-O1", "-O2"]) {
  describe(`at ${level}`, () => {
    let machine: Machine;
    before(() => {
      machine = new Machine({
        ramBytes: 32 << 20,
        image: readFileSync(join(import.meta.dirname, "..", "..", "image.cpio")),
        host: createNodeHost(),
        seed: 7,
      });
      void machine.start();
    });
    after(() => machine.shutdown());
    for (const name of names) {
      test(`${name} prints what gcc's prints`, async () => {
        await machine.writeFile("/tmp/program", compile(name, level));
        const chunks: Uint8Array[] = [];
        const output = () => new HostOutput(machine.kernel, (bytes) => chunks.push(bytes));
        const status = await machine.runProgram(
          { path: "/tmp/program", argv: ["program"], envp: ["PATH=/bin"], cwd: "/tmp" },
          { input: undefined, stdout: output(), stderr: output() },
        );
        const expected = readFileSync(join(programs, `${name}.out`), "latin1");
        assert.equal(Buffer.concat(chunks).toString("latin1"), expected);
        assert.equal(shellStatus(status), 0);
      });
    }
  });
}
