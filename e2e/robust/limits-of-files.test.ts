// Descriptors, arguments, names, pipes and mappings beyond what there is: each gets Linux's error, never anything worse.

import assert from "node:assert/strict";
import { test } from "node:test";

import { E2BIG, EAGAIN, EMFILE, ENFILE, ENOMEM } from "../../kernel/abi/errno.ts";
import { encode } from "../../kernel/cpu/isa-encode.ts";
import { A0, A1, A2, BASE, bodyOffset, ecall, exit, li, program, SP, T0 } from "./guest-elf.ts";
import { testMachine, type TestMachine } from "./test-machine.ts";

const A3 = 13;
const A4 = 14;
const A5 = 15;

/** `exit(-a0)`, so that the status is the errno. */
const exitWithErrno = [encode("sub", { rd: A0, rs1: 0, rs2: A0 }), ...ecall(93)];

/** `body` again and again as long as a0 is not negative; then the errno is the status. */
const untilError = (body: readonly number[]): number[] => [
  ...body,
  encode("bge", { rs1: A0, rs2: 0, imm: -4 * body.length }),
  ...exitWithErrno,
];

async function statusOf(
  m: TestMachine,
  instructions: readonly number[],
  prefix = "",
): Promise<number> {
  await m.client.upload("/tmp/p", program(instructions, 0x20000));
  return (await m.run(`${prefix} /tmp/p`)).code;
}

test("descriptors end with EMFILE, at the soft limit and at the hard one", async (t) => {
  const m = await testMachine(t);
  const dup = [...li(A0, 0), ...ecall(23)];
  assert.equal(await statusOf(m, untilError(dup)), EMFILE);
  // prlimit(0, RLIMIT_NOFILE, &{2^20, 2^20}) may be refused, and 10,000 more may not.
  const raise = [
    ...li(T0, 1 << 20),
    encode("sd", { rs1: SP, rs2: T0, imm: -16 }),
    encode("sd", { rs1: SP, rs2: T0, imm: -8 }),
    ...li(A0, 0),
    ...li(A1, 7),
    encode("addi", { rd: A2, rs1: SP, imm: -16 }),
    ...li(A3, 0),
    ...ecall(261),
  ];
  assert.equal(await statusOf(m, [...raise, ...untilError(dup)]), EMFILE);
  await m.checkSound();
});

test("a program that runs cannot be written to, and can again when it has ended", async (t) => {
  const m = await testMachine(t);
  const script = `cp /bin/sleep /tmp/sleep; chmod 755 /tmp/sleep; cd /tmp
    ./sleep 60 & /bin/sleep 0; echo x >>sleep || echo busy; kill $!; wait; echo x >>sleep && echo free`;
  const { stdout, stderr } = await m.run(script);
  assert.equal(stdout, "busy\nfree\n");
  assert.match(stderr, /Text file busy/);
  await m.checkSound();
});

test("pipes without end stop with an error before the machine does", async (t) => {
  const m = await testMachine(t, { ram: 4 << 20 });
  // pipe2(sp - 16, O_NONBLOCK); write(the new one, code, 65536), a short one will do.
  const fill = [
    encode("addi", { rd: A0, rs1: SP, imm: -16 }),
    ...li(A1, 0x800),
    ...ecall(59),
    encode("blt", { rs1: A0, rs2: 0, imm: 4 * 8 }),
    encode("lw", { rd: A0, rs1: SP, imm: -12 }),
    ...li(A1, BASE),
    ...li(A2, 60000),
    ...ecall(64),
  ];
  const status = await statusOf(m, untilError(fill));
  assert.ok([EMFILE, ENFILE, ENOMEM, EAGAIN, 137].includes(status), String(status));
  await m.checkSound();
  assert.equal((await m.client.status()).memory.buffers, 0);
});

