// The C library against glibc: each program of tests/ is built against both, for the same machine, and must print the same
// under qemu-riscv64, whichever compiler has made our side.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { lacking } from "../oracles.mjs";
import { compileProgram, makers } from "../toolchain.mjs";
import { staleHeaders } from "./generate-headers.mjs";

const here = import.meta.dirname;
const work = mkdtempSync(join(tmpdir(), "vitrine-libc-test-"));
after(() => rmSync(work, { recursive: true }));

/** Runs a program in an empty folder, UTC, C locale; its status or signal, and all that it wrote. */
function run(command: readonly string[], folder: string) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const [file = "", ...args] = command;
  const { status, signal, stdout, stderr } = spawnSync(file, args, {
    cwd: folder,
    env: { PATH: "/bin:/usr/bin", TZ: "UTC", LC_ALL: "C" },
    encoding: "latin1",
    maxBuffer: 1 << 26,
    timeout: 60_000,
  });
  return { status, signal, stdout, stderr };
}

function compileWithGlibc(source: string, out: string): void {
  const args = [
    "-std=gnu11",
    "-D_GNU_SOURCE",
    "-fno-builtin",
    "-static",
    "-pthread",
    "-w",
    source,
    "-o",
    out,
  ];
  const { status, stderr } = spawnSync("riscv64-linux-gnu-gcc", args, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

test("the headers in include/bits are what kernel/abi says", async () => {
  assert.deepEqual(await staleHeaders(), []);
});

for (const by of makers()) {
  describe(`a libc by ${by}`, () => {
    for (const name of [
      "printf",
      "formats",
      "options",
      "contexts",
      "odds",
      "numbers",
      "strings",
      "sort",
      "heap",
      "files",
      "dates",
      "processes",
      "regex",
      "names",
      "threads",
      "cancel",
      "wide",
      "zones",
      "more-posix",
      "memory-files",
      "posix",
    ]) {
      test(
        `${name}.c prints on our libc what it prints on glibc`,
        { skip: lacking("riscv64-linux-gnu-gcc", "qemu-riscv64") },
        () => {
          const source = join(here, "tests", `${name}.c`);
          const theirs = join(work, `${name}-glibc`);
          const ours = join(work, name);
          compileWithGlibc(source, theirs);
          compileProgram({ sources: [source], out: ours, flags: ["-w"], by });
          const expected = run(["qemu-riscv64", theirs], join(work, "folder"));
          assert.equal(expected.status, 0);
          assert.deepEqual(run(["qemu-riscv64", ours], join(work, "folder")), expected);
        },
      );
    }

    test(
      "a program's mistakes with its heap end it with a sentence",
      { skip: lacking("qemu-riscv64") },
      () => {
        const program = join(work, "broken-heap");
        compileProgram({
          sources: [join(here, "tests", "broken-heap.c")],
          out: program,
          flags: ["-w"],
          by,
        });
        const complaints = [
          ["d", /^free\(\): block is already free\n$/],
          ["w", /^free\(\): invalid pointer/],
          ["o", /^free\(\): invalid pointer, or the block before it was overrun\n$/],
          ["m", /^malloc\(\): a free block was written to\n$/],
        ] as const;
        for (const [mistake, sentence] of complaints) {
          const { stderr, signal } = run(["qemu-riscv64", program, mistake], join(work, "folder"));
          assert.match(stderr.replace(/qemu: .*\n/, ""), sentence);
          assert.equal(signal, "SIGABRT");
        }
      },
    );

    test("structures written by hand in the headers have Linux's layout", () => {
      const source = join(work, "layout.c");
      writeFileSync(source, "#include <bits/layout-checks.h>\nint main(void) { return 0; }\n");
      compileProgram({ sources: [source], out: join(work, "layout"), by });
    });

    test("a program has separate segments for code, constants and data, none of them writable and executable", () => {
      const source = join(work, "segments.c");
      writeFileSync(source, '#include <stdio.h>\nint main(void) { return puts("hello") < 0; }\n');
      compileProgram({ sources: [source], out: join(work, "segments"), by });
      const elf = readFileSync(join(work, "segments"));
      const [headersAt, headerSize] = [Number(elf.readBigUInt64LE(32)), elf.readUInt16LE(54)];
      const loads = Array.from({ length: elf.readUInt16LE(56) }, (_, at) =>
        elf.subarray(headersAt + at * headerSize, headersAt + (at + 1) * headerSize),
      ).filter((header) => header.readUInt32LE(0) === 1);
      // PF_X 1, PF_W 2, PF_R 4
      assert.deepEqual(
        loads.map((header) => header.readUInt32LE(4)),
        [5, 4, 6],
      );
      assert.equal(loads[0]?.readBigUInt64LE(16), 0x10000n);
    });
  });
}
