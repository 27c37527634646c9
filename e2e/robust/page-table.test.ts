// The page tables are memory, and the processor obeys them: a test that changes an entry in RAM changes what a running
// program reads, without the kernel knowing. Specification: RISC-V Privileged Architecture, Sv39.

import assert from "node:assert/strict";
import { test } from "node:test";

import { encode } from "../../kernel/cpu/isa-encode.ts";
import { A0, A1, A2, BASE, ecall, li, program, SP, T0 } from "./guest-elf.ts";
import { testMachine, until } from "./test-machine.ts";

const S0 = 8;
const S1 = 9;
const PAGE_A = BASE + 0x1000;
const PAGE_B = BASE + 0x2000;

/** Puts 'A' and 'B' on two pages, then for ever loads the byte of the first and writes it to its standard output. */
const looker = program(
  [
    ...li(S0, PAGE_A),
    ...li(S1, PAGE_B),
    ...li(T0, 65),
    encode("sb", { rs1: S0, rs2: T0 }),
    ...li(T0, 66),
    encode("sb", { rs1: S1, rs2: T0 }),
    // The loop; 12 instructions, of which the kernel sees the byte on the stack only.
    encode("lbu", { rd: T0, rs1: S0 }),
    encode("sb", { rs1: SP, rs2: T0, imm: -8 }),
    ...li(A0, 1),
    encode("addi", { rd: A1, rs1: SP, imm: -8 }),
    ...li(A2, 1),
    ...ecall(64),
    encode("jal", { rd: 0, imm: -4 * 7 }),
  ],
  0x3000,
);

test("an entry changed in RAM is what the processor obeys, once its translation is forgotten", async (t) => {
  const m = await testMachine(t);
  const { machine } = m;
  const { cpu, mm, processes } = machine.kernel;
  await m.client.upload("/tmp/looker", looker);
  await m.type("/tmp/looker\r");
  await m.shows(/A{100}/);
  const found = [...processes.all()].find(({ comm }) => comm === "looker");
  const space = found?.space;
  assert.ok(space);
  const entryOf = (va: number): number => {
    const leaf = cpu.walk(space.root, va).levels.at(-1);
    assert.equal(leaf?.level, 0);
    return leaf.tablePfn * 1024 + leaf.index * 2;
  };
  const { u32 } = cpu.ram;
  const first = entryOf(PAGE_A);
  const original = u32[first] ?? 0;
  const other = u32[entryOf(PAGE_B)] ?? 0;
  assert.notEqual(original >>> 10, other >>> 10);

  await machine.do(() => {
    u32[first] = other;
    cpu.flushBank(space.bank);
  });
  await m.shows(/AB{100}/);
  // The bytes of the frame itself count, too.
  await machine.do(() => {
    cpu.ram.u8[(other >>> 10) * 4096] = 67;
  });
  await m.shows(/BC{100}/);
  // And back, as if nothing had happened: the kernel has its accounts in order again.
  await machine.do(() => {
    u32[first] = original;
    cpu.flushBank(space.bank);
  });
  await m.shows(/CA{100}/);
  await m.type("\x03");
  await m.shows(/\^C[^]*\$ $/);
  await until(
    () => !mm.spaces.has(space.id),
    () => "the program's address space is still there",
  );
  await m.checkSound();
});
