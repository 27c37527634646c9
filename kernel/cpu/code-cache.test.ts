import assert from "node:assert/strict";
import { test } from "node:test";
import { createFixture, R, U, V, W, X } from "./fixture.ts";
import type { Fixture } from "./fixture.ts";
import { encode } from "./isa-encode.ts";

const CODE = 0x10000;
const ECALL = encode("ecall");
const addi = (imm: number): number => encode("addi", { rd: 6, imm });

/** One page, writable and executable, in frame 1; x5 points at it. */
function machine(code: readonly number[]): Fixture {
  const fixture = createFixture();
  fixture.map(CODE, 1, V | R | W | X | U);
  fixture.code(0x1000, code);
  fixture.setX(5, CODE);
  fixture.start(CODE);
  return fixture;
}

test("code that overwrites its next instruction runs the new one", () => {
  for (const store of ["sw", "sd"] as const) {
    const m = machine([encode(store, { rs1: 5, rs2: 7, imm: 4 }), addi(1), ECALL]);
    m.setX(7, (BigInt(ECALL) << 32n) | BigInt(addi(2)));
    assert.equal(m.cpu.run(10), 8);
    assert.equal(m.cpu.retired, 2);
    assert.equal(m.x(6), 2n);
    assert.equal(m.pc(), CODE + 8);
  }
});

test("code that overwrites itself in a loop keeps its budget exact", () => {
  // Each round stores over the addi, so that its frame is dropped and decoded again.
  const code = [
    encode("sw", { rs1: 5, rs2: 7, imm: 8 }),
    encode("addi", { rd: 8, rs1: 8, imm: 1 }),
    addi(1),
    encode("jal", { imm: -12 }),
  ];
  for (const budget of [1, 2, 3, 5, 1000]) {
    const m = machine(code);
    m.setX(7, addi(9));
    for (let total = 0; total < 1000; total += budget) {
      assert.equal(m.cpu.run(budget), -1);
      assert.equal(m.cpu.retired, budget);
    }
    assert.equal(m.x(6), 9n);
    assert.ok(m.x(8) >= 250n);
  }
});

test("atomics and stores across a page border rewrite code too", () => {
  const amo = machine([encode("amoswap.w", { rd: 8, rs1: 5, rs2: 7 }), addi(1), ECALL]);
  amo.setX(5, CODE + 4);
  amo.setX(7, addi(2));
  assert.equal(amo.cpu.run(10), 8);
  assert.equal(amo.x(6), 2n);
  assert.equal(amo.x(8), BigInt(addi(1)));

  const m = createFixture();
  m.map(CODE, 1, V | R | W | X | U);
  m.map(CODE + 4096, 2, V | R | W | X | U);
  m.code(0x2000, [addi(1), ECALL]);
  m.code(0x1000, [encode("sd", { rs1: 5, rs2: 7 }), encode("jal", { imm: 4092 })]);
  m.setX(5, CODE + 4096 - 4);
  m.setX(7, BigInt(addi(2)) << 32n);
  m.start(CODE + 4096);
  assert.equal(m.cpu.run(10), 8);
  assert.equal(m.x(6), 1n);
  m.start(CODE);
  assert.equal(m.cpu.run(10), 8);
  assert.equal(m.cpu.retired, 3);
  assert.equal(m.x(6), 2n);
});

test("a frame is written through one address and run at another", () => {
  const m = machine([addi(1), ECALL]);
  m.map(0x50000, 1, V | R | W | U);
  m.map(0x60000, 2, V | R | X | U);
  m.code(0x2000, [encode("sw", { rs1: 5, rs2: 7 }), encode("fence.i"), ECALL]);
  m.setX(5, 0x50000);
  for (let round = 1; round < 5; round++) {
    m.setX(7, addi(round));
    m.start(0x60000);
    assert.equal(m.cpu.run(10), 8);
    m.start(CODE);
    assert.equal(m.cpu.run(10), 8);
    assert.equal(m.x(6), BigInt(round));
    assert.equal(m.cpu.codeFrames[1], 1);
  }
});

test("a store that was writable before the frame became code is caught", () => {
  const m = machine([addi(1), ECALL, encode("sw", { rs1: 5, rs2: 7 }), ECALL]);
  m.map(0x50000, 2, V | R | W | X | U);
  m.setX(5, 0x50000);
  const store = (bits: number): void => {
    m.setX(7, bits);
    m.start(CODE + 8);
    assert.equal(m.cpu.run(10), 8);
  };
  store(addi(3));
  m.code(0x2004, [ECALL]);
  m.start(0x50000);
  assert.equal(m.cpu.run(10), 8);
  assert.equal(m.x(6), 3n);
  store(addi(4));
  m.start(0x50000);
  assert.equal(m.cpu.run(10), 8);
  assert.equal(m.x(6), 4n);
});

test("dropCode and flushCode make writes by the kernel visible", () => {
  const m = machine([addi(1), ECALL]);
  const runAgain = (): bigint => {
    m.start(CODE);
    assert.equal(m.cpu.run(10), 8);
    return m.x(6);
  };
  assert.equal(runAgain(), 1n);
  m.code(0x1000, [addi(2)]);
  m.cpu.dropCode(1);
  assert.equal(m.cpu.codeFrames[1], 0);
  assert.equal(runAgain(), 2n);
  m.code(0x1000, [addi(3)]);
  m.cpu.flushCode();
  assert.equal(runAgain(), 3n);
  m.cpu.dropCode(7);
});

test("a cache of two frames runs code in ten, in any order", () => {
  const pages = 10;
  const m = createFixture({ codeFrameLimit: 2 });
  for (let page = 0; page < pages; page++) {
    m.map(CODE + page * 4096, 1 + page, V | R | X | U);
    const next = ((page + 3) % pages) - page;
    m.code(0x1000 + page * 4096, [
      encode("addi", { rd: 6, rs1: 6, imm: page }),
      encode("jal", { imm: next * 4096 - 4 }),
    ]);
  }
  m.start(CODE);
  for (let total = 0; total < 2000; total += 7) {
    assert.equal(m.cpu.run(7), -1);
    assert.equal(m.cpu.retired, 7);
  }
  assert.equal(
    m.cpu.codeFrames.reduce((sum, flag) => sum + flag, 0),
    2,
  );
  // 2002 instructions are 1001 jumps: a hundred rounds of 45, and page 0 once more.
  assert.equal(m.x(6), 4500n);
});

test("one frame mapped at two addresses is decoded once and runs position-independently", () => {
  const m = machine([encode("auipc", { rd: 6 }), encode("jal", { rd: 7, imm: 4 }), ECALL]);
  m.map(0x3fff000000, 1, V | R | X | U);
  for (const base of [CODE, 0x3fff000000]) {
    m.start(base);
    assert.equal(m.cpu.run(10), 8);
    assert.equal(m.x(6), BigInt(base));
    assert.equal(m.x(7), BigInt(base + 8));
  }
});
