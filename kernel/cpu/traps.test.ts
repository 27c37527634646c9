import assert from "node:assert/strict";
import { test } from "node:test";
import { createFixture, D, R, U, V, W, X } from "./fixture.ts";
import type { Fixture } from "./fixture.ts";
import { encode } from "./isa-encode.ts";
import { HART_PC, TRAP_BUDGET } from "./types.ts";

const CODE = 0x10000;
const DATA = 0x20000;
const ECALL = encode("ecall");

/** Code in frame 1, two pages of data in frames 2 and 4 (not neighbours), x5 = DATA. */
function machine(code: readonly number[], codeFrameLimit?: number): Fixture {
  const fixture = createFixture(codeFrameLimit === undefined ? {} : { codeFrameLimit });
  fixture.map(CODE, 1, V | R | X | U);
  fixture.map(DATA, 2, V | R | W | U);
  fixture.map(DATA + 4096, 4, V | R | W | U);
  fixture.code(0x1000, code);
  fixture.setX(5, DATA);
  fixture.start(CODE);
  return fixture;
}

function expectTrap(fixture: Fixture, cause: number, pc: number, value: number): void {
  assert.equal(fixture.cpu.run(1000), cause);
  assert.equal(fixture.pc(), pc, "pc");
  assert.equal(fixture.trapValue(), value, "stval");
}

test("ecall and ebreak stop at themselves and do not retire", () => {
  for (const [name, cause] of [
    ["ecall", 8],
    ["ebreak", 3],
  ] as const) {
    const m = machine([encode("addi", { rd: 6, imm: 1 }), encode(name)]);
    expectTrap(m, cause, CODE + 4, 0);
    assert.equal(m.cpu.retired, 1);
    expectTrap(m, cause, CODE + 4, 0);
    assert.equal(m.cpu.retired, 0);
  }
  expectTrap(machine([0x0001, 0x9002]), 3, CODE + 2, 0);
});

test("an illegal instruction reports its bits, compressed ones theirs", () => {
  for (const bits of [
    0xffffffff, // all ones
    0x10200073, // sret
    0x30200073, // mret
    0x10500073, // wfi
    0x12000073, // sfence.vma
    0x0000707b, // reserved opcode
    0x00007007, // an unused floating point load
    0x02000053, // fadd.d: no floating point yet
  ]) {
    const m = machine([encode("addi", { rd: 6, imm: 1 }), bits]);
    expectTrap(m, 2, CODE + 4, bits);
    assert.equal(m.cpu.retired, 1);
  }
  for (const bits of [0x0000, 0x2000 | 1, 0x8002, 0x6101 & 0xef83, 0x4002, 0x2000, 0x9c41]) {
    expectTrap(machine([0x0001, bits]), 2, CODE + 2, bits);
  }
});

test("CSRs: cycle, time and instret can be read, nothing can be written, others are illegal", () => {
  const read = (imm: number) => encode("csrrs", { rd: 6, imm });
  const m = machine([0x0001, read(0xc00), ECALL]);
  m.cpu.setTime(2 ** 40 + 5, 1000, 0.5);
  expectTrap(m, 8, CODE + 6, 0);
  assert.equal(m.x(6), 2n ** 40n + 6n);
  m.code(0x1000, [0x0001, read(0xc01), ECALL]);
  m.cpu.dropCode(1);
  m.start(CODE);
  expectTrap(m, 8, CODE + 6, 0);
  assert.equal(m.x(6), 1001n, "3 instructions at half a tick each");
  for (const bits of [
    encode("csrrw", { rd: 6, rs1: 5, imm: 0xc00 }),
    encode("csrrw", { rd: 0, rs1: 0, imm: 0xc02 }),
    encode("csrrs", { rd: 6, rs1: 5, imm: 0xc00 }),
    encode("csrrsi", { rd: 6, rs1: 3, imm: 0xc01 }),
    encode("csrrs", { rd: 6, imm: 0x003 }),
    encode("csrrci", { rd: 9, rs1: 0, imm: 0x300 }),
  ]) {
    expectTrap(machine([0x0001, bits]), 2, CODE + 2, bits);
  }
});

