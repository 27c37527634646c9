// Files that are no programs, or broken ones: the shell hears ENOEXEC and says 126, the kernel log says why, and nothing
// of a program that could not be loaded stays behind. Programs that break their own machine's rules get Linux's signals.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PF_R, PF_W, PF_X, PT_INTERP, PT_LOAD } from "../../kernel/abi/elf.ts";
import { createRandom } from "../../kernel/boot/random.ts";
import { encode } from "../../kernel/cpu/isa-encode.ts";
import {
  A0,
  BASE,
  bodyOffset,
  codeBytes,
  elfFile,
  exit,
  li,
  program,
  type Segment,
  SP,
  T0,
} from "./guest-elf.ts";
import { testMachine, type TestMachine } from "./test-machine.ts";

const GOOD = program(exit(7));
const USER_END = 2 ** 38;

/** The good program with some of its header's bytes replaced. */
function patched(change: (view: DataView) => void): Uint8Array {
  const bytes = GOOD.slice();
  change(new DataView(bytes.buffer));
  return bytes;
}

/** A field of the good program's only program header. */
const segmentField =
  (at: number, value: bigint) =>
  (view: DataView): void =>
    view.setBigUint64(64 + at, value, true);

const code = codeBytes(exit(7));
const load = (segment: Partial<Segment>): Segment => ({
  type: PT_LOAD,
  flags: PF_R | PF_X,
  offset: 0,
  vaddr: BASE,
  filesz: 0x40,
  memsz: 0x100,
  ...segment,
});
const withSegments = (segments: readonly Segment[]): Uint8Array =>
  elfFile({ entry: BASE + bodyOffset(segments.length), segments, body: code });

/** Refused with ENOEXEC; the reason in the log must match. */
const broken: readonly (readonly [what: string, bytes: Uint8Array, why: RegExp])[] = [
  ["its header is cut in the middle", GOOD.slice(0, 40), /header/],
  ["only the magic number is there", GOOD.slice(0, 4), /header/],
  ["its program headers are cut", GOOD.slice(0, 64 + 20), /program headers lie beyond/],
  ["its last segment is cut", GOOD.slice(0, GOOD.length - 8), /truncated/],
  ["it is a 32-bit file", patched((v) => v.setUint8(4, 1)), /64-bit/],
  ["it is big-endian", patched((v) => v.setUint8(5, 2)), /little-endian/],
  ["its version is unknown", patched((v) => v.setUint8(6, 9)), /version/],
  ["it is for x86-64", patched((v) => v.setUint16(18, 62, true)), /machine 62/],
  ["it is an object file", patched((v) => v.setUint16(16, 1, true)), /type 1/],
  ["it is a core dump", patched((v) => v.setUint16(16, 4, true)), /type 4/],
  ["it has no program headers", patched((v) => v.setUint16(56, 0, true)), /no program headers/],
  ["it has 65,535 program headers", patched((v) => v.setUint16(56, 65535, true)), /too many/],
  [
    "its program headers have a wrong size",
    patched((v) => v.setUint16(54, 32, true)),
    /32 bytes each/,
  ],
  [
    "its program headers are at 2^64 - 1",
    patched((v) => v.setBigUint64(32, 2n ** 64n - 1n, true)),
    /beyond/,
  ],
  [
    "its program headers are behind the file",
    patched((v) => v.setBigUint64(32, 1n << 20n, true)),
    /beyond/,
  ],
  ["its entry point is nowhere", patched((v) => v.setBigUint64(24, 0x5000_0000n, true)), /entry/],
  ["its entry point is at 2^63", patched((v) => v.setBigUint64(24, 1n << 63n, true)), /entry/],
  [
    "its entry point is odd",
    patched((v) => v.setBigUint64(24, BigInt(BASE + bodyOffset(1) + 1), true)),
    /odd/,
  ],
  [
    "its segment is longer in the file than in memory",
    patched(segmentField(40, 8n)),
    /more bytes in the file/,
  ],
  [
    "its segment is beyond the end of the file",
    patched(segmentField(8, 1n << 24n)),
    /beyond the end/,
  ],
  ["its segment's size overflows", patched(segmentField(40, 2n ** 64n - 1n)), /outside/],
  [
    "its segment is in the kernel's half",
    patched(segmentField(16, 0xffff_ffc0_0000_0000n)),
    /outside|entry/,
  ],
  [
    "its segment ends one page beyond user memory",
    patched(segmentField(40, BigInt(USER_END))),
    /outside/,
  ],
  [
    "its segment's offset does not fit its address",
    patched(segmentField(16, BigInt(BASE + 8))),
    /offset/,
  ],
  ["nothing in it is loaded", patched((v) => v.setUint32(64, 0, true)), /nothing to load/],
  ["its code may not be executed", patched((v) => v.setUint32(68, PF_R | PF_W, true)), /entry/],
  [
    "its segments overlap",
    withSegments([load({}), load({ vaddr: BASE + 0x80, offset: 0x80, filesz: 0x10 })]),
    /overlap/,
  ],
  [
    "its segments are out of order",
    withSegments([load({ vaddr: BASE + 0x10000 }), load({})]),
    /order|entry/,
  ],
  [
    "it wants a dynamic loader",
    withSegments([load({ type: PT_INTERP, filesz: 8, memsz: 8 }), load({})]),
    /dynamic loader/,
  ],
];

