import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { A, createFixture, D, R, U, V, W, X } from "./fixture.ts";
import type { Fixture } from "./fixture.ts";
import { encode } from "./isa-encode.ts";

const CODE = 0x10000;
const DATA = 0x20000;
const LOAD = CODE;
const STORE = CODE + 8;
const ECALL = encode("ecall");

/** ld x6, (x5); ecall at LOAD and sd x6, (x5); ecall at STORE. */
function machine(): Fixture {
  const fixture = createFixture();
  fixture.map(CODE, 1, V | R | X | U);
  fixture.map(DATA, 2, V | R | W | U);
  fixture.code(0x1000, [
    encode("ld", { rd: 6, rs1: 5 }),
    ECALL,
    encode("sd", { rs1: 5, rs2: 6 }),
    ECALL,
  ]);
  fixture.setX(5, DATA);
  return fixture;
}

function go(fixture: Fixture, at: number): number {
  fixture.start(at);
  return fixture.cpu.run(10);
}

test("a PTE changed in RAM is obeyed after a flush, and not before", () => {
  const m = machine();
  m.cpu.ram.u8[0x2000] = 2;
  m.cpu.ram.u8[0x3000] = 3;
  assert.equal(go(m, LOAD), 8);
  m.map(DATA, 3, V | R | W | U);
  go(m, LOAD);
  assert.equal(m.x(6), 2n, "the TLB still answers");
  m.cpu.flushPage(0, DATA);
  go(m, LOAD);
  assert.equal(m.x(6), 3n);
  m.map(DATA, 2, 0);
  m.cpu.flushBank(0);
  assert.equal(go(m, LOAD), 13);
});

test("loads set A, stores set A and D, fetches set A", () => {
  const m = machine();
  const flags = (va: number) => (m.cpu.ram.u32[m.pteAddress(va) >>> 2] ?? 0) & 0x3ff;
  go(m, LOAD);
  assert.equal(flags(DATA), V | R | W | U | A);
  assert.equal(flags(CODE), V | R | X | U | A);
  go(m, STORE);
  assert.equal(flags(DATA), V | R | W | U | A | D);
  m.map(DATA, 2, V | R | W | U);
  m.cpu.flushPage(0, DATA);
  go(m, STORE);
  assert.equal(flags(DATA), V | R | W | U | A | D);
});

test("each reason for a fault has its cause", () => {
  const cases: [string, number, number, number][] = [
    ["V = 0", R | W | U, 13, 15],
    ["no R, no X: a pointer at level 0", V | U, 13, 15],
    ["W without R", V | W | U, 13, 15],
    ["not U", V | R | W, 13, 15],
    ["execute only", V | X | U, 13, 15],
    ["read only", V | R | U, 8, 15],
    ["read and execute", V | R | X | U, 8, 15],
  ];
  for (const [name, flags, load, store] of cases) {
    const m = machine();
    m.map(DATA, 2, flags);
    assert.equal(go(m, LOAD), load, name);
    assert.equal(go(m, STORE), store, name);
  }
  const beyond = machine();
  beyond.map(DATA, beyond.cpu.ram.frames, V | R | W | U);
  assert.equal(go(beyond, LOAD), 5);
  assert.equal(go(beyond, STORE), 7);
  beyond.map(CODE + 4096, beyond.cpu.ram.frames, V | X | U);
  assert.equal(go(beyond, CODE + 4096), 1);
  const high = machine();
  high.cpu.ram.u32[(high.pteAddress(DATA) >>> 2) + 1] = 1 << 22;
  assert.equal(go(high, LOAD), 13, "reserved bits");
  const wide = machine();
  wide.cpu.ram.u32[(wide.pteAddress(DATA) >>> 2) + 1] = 1 << 21;
  assert.equal(go(wide, LOAD), 5, "the highest PPN bit");
});

test("tables: a root or a table beyond RAM is an access fault, A, D or U in a pointer a page fault", () => {
  const m = machine();
  m.cpu.useBank(1, m.cpu.ram.frames);
  assert.equal(go(m, LOAD), 1);
  m.cpu.useBank(0, m.rootPfn);
  const root = m.rootPfn * 1024;
  const pointer = m.cpu.ram.u32[root] ?? 0;
  for (const bit of [A, D, U]) {
    m.cpu.ram.u32[root] = pointer | bit;
    m.cpu.flushBank(0);
    assert.equal(go(m, LOAD), 12);
  }
  m.cpu.ram.u32[root] = (m.cpu.ram.frames << 10) | V;
  m.cpu.flushBank(0);
  assert.equal(go(m, LOAD), 1);
});