test("a fetch from an odd address, an unmapped page, or one that may not run", () => {
  const m = machine([ECALL]);
  m.start(CODE + 1);
  expectTrap(m, 0, CODE + 1, CODE + 1);
  m.start(0x50000);
  expectTrap(m, 12, 0x50000, 0x50000);
  m.start(DATA);
  expectTrap(m, 12, DATA, DATA);
  const jump = machine([encode("jalr", { rs1: 5, imm: 1 })]);
  expectTrap(jump, 12, DATA, DATA);
  assert.equal(jump.cpu.retired, 1, "the jump itself retired");
});

test("an instruction that straddles pages runs, and faults with the second page's address", () => {
  const m = createFixture();
  m.map(CODE, 1, V | R | X | U);
  m.map(CODE + 4096, 3, V | R | X | U);
  const bits = encode("addi", { rd: 6, rs1: 6, imm: 7 });
  m.code(0x1ffc, [0x0001]);
  m.cpu.ram.u8.set([bits & 255, (bits >>> 8) & 255], 0x1ffe);
  m.cpu.ram.u8.set([(bits >>> 16) & 255, bits >>> 24], 0x3000);
  m.code(0x3002, [ECALL]);
  m.start(CODE + 4092);
  expectTrap(m, 8, CODE + 4098, 0);
  assert.equal(m.cpu.retired, 2);
  assert.equal(m.x(6), 7n);
  m.cpu.ram.u32[m.pteAddress(CODE + 4096) >>> 2] = 0;
  m.cpu.flushPage(0, CODE + 4096);
  m.start(CODE + 4092);
  expectTrap(m, 12, CODE + 4094, CODE + 4096);
  assert.equal(m.cpu.retired, 1);
});

test("misaligned loads and stores work, misaligned atomics raise address-misaligned", () => {
  const m = machine([
    encode("sd", { rs1: 5, rs2: 6, imm: 3 }),
    encode("ld", { rd: 7, rs1: 5, imm: 3 }),
    encode("lh", { rd: 8, rs1: 5, imm: 9 }),
    ECALL,
  ]);
  m.setX(6, 0x8877665544332211n);
  expectTrap(m, 8, CODE + 12, 0);
  assert.equal(m.x(7), 0x8877665544332211n);
  assert.equal(m.x(8), 0xffffffffffff8877n);
  for (const [name, cause] of [
    ["lr.w", 4],
    ["lr.d", 4],
    ["sc.w", 6],
    ["amoadd.d", 6],
    ["amomaxu.w", 6],
  ] as const) {
    const atomic = machine([encode(name, { rd: 6, rs1: 5, rs2: 7 })]);
    atomic.setX(5, DATA + 2);
    expectTrap(atomic, cause, CODE, DATA + 2);
  }
});

test("an access across a page border reaches both frames, and changes nothing if one page faults", () => {
  const names = [
    ["sd", "ld", 8],
    ["sw", "lw", 4],
    ["sh", "lh", 2],
  ] as const;
  for (const [store, load, bytes] of names) {
    for (let before = 1; before < bytes; before++) {
      const imm = 2044 - before + 4;
      const m = machine([
        encode(store, { rs1: 5, rs2: 6, imm }),
        encode(load, { rd: 7, rs1: 5, imm }),
        ECALL,
      ]);
      m.setX(5, DATA + 4096 - imm - before);
      const value = 0x8199aabbccddeeffn;
      m.setX(6, value);
      expectTrap(m, 8, CODE + 8, 0);
      assert.equal(m.x(7), BigInt.asUintN(64, BigInt.asIntN(bytes * 8, value)));
      assert.equal(m.cpu.ram.u8[0x3000 - 1], Number((value >> BigInt(8 * (before - 1))) & 255n));
      assert.equal(m.cpu.ram.u8[0x4000], Number((value >> BigInt(8 * before)) & 255n));
      m.cpu.ram.u8[0x3000 - 1] = 1;
      m.cpu.ram.u32[m.pteAddress(DATA + 4096) >>> 2] = (4 << 10) | V | R | U;
      m.cpu.flushPage(0, DATA + 4096);
      m.start(CODE);
      expectTrap(m, 15, CODE, DATA + 4096);
      assert.equal(m.cpu.ram.u8[0x3000 - 1], 1, "the first page is as it was");
    }
  }
});

