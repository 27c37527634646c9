// The judges: each program in programs/ is compiled by us and prints on Vitrine's machine what gcc's prints under qemu
// (record.mjs), and so do random ones that csmith made (csmith.mjs --record). Programs run on one machine, one after the
// other.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { HostOutput } from "../../../kernel/boot/kernel-tasks.ts";
import { Machine, shellStatus } from "../../../kernel/boot/machine.ts";
import { createNodeHost } from "../../../kernel/boot/node/host.ts";
import { runCommand } from "../driver/command.ts";
import { installation } from "../driver/node/main.ts";

const image = join(import.meta.dirname, "..", "..", "image.cpio");

interface Source {
  readonly path: string;
  /** When it is no file. */
  readonly text?: string;
}

/** The program as an ELF; fails the test with the compiler's messages. */
function compile({ path, text }: Source, options: readonly string[]): Uint8Array {
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

interface Runner {
  run(program: Uint8Array): Promise<{ output: string; status: number }>;
  close(): Promise<void>;
}

function createRunner(): Runner {
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

const programs = join(import.meta.dirname, "programs");
const names = readdirSync(programs)
  .filter((file) => file.endsWith(".c"))
  .map((file) => file.slice(0, -2));

for (const level of ["-O0", "-O2"]) {
  describe(`at ${level}`, () => {
    let runner: Runner;
    before(() => {
      runner = createRunner();
    });
    after(() => runner.close());
    for (const name of names) {
      test(`${name} prints what gcc's prints`, async () => {
        const path = join(programs, `${name}.c`);
        const text = readFileSync(path, "utf8");
        const flags = /^\/\/ flags: (.*)$/m.exec(text)?.[1]?.split(" ") ?? [];
        const { output, status } = await runner.run(compile({ path }, [level, ...flags]));
        assert.equal(output, readFileSync(join(programs, `${name}.out`), "latin1"));
        assert.equal(status, 0);
      });
    }
  });
}

interface Recorded {
  readonly seed: number;
  readonly expected: string;
  readonly text: string;
}

const folder = join(import.meta.dirname, "csmith");

function isRecorded(value: unknown): value is Recorded {
  return (
    typeof value === "object" &&
    value !== null &&
    "seed" in value &&
    "expected" in value &&
    "text" in value
  );
}

function recorded(): Recorded[] {
  const parsed: unknown = JSON.parse(
    gunzipSync(readFileSync(join(folder, "programs.json.gz"))).toString("utf8"),
  );
  assert.ok(Array.isArray(parsed) && parsed.every(isRecorded));
  return parsed;
}

describe("random programs", () => {
  let runner: Runner;
  before(() => {
    runner = createRunner();
  });
  after(() => runner.close());
  for (const { seed, expected, text } of recorded()) {
    test(`the program of seed ${seed} has gcc's checksum`, async () => {
      for (const level of ["-O1", "-O2"]) {
        const path = join(folder, `${seed}.c`);
        const program = compile({ path, text }, [level, `-I${folder}`]);
        const { output, status } = await runner.run(program);
        assert.deepEqual({ level, output, status }, { level, output: expected, status: 0 });
      }
    });
  }
});
