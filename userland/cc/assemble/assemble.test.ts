// Encodings, branches, relocations and complaints of the assembler. Comparison with GNU as is in gnu.test.ts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expandCompressed } from "../../../kernel/cpu/isa-compressed.ts";
import { disassemble } from "../../../kernel/cpu/isa-disassemble.ts";
import { placeImmediate, readsRs1, readsRs2, writesRd } from "../../../kernel/cpu/isa-format.ts";
import { instructions } from "../../../kernel/cpu/isa.ts";
import * as R from "../object/relocation-types.ts";
import type { ObjectFile, Section } from "../object/object-file.ts";
import { CompilationStopped, Diagnostics } from "../source/diagnostics.ts";
import { Sources } from "../source/sources.ts";
import { assemble } from "./assemble.ts";
import { constantSequence } from "./constant-sequence.ts";
import { parseAssembly } from "./parse.ts";
import { printAssembly } from "./print.ts";

function build(text: string): { object: ObjectFile; messages: string[] } {
  const diagnostics = new Diagnostics();
  const object = assemble(parseAssembly(text, 1, diagnostics), "test.o", diagnostics);
  return { object, messages: diagnostics.list.map(({ message }) => message) };
}

function section(text: string, name = ".text"): Section {
  const { object, messages } = build(text);
  assert.deepEqual(messages, []);
  const found = object.sections.find((one) => one.name === name);
  assert.ok(found, `no ${name}`);
  return found;
}

function words(text: string): string[] {
  const { data } = section(text);
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const found: string[] = [];
  for (let at = 0; at < data.length;) {
    const half = view.getUint16(at, true);
    const isLong = (half & 3) === 3;
    found.push(disassemble(isLong ? view.getUint32(at, true) : half, at));
    at += isLong ? 4 : 2;
  }
  return found;
}

function complaints(text: string): string[] {
  return build(text).messages;
}