test("exact budgets: every budget retires exactly that many instructions", () => {
  const loop = [
    encode("addi", { rd: 6, rs1: 6, imm: 1 }),
    encode("sd", { rs1: 5, rs2: 6, imm: 8 }),
    0x0001,
    encode("bne", { rs1: 6, rs2: 0, imm: -10 }),
  ];
  for (let budget = 1; budget < 40; budget++) {
    const m = machine(loop);
    let total = 0;
    while (total < 400) {
      assert.equal(m.cpu.run(budget), TRAP_BUDGET);
      assert.equal(m.cpu.retired, budget);
      total += budget;
    }
    assert.equal(m.cpu.totalRetired(), total);
    assert.equal(m.x(6), BigInt(Math.floor((total + 3) / 4)));
    assert.equal(m.pc(), CODE + ([0, 4, 8, 10][total % 4] ?? 0));
  }
});

test("a budget that ends before a trap reports the budget, whatever the TLB holds", () => {
  const m = machine([encode("jalr", { rs1: 7 })]);
  m.setX(7, 0x50000);
  assert.equal(m.cpu.run(1), TRAP_BUDGET);
  assert.equal(m.pc(), 0x50000);
  expectTrap(m, 12, 0x50000, 0x50000);
  const illegal = machine([0x0001, 0xffffffff]);
  assert.equal(illegal.cpu.run(1), TRAP_BUDGET);
  assert.equal(illegal.cpu.run(1), 2);
  assert.equal(illegal.cpu.retired, 0);
});

test("LR and SC: the reservation is one address, used once, and cleared by a context switch", () => {
  const code = [
    encode("lr.d", { rd: 6, rs1: 5 }),
    encode("sc.d", { rd: 7, rs1: 5, rs2: 9 }),
    encode("sc.d", { rd: 8, rs1: 5, rs2: 10 }),
    ECALL,
  ];
  const m = machine(code);
  m.setX(9, 42);
  m.setX(10, 43);
  m.cpu.ram.u8[0x2000] = 7;
  expectTrap(m, 8, CODE + 12, 0);
  assert.deepEqual([m.x(6), m.x(7), m.x(8)], [7n, 0n, 1n]);
  assert.equal(m.cpu.ram.u8[0x2000], 42);
  for (const clear of [() => m.cpu.useBank(0, m.rootPfn), () => m.cpu.clearReservation()]) {
    m.start(CODE);
    m.cpu.run(1);
    clear();
    expectTrap(m, 8, CODE + 12, 0);
    assert.equal(m.x(7), 1n);
  }
});

test("writing x0 leaves it zero, and a load to x0 still faults", () => {
  const m = machine([
    encode("addi", { rd: 0, rs1: 5, imm: 1 }),
    encode("ld", { rd: 0, rs1: 5 }),
    encode("amoadd.d", { rd: 0, rs1: 5, rs2: 5 }),
    encode("jal", { rd: 0, imm: 4 }),
    encode("add", { rd: 6, rs1: 0, rs2: 0 }),
    encode("lw", { rd: 0, rs1: 0 }),
  ]);
  m.setX(6, 99);
  expectTrap(m, 13, CODE + 20, 0);
  assert.equal(m.x(6), 0n);
  assert.equal(m.cpu.hart[HART_PC], CODE + 20);
});

test("an address beyond Sv39 faults with all its bits", () => {
  const m = machine([encode("ld", { rd: 6, rs1: 7 })]);
  m.setX(7, 2n ** 38n);
  expectTrap(m, 13, CODE, 2 ** 38);
  m.setX(7, 0x8000000000020000n);
  assert.equal(m.cpu.run(10), 13);
  assert.deepEqual([m.cpu.trapValueLo, m.cpu.trapValueHi], [0x20000, 0x80000000 | 0]);
});

test("a store in a page that is not writable is a store page fault even after loads", () => {
  const m = machine([encode("ld", { rd: 6, rs1: 5 }), encode("sb", { rs1: 5, rs2: 6 })]);
  m.map(DATA, 2, V | R | U | D);
  expectTrap(m, 15, CODE + 4, DATA);
});