/** Writes a program into the machine and has the shell run it. */
async function runFile(
  m: TestMachine,
  bytes: Uint8Array,
): Promise<{ code: number; stderr: string; why: string }> {
  const before = m.log().length;
  await m.client.upload("/tmp/p", bytes);
  const { code, stderr } = await m.run("chmod 755 /tmp/p; /tmp/p; s=$?; rm /tmp/p; exit $s");
  return { code, stderr, why: m.log().slice(before) };
}

test("the program that the broken ones are made from is good", async (t) => {
  const m = await testMachine(t);
  assert.equal((await runFile(m, GOOD)).code, 7);
});

test("each broken executable is refused with 126 and a reason in the log", async (t) => {
  const m = await testMachine(t);
  const frames = (await m.client.status()).memory;
  for (const [what, bytes, why] of broken) {
    const result = await runFile(m, bytes);
    assert.equal(result.code, 126, `${what}: ${JSON.stringify(result)}`);
    // The shell says something that names the file.
    assert.match(result.stderr, /\/tmp\/p: Exec format error/, what);
    assert.match(result.why, why, `${what}: ${result.why}`);
    await m.checkSound();
  }
  assert.equal((await m.client.status()).memory.anonymous, frames.anonymous);
});

test("memory that a program's header claims costs nothing until it is touched", async (t) => {
  const m = await testMachine(t, { ram: 4 << 20 });
  const result = await runFile(m, program(exit(7), 2 ** 30));
  assert.ok([7, 126, 137].includes(result.code), JSON.stringify(result));
  await m.checkSound();
});

test("a segment that may be written and executed is allowed, as on Linux", async (t) => {
  const m = await testMachine(t);
  // It overwrites the next instruction but one, exit(1), by exit(7).
  const store = [
    ...li(A0, encode("addi", { rd: A0, rs1: 0, imm: 7 })),
    encode("auipc", { rd: T0, imm: 0 }),
    encode("sw", { rs1: T0, rs2: A0, imm: 12 }),
    encode("fence.i"),
    ...exit(1),
  ];
  assert.equal((await runFile(m, program(store))).code, 7);
});

test("bytes at random are never a program, and never hurt the kernel", async (t) => {
  const m = await testMachine(t, { seed: 1 });
  const random = createRandom(20);
  for (let round = 0; round < 20; round++) {
    const bytes = Uint8Array.from({ length: 1 + (random() % 5000) }, () => random());
    const { code: status } = await runFile(m, bytes);
    // A file without a magic number is a script for the shell, which may find anything in it.
    assert.ok(status > 0 && status < 256, String(status));
    assert.equal(m.machine.panic, null);
  }
  await m.checkSound();
});