test("a mapping larger than the address space is ENOMEM, and so is one that cannot ever be backed", async (t) => {
  const m = await testMachine(t);
  const map = (shift: number, prot: number, flags: number): number[] => [
    ...li(A0, 0),
    ...li(A1, 1),
    encode("slli", { rd: A1, rs1: A1, imm: shift }),
    ...li(A2, prot),
    ...li(A3, flags),
    ...li(A4, -1),
    ...li(A5, 0),
    ...ecall(222),
  ];
  const PRIVATE_ANONYMOUS = 0x22;
  const SHARED_ANONYMOUS = 0x21;
  for (const shift of [38, 39, 47, 62, 63]) {
    assert.equal(
      await statusOf(m, [...map(shift, 3, PRIVATE_ANONYMOUS), ...exitWithErrno]),
      ENOMEM,
      `2^${shift}`,
    );
    assert.equal(
      await statusOf(m, [...map(shift, 3, SHARED_ANONYMOUS), ...exitWithErrno]),
      ENOMEM,
      `2^${shift}`,
    );
  }
  // A gibibyte each until there is no more room; nothing of it is ever touched.
  assert.equal(await statusOf(m, untilError(map(30, 0, PRIVATE_ANONYMOUS))), ENOMEM);
  await m.checkSound();
});

test("arguments beyond the limit are E2BIG, and the shell says so", async (t) => {
  const m = await testMachine(t);
  const grow = "x=0123456789abcdef; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do x=$x$x; done;";
  // 128 KiB and a NUL in one string: beyond MAX_ARG_STRLEN.
  const one = await m.run(`${grow} /bin/echo "$x"; echo $?; /bin/echo "\${x#?}" | wc -c`);
  assert.equal(one.stdout, "126\n131072\n");
  assert.match(one.stderr, /Argument list too long/);
  const text = BASE + 0x1000;
  const argv = BASE + 0x12000;
  const fill = (from: number, to: number, step: number, store: string): number[] => [
    ...li(T0, from),
    ...li(A1, to),
    encode(store, { rs1: T0, rs2: A2 }),
    encode("addi", { rd: T0, rs1: T0, imm: step }),
    encode("bne", { rs1: T0, rs2: A1, imm: -8 }),
    encode(store, { rs1: T0, rs2: 0 }),
  ];
  // The program executes itself again with forty times the same 64 KiB.
  const many = [
    ...li(A2, 120),
    ...fill(text, text + 65536, 1, "sb"),
    ...li(A2, text),
    ...fill(argv, argv + 40 * 8, 8, "sd"),
    encode("ld", { rd: A0, rs1: SP, imm: 8 }),
    ...li(A1, argv),
    ...li(A2, 0),
    ...ecall(221),
    ...exitWithErrno,
  ];
  assert.equal(await statusOf(m, many), E2BIG);
  await m.checkSound();
});

test("symbolic links in a circle are ELOOP, long names ENAMETOOLONG", async (t) => {
  const m = await testMachine(t);
  const loop = await m.run("cd /tmp; ln -s b a; ln -s a b; cat a; cat a/x; cd a");
  assert.match(
    loop.stderr,
    /a: Too many levels of symbolic links[^]*a\/x: Too many levels[^]*a: Too many levels/,
  );
  const grow = "x=y; for i in 1 2 3 4 5 6 7 8; do x=$x$x; done;";
  const long = await m.run(`${grow} cat /tmp/$x`);
  assert.match(long.stderr, /File name too long/);
  const path = await m.run(
    `x=/.; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do x=$x$x; done; cat $x/etc/motd`,
  );
  assert.match(path.stderr, /File name too long/);
  await m.checkSound();
});

test("directories may be nested deeply, walked out of and removed", async (t) => {
  const m = await testMachine(t);
  const deep = await m.run(
    "cd /tmp; i=0; while [ $i -lt 400 ]; do mkdir d && cd d || break; i=$((i + 1)); done; echo $i; cd /; rm -r /tmp/d; echo $?; ls /tmp",
  );
  assert.match(deep.stdout, /^400\n/, deep.stderr);
  assert.match(deep.stdout, /\n0\n$/, JSON.stringify(deep));
  await m.checkSound();
});

test("twenty-five pipelines at once carry every byte", async (t) => {
  const m = await testMachine(t, { ram: 32 << 20 });
  const { stdout } = await m.run(
    "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do (yes | head -n 5000 | cat | wc -c) & done; wait",
  );
  assert.equal(stdout, "10000\n".repeat(25));
  await m.checkSound();
  assert.equal((await m.client.status()).memory.buffers, 0);
});

test("a writer whose reader goes away ends by SIGPIPE", async (t) => {
  const m = await testMachine(t);
  assert.equal((await m.run("(yes; echo $? >&2) | head -n 1")).stderr, "141\n");
});

test("the code that these programs begin with runs", async (t) => {
  const m = await testMachine(t);
  assert.equal(bodyOffset(1), 120);
  assert.equal(await statusOf(m, exit(3)), 3);
});