/** A generator of numbers that are the same each time. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("every instruction of the CPU's table comes back from its disassembly, long and short", () => {
  const random = randomNumbers(1);
  for (const one of instructions) {
    if (one.format === "fence" || one.name === "fence.i") continue;
    for (let round = 0; round < 40; round++) {
      const register = (): number => (random(2) === 0 ? random(32) : 8 + random(8));
      const rd = register();
      const rs1 = random(3) === 0 ? rd : register();
      let word: number =
        one.match | placeImmediate(one.format, randomImmediate(one.format, random));
      if (writesRd(one.format)) word |= rd << 7;
      if (readsRs1(one.format) || one.format === "csri") word |= rs1 << 15;
      if (readsRs2(one.format)) word |= register() << 20;
      // A jump with x0 is as long as it has to be, like branches: those are tested below.
      if (one.format === "B" || one.format === "J") continue;
      const text = disassemble(word);
      const long = section(`.option norvc\n${text}`).data;
      const made = new DataView(long.buffer, long.byteOffset, long.length).getUint32(0, true);
      assert.equal(disassemble(made), text);
      assert.equal(made, word >>> 0, text);
      const { data } = section(text);
      if (data.length === 2) {
        const half = (data[0] ?? 0) | ((data[1] ?? 0) << 8);
        const expanded = disassemble(expandCompressed(half));
        const other = disassemble(swapSources(word));
        const moved = text.replace(/^addi (\w+), (\w+), 0$/, "add $1, zero, $2");
        assert.ok([text, other, moved].includes(expanded), `${text} became ${expanded}`);
      }
    }
  }
});

function randomImmediate(format: string, random: (below: number) => number): number {
  const small = random(2) === 0 ? random(64) - 32 : random(4096) - 2048;
  switch (format) {
    case "shift64":
      return random(64);
    case "shift32":
      return random(32);
    case "csr":
    case "csri":
      return random(4096);
    case "U":
      return random(2 ** 20) << 12;
    default:
      return small;
  }
}

function swapSources(word: number): number {
  return (word & ~0x1ff8000) | (((word >>> 20) & 31) << 15) | (((word >>> 15) & 31) << 20);
}

test("li makes any constant", () => {
  const random = randomNumbers(7);
  for (let round = 0; round < 3000; round++) {
    let value = 0n;
    for (let part = 0; part < 4; part++) value = (value << 16n) | BigInt(random(65536));
    value = (value >> BigInt(random(64))) << BigInt(random(64));
    value = BigInt.asIntN(64, random(3) === 0 ? -value : value);
    let register = 0n;
    const steps = constantSequence(value);
    assert.ok(steps.length <= 8);
    for (const { name, immediate } of steps) {
      const operand = BigInt(immediate);
      if (name === "lui") register = BigInt.asIntN(32, operand);
      else if (name === "addi") register = BigInt.asIntN(64, register + operand);
      else if (name === "addiw") register = BigInt.asIntN(32, register + operand);
      else if (name === "slli") register = BigInt.asIntN(64, register << operand);
      else register = BigInt.asUintN(64, register) >> operand;
    }
    assert.equal(register, value);
  }
  assert.deepEqual(words("li a0, 0xffffffff"), ["c.li a0, zero, -1", "c.srli a0, a0, 32"]);
});

test("a branch is as long as its distance wants", () => {
  assert.deepEqual(words("1: beqz a0, 1b\n"), ["c.beqz a0, zero, 0x0"]);
  assert.equal(section("beqz a0, 1f\n.zero 252\n1:").size, 254);
  assert.equal(section("beqz a0, 1f\n.zero 254\n1:").size, 258);
  assert.equal(section("beq a0, a1, 1f\n.zero 4090\n1:").size, 4094);
  const far = "beq a0, a1, 1f\n.zero 4094\n1:";
  assert.equal(section(far).size, 8 + 4094);
  assert.deepEqual(words(far).slice(0, 2), ["bne a0, a1, 0x8", "jal zero, 0x1006"]);
  assert.deepEqual(words("bnez a0, 1f\n.zero 4096\n1:").slice(0, 2), [
    "c.beqz a0, zero, 0x6",
    "jal zero, 0x1006",
  ]);
  assert.match(complaints("beq a0, a1, 1f\n.zero 1100000\n1:").join(), /too far away/);
});

test("alignment in code is filled with instructions that do nothing", () => {
  assert.deepEqual(words("ret\n.balign 8\nret"), [
    "c.jr zero, 0(ra)",
    "c.addi zero, zero, 0",
    "addi zero, zero, 0",
    "c.jr zero, 0(ra)",
  ]);
});

test("addresses become relocations, and what is known here does not", () => {
  const text = `
    lui a0, %hi(there+4)
    lw a1, %lo(there+4)(a0)
    sw a1, %lo(there)(a0)
    call there
    la a2, there
    j elsewhere
    beqz a0, elsewhere
  `;
  const { relocations } = section(text);
  assert.deepEqual(
    relocations.map(({ offset, type, addend }) => [offset, type, addend]),
    [
      [0, R.R_RISCV_HI20, 4n],
      [0, R.R_RISCV_RELAX, 0n],
      [4, R.R_RISCV_LO12_I, 4n],
      [4, R.R_RISCV_RELAX, 0n],
      [8, R.R_RISCV_LO12_S, 0n],
      [8, R.R_RISCV_RELAX, 0n],
      [12, R.R_RISCV_CALL_PLT, 0n],
      [12, R.R_RISCV_RELAX, 0n],
      [20, R.R_RISCV_PCREL_HI20, 0n],
      [24, R.R_RISCV_PCREL_LO12_I, 0n],
      [28, R.R_RISCV_JAL, 0n],
      [34, R.R_RISCV_JAL, 0n],
    ],
  );
  const data = section(
    "a: .zero 5\nb:\n.data\n.byte b-a, b-a+1\n.word . - c\nc:\n.dword a\n",
    ".data",
  );
  assert.deepEqual([...data.data.subarray(0, 6)], [5, 6, 252, 255, 255, 255]);
  assert.deepEqual(
    data.relocations.map(({ type, offset }) => [type, offset]),
    [[R.R_RISCV_64, 6]],
  );
});

test("a difference across sections is an addition and a subtraction for the linker", () => {
  const { relocations } = section("a:\n.data\n.zero 4\nb: .word b-a\n", ".data");
  assert.deepEqual(
    relocations.map(({ type, symbol }) => [type, symbol?.name]),
    [
      [R.R_RISCV_ADD32, "b"],
      [R.R_RISCV_SUB32, "a"],
    ],
  );
});

test("symbols have their bindings, types and sizes", () => {
  const { object } = build(`
    .globl main
    .type main, @function
  main: nop
    nop
    .size main, . - main
    .weak other
    .set other, main
    .comm shared, 24, 8
    .local own
    .comm own, 3, 4
    .hidden main
  `);
  const shown = object.symbols.map(({ name, binding, type, size, hidden, section: where }) => [
    name,
    binding,
    type,
    size,
    hidden,
    typeof where === "object" ? where.name : where,
  ]);
  assert.deepEqual(shown, [
    ["main", "global", "function", 4, true, ".text"],
    ["other", "weak", "function", 0, false, ".text"],
    ["shared", "global", "object", 24, false, "common"],
    ["own", "local", "object", 3, false, ".bss"],
  ]);
});

test("macros, expressions and local labels are GNU as's", () => {
  assert.deepEqual(
    words(`
      .macro push reg, by=8
      addi sp, sp, -\\by
      sd \\reg, 0(sp)
      .endm
      push ra
      push s0, 16
      .set size, 3 * 4 + 1
      li a0, size << 2 | 1   # 52 + 1, for << binds more
      j 1f; 1: j 1b // both
    `),
    [
      "c.addi sp, sp, -8",
      "c.sdsp ra, 0(sp)",
      "c.addi sp, sp, -16",
      "c.sdsp s0, 0(sp)",
      "addi a0, zero, 53",
      "c.j zero, 0xe",
      "c.j zero, 0xe",
    ],
  );
});

test("what is wrong is said, with a place", () => {
  assert.deepEqual(complaints("adi a0, a0, 1"), [
    "unknown instruction 'adi'; did you mean 'addi'?",
  ]);
  assert.deepEqual(complaints("fadd.d fa0, fa1, fa2"), [
    "floating-point instructions are not supported yet",
  ]);
  assert.deepEqual(complaints("addi a0, a0, 2048"), [
    "2048 is out of range: it must be -2048 to 2047",
  ]);
  assert.deepEqual(complaints("add a0, a1"), ["too few operands for 'add': it takes 3"]);
  assert.deepEqual(complaints("addi a0, a0, there"), [
    "an address does not fit here: write %lo(…) or %pcrel_lo(…)",
  ]);
  assert.deepEqual(complaints("j .Lnowhere"), ["label '.Lnowhere' is not defined"]);
  assert.deepEqual(complaints("j 1f"), ["there is no label '1' after this"]);
  assert.deepEqual(complaints("x: x:"), ["symbol 'x' is already defined"]);
  assert.deepEqual(complaints(".bss\n.word 1"), [
    "'.bss' has no contents: only zeros can be in it",
  ]);
  assert.deepEqual(complaints("/* no end"), ["comment does not end"]);
  assert.match(complaints(".insn r 0x33, 0, 0, a0, a1, a2").join(), /use \.4byte/);
  const diagnostics = new Diagnostics();
  const sources = new Sources();
  const file = sources.add("x.s", "nop\n  bad a0\n");
  assemble(parseAssembly(file.text, file.base, diagnostics), "x.o", diagnostics);
  assert.equal(sources.locate(diagnostics.list[0]?.loc ?? 0)?.line, 2);
});

test("what is printed reads as the same", () => {
  const text = `
    .section .rodata.str1.1, "aMS", @progbits, 1
  s: .string "a\\"b\\n"
    .byte 1, 2, 200
    .section .text.f, "ax", @progbits
    .globl f
  f: lw a0, %lo(s+1)(a1)
    amoadd.w.aq a0, a1, (a2)
    fence rw, w
    csrr a0, cycle
    beqz a0, 1f
  1: .balign 4
    .dword f-s+4, -1
  `;
  const diagnostics = new Diagnostics();
  const items = parseAssembly(text, 0, diagnostics);
  const printed = printAssembly(items);
  assert.equal(printAssembly(parseAssembly(printed, 0, diagnostics)), printed);
  assert.deepEqual(diagnostics.list, []);
});

test("text of any kind ends in messages", () => {
  const random = randomNumbers(3);
  const parts =
    "a0 , ( ) %hi( %lo( 1: 1f 1b . .set .macro x .endm \\x \\ \" ' /* # ; \n \n li la j call beqz .word .size .type .section - ~ + 99999999999999999999 .comm .align .fill lw sd .pushsection .popsection =".split(
      " ",
    );
  for (let round = 0; round < 2000; round++) {
    let text = "";
    for (let count = random(40); count > 0; count--) {
      text += `${parts[random(parts.length)] ?? ""}${random(3) === 0 ? "\n" : " "}`;
    }
    try {
      build(text);
    } catch (error) {
      assert.ok(error instanceof CompilationStopped, `${JSON.stringify(text)}: ${String(error)}`);
    }
  }
  assert.match(complaints(`.word ${"(".repeat(100000)}`).join(), /nested too deeply/);
  assert.throws(() => build(".macro a\na\n.endm\na\n".repeat(30)), CompilationStopped);
});

/** What the linker is told, but for the names of symbols. */
function told(text: string): (readonly [offset: number, type: number, addend: bigint])[] {
  return section(text).relocations.map(({ offset, type, addend }) => [offset, type, addend]);
}

