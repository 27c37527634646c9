// `vitrine run PROGRAM`: a static riscv64 executable of this computer, with its arguments, streams and status.

import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { encode } from "../../kernel/cpu/isa-encode.ts";
import { compileProgram } from "../../userland/toolchain.mjs";
import { A0, A1, A2, ecall, exit, li, program, SP } from "../robust/guest-elf.ts";
import { run } from "./vitrine.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-run-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Uint8Array | string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  chmodSync(path, mode);
  return path;
}

test("a C program of this computer runs, with its output and status", async () => {
  const conformance = join(import.meta.dirname, "..", "conformance");
  const strings = join(folder, "strings");
  const source = join(conformance, "programs", "libc-strings.c");
  compileProgram({ sources: [source], out: strings, flags: [`-I${conformance}`] });
  const expected = readFileSync(join(conformance, "expected", "libc-strings.txt"), "utf8");
  const { stdout, stderr, code } = await run(["run", strings]);
  assert.deepEqual({ stderr, code }, { stderr: "", code: 0 });
  assert.ok(stdout.length > 100);
  assert.ok(expected.includes(stdout), stdout);
});

test("arguments are passed as they are, options among them", async () => {
  // exit(argc)
  const count = file("count", program([encode("ld", { rd: A0, rs1: SP }), ...ecall(93)]));
  assert.equal((await run(["run", count])).code, 1);
  assert.equal((await run(["run", count, "--ram", "two words", "", "-c"])).code, 5);
  assert.equal((await run(["--ram", "2M", "run", count, "--help"])).code, 2);
  // write(1, argv[1], 5)
  const print = file(
    "print",
    program([
      ...li(A0, 1),
      encode("ld", { rd: A1, rs1: SP, imm: 16 }),
      ...li(A2, 5),
      ...ecall(64),
      ...exit(0),
    ]),
  );
  assert.equal((await run(["run", print, "--ram"])).stdout, "--ram");
});

test("a program without permission to execute runs too: it is only copied", async () => {
  assert.equal((await run(["run", file("plain", program(exit(6)), 0o644)])).code, 6);
});

test("a program that a signal ends gives 128 + n", async () => {
  assert.equal((await run(["run", file("illegal", program([0]))])).code, 132);
});

test("what is not there is status 127", async () => {
  const { code, stdout, stderr } = await run(["run", join(folder, "nothing")]);
  assert.deepEqual({ code, stdout }, { code: 127, stdout: "" });
  assert.match(stderr, /^vitrine: [^\n]*nothing[^\n]*\n$/);
});

test("what is no program is status 126, and the reason is said", async () => {
  const good = program(exit(0));
  const native = good.slice();
  native[18] = 62;
  for (const [path, why] of [
    [file("x86", native), /machine 62, not RISC-V/],
    [file("cut", good.slice(0, 100)), /program headers lie beyond the end/],
    [file("empty", ""), /0 bytes/],
    [file("text", "hello\n".repeat(20)), /magic number/],
    [folder, /directory/i],
  ] as const) {
    const { code, stdout, stderr } = await run(["run", path]);
    assert.deepEqual({ code, stdout }, { code: 126, stdout: "" }, `${path}: ${stderr}`);
    assert.match(stderr, why);
    assert.ok(
      stderr.split("\n").every((line) => line === "" || line.startsWith("vitrine: ")),
      stderr,
    );
  }
});

test("a script with #! runs by the machine's shell", async () => {
  const script = file("script", "#!/bin/sh\necho $# from $0\nexit 4\n");
  const { code, stdout, stderr } = await run(["run", script, "a", "b"]);
  assert.deepEqual(
    { code, stdout, stderr },
    { code: 4, stdout: "2 from /run/script\n", stderr: "" },
  );
});