test("superpages map, and a misaligned one faults", () => {
  const m = createFixture({ frames: 1100 });
  const root = m.rootPfn * 1024;
  m.map(CODE, 1, V | R | X | U);
  m.code(0x1000, [encode("ld", { rd: 6, rs1: 5 }), ECALL]);
  const level1 = (m.cpu.ram.u32[root] ?? 0) >>> 10;
  m.cpu.ram.u32[level1 * 1024 + 2] = (512 << 10) | V | R | U;
  m.cpu.ram.u8[512 * 4096 + 0x12348] = 77;
  m.setX(5, 0x200000 + 0x12348);
  assert.equal(go(m, CODE), 8);
  assert.equal(m.x(6), 77n);
  assert.equal((m.cpu.ram.u32[level1 * 1024 + 2] ?? 0) & A, A);
  assert.equal(m.cpu.walk(m.rootPfn, 0x212348).pa, 512 * 4096 + 0x12348);
  m.cpu.ram.u32[level1 * 1024 + 2] = (513 << 10) | V | R | U;
  m.cpu.flushBank(0);
  assert.equal(go(m, CODE), 13);
  assert.equal(m.cpu.walk(m.rootPfn, 0x212348).fault, "misaligned-superpage");
  // A gigabyte at frame 0: the low frame bits come from the address.
  m.cpu.ram.u32[root + 4] = V | R | U;
  m.cpu.ram.u8[0x3456] = 78;
  m.setX(5, 2 * 2 ** 30 + 0x3456);
  assert.equal(go(m, CODE), 8);
  assert.equal(m.x(6) & 255n, 78n);
  m.setX(5, 2 * 2 ** 30 + 1100 * 4096);
  assert.equal(go(m, CODE), 5);
});

test("banks keep address spaces apart, and flushing touches only what it names", () => {
  const m = machine();
  m.map(DATA + 256 * 4096, 5, V | R | U);
  m.cpu.ram.u8[0x2000] = 2;
  go(m, LOAD);
  m.cpu.useBank(3, m.rootPfn);
  m.cpu.ram.u8[0x3000] = 3;
  m.map(DATA, 3, V | R | W | U);
  go(m, LOAD);
  assert.equal(m.x(6), 3n);
  m.cpu.useBank(0, m.rootPfn);
  m.cpu.flushPage(3, DATA);
  // Another page with the same TLB index.
  m.cpu.flushPage(0, DATA + 256 * 4096);
  go(m, LOAD);
  assert.equal(m.x(6), 2n);
  m.cpu.flushPage(0, DATA);
  go(m, LOAD);
  assert.equal(m.x(6), 3n);
});

test("a free TLB entry matches no address", () => {
  const m = machine();
  for (const va of [0, 4096, 0xff000, 0x100000, -4096, -8]) {
    m.cpu.flushBank(0);
    m.setX(5, va);
    assert.equal(go(m, LOAD), 13, `${va}`);
  }
});

test("the walk in TypeScript and the generated one agree on random tables", () => {
  const pte = fc.record({
    pfn: fc.oneof(fc.integer({ min: 0, max: 70 }), fc.constantFrom(512, 1024, 262144)),
    flags: fc.integer({ min: 0, max: 255 }),
    high: fc.constantFrom(0, 0, 0, 0, 1 << 22),
  });
  fc.assert(
    fc.property(
      fc.array(pte, { minLength: 3, maxLength: 3 }),
      fc.constantFrom(0, 1, 511),
      fc.constantFrom(1, 2, 4, 8),
      (levels, index, seed) => {
        const m = machine();
        // Tables in frames 20, 21, 22; pointers most of the time lead to the next.
        const va = 3 * 2 ** 30 + index * 2 ** 21 + index * 4096 + 8 * seed;
        const indices = [3, index, index];
        for (const [depth, entry] of levels.entries()) {
          const pfn = depth < 2 && entry.flags % 3 !== 0 ? 21 + depth : entry.pfn;
          const flags = depth < 2 && entry.flags % 3 !== 0 ? V : entry.flags | V;
          const table = depth === 0 ? m.rootPfn : 20 + depth;
          const word = table * 1024 + (indices[depth] ?? 0) * 2;
          m.cpu.ram.u32[word] = (pfn << 10) | flags;
          m.cpu.ram.u32[word + 1] = entry.high;
        }
        const walk = m.cpu.walk(m.rootPfn, va);
        m.setX(5, va);
        const cause = go(m, LOAD);
        if (walk.fault === "beyond-ram") {
          assert.ok(cause === 5 || (cause === 13 && (walk.levels.at(-1)?.pteLo ?? 0) > 0));
        } else if (walk.fault === undefined && (walk.flags & (U | R)) === (U | R)) {
          assert.equal(cause, 8);
          const pa = walk.pa ?? 0;
          assert.equal(Number(m.x(6) & 0xffffffffn), m.cpu.ram.u32[pa >>> 2]);
        } else {
          assert.equal(cause, 13);
        }
      },
    ),
    { numRuns: 60 },
  );
});