test("a program whose header and code are disturbed at random runs, is refused or dies by a signal", async (t) => {
  const m = await testMachine(t, { seed: 1 });
  const random = createRandom(3);
  for (let round = 0; round < 60; round++) {
    const bytes = GOOD.slice();
    for (let flips = 1 + (random() % 4); flips > 0; flips--) {
      const at = random() % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (random() & 7));
    }
    await m.client.upload("/tmp/p", bytes);
    const pid = m.run("chmod 755 /tmp/p; (sleep 2; kill -9 $$) & /tmp/p");
    const { code: status } = await pid;
    assert.ok(status >= 0 && status < 256, `round ${round}: ${status}`);
    assert.equal(m.machine.panic, null);
  }
  await m.checkSound();
});

test("code at random dies by a signal that Linux would send", async (t) => {
  const m = await testMachine(t, { seed: 1 });
  const random = createRandom(11);
  for (let round = 0; round < 60; round++) {
    const words = Array.from({ length: 64 }, () => random());
    await m.client.upload("/tmp/p", program(words));
    const { code: status } = await m.run(
      "chmod 755 /tmp/p; (sleep 2; kill -9 $$) & /tmp/p </dev/null >/dev/null 2>&1",
    );
    assert.ok(
      [132, 133, 135, 137, 139].includes(status) || status < 128,
      `round ${round}: ${status}`,
    );
  }
  await m.checkSound();
});

const SIGILL = 132;
const SIGTRAP = 133;
const SIGBUS = 135;
const SIGSEGV = 139;

/** What a program does that it may not, and the status that a shell sees. */
const crimes: readonly (readonly [
  what: string,
  instructions: readonly number[],
  status: number,
])[] = [
  ["executes all zeros", [0], SIGILL],
  ["executes all ones", [0xffffffff], SIGILL],
  ["reads a machine-mode register", [encode("csrrs", { rd: A0, rs1: 0, imm: 0x300 })], SIGILL],
  ["writes a read-only register", [encode("csrrw", { rd: A0, rs1: A0, imm: 0xc00 })], SIGILL],
  ["returns from a machine-mode trap", [0x30200073], SIGILL],
  ["flushes the TLB", [0x12000073], SIGILL],
  ["stops at a breakpoint", [encode("ebreak")], SIGTRAP],
  ["reads address 0", [encode("ld", { rd: A0, rs1: 0 })], SIGSEGV],
  ["jumps to address 0", [encode("jalr", { rd: 0, rs1: 0 })], SIGSEGV],
  [
    "reads its stack's far end",
    [
      ...li(T0, -0x2000000),
      encode("add", { rd: T0, rs1: T0, rs2: SP }),
      encode("ld", { rd: A0, rs1: T0 }),
    ],
    SIGSEGV,
  ],
  ["reads the kernel's half", [...li(T0, -4096), encode("ld", { rd: A0, rs1: T0 })], SIGSEGV],
  [
    "reads a non-canonical address",
    [...li(T0, 1), encode("slli", { rd: T0, rs1: T0, imm: 45 }), encode("ld", { rd: A0, rs1: T0 })],
    SIGSEGV,
  ],
  ["jumps into its stack", [encode("jalr", { rd: 0, rs1: SP })], SIGSEGV],
  [
    "does a misaligned atomic operation",
    [encode("addi", { rd: T0, rs1: SP, imm: 2 }), encode("amoadd.w", { rd: A0, rs1: T0, rs2: 0 })],
    SIGBUS,
  ],
  [
    "runs off the end of its page",
    [...li(T0, 0x10000 + 4096 - 4), encode("jalr", { rd: 0, rs1: T0 })],
    SIGILL,
  ],
];

test("each crime gets its signal", async (t) => {
  const m = await testMachine(t);
  for (const [what, instructions, status] of crimes) {
    assert.equal((await runFile(m, program([...instructions, ...exit(0)]))).code, status, what);
  }
  await m.checkSound();
});

test("the demo of crimes ends by the signals it promises", async (t) => {
  const m = await testMachine(t);
  const expected = {
    null: 139,
    write: 139,
    jump: 139,
    stack: 139,
    illegal: 132,
    trap: 133,
    abort: 134,
  };
  for (const [how, status] of Object.entries(expected)) {
    assert.equal((await m.run(`crash ${how}`)).code, status, how);
  }
  await m.checkSound();
});