test("what spans something that the linker may make shorter is the linker's business", () => {
  assert.deepEqual(told("1: beqz a0, 1b\ncall there"), [
    [2, R.R_RISCV_CALL_PLT, 0n],
    [2, R.R_RISCV_RELAX, 0n],
  ]);
  assert.deepEqual(told("1: call there\nbeqz a0, 1b\nj 1b"), [
    [0, R.R_RISCV_CALL_PLT, 0n],
    [0, R.R_RISCV_RELAX, 0n],
    [8, R.R_RISCV_RVC_BRANCH, 0n],
    [10, R.R_RISCV_RVC_JUMP, 0n],
  ]);
  // A long branch that may become short is something that may move, too.
  assert.deepEqual(told("beqz a0, 1f\n.zero 250\ncall there\n1: ret"), [
    [0, R.R_RISCV_BRANCH, 0n],
    [0, R.R_RISCV_RELAX, 0n],
    [254, R.R_RISCV_CALL_PLT, 0n],
    [254, R.R_RISCV_RELAX, 0n],
  ]);
  const table = section("a: call there\nb: ret\n.data\n.word b-a, a-a\n", ".data");
  assert.deepEqual(
    table.relocations.map(({ type }) => type),
    [R.R_RISCV_ADD32, R.R_RISCV_SUB32],
  );
});

test("alignment behind a relaxable call leaves the longest room and says so", () => {
  assert.deepEqual(told("call there\n.balign 8\nret"), [
    [0, R.R_RISCV_CALL_PLT, 0n],
    [0, R.R_RISCV_RELAX, 0n],
    [8, R.R_RISCV_ALIGN, 6n],
  ]);
  assert.deepEqual(told(".option norelax\ncall there\n.balign 8\nret"), [
    [0, R.R_RISCV_CALL_PLT, 0n],
  ]);
});

test("what has to be a constant keeps what lies within it from becoming shorter", () => {
  const call = [[0, R.R_RISCV_CALL_PLT, 0n]];
  assert.deepEqual(told("a: call there\nb: .set length, b - a\n.data\n.word length"), call);
  assert.deepEqual(told("a: call there\nret\n.data\n.dword a + 8"), call);
  assert.deepEqual(told("a: call there\nj a + 8"), call);
});
