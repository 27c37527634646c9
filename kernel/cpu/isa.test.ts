import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compressedInstructions, expandCompressed, findCompressed } from "./isa-compressed.ts";
import { disassemble } from "./isa-disassemble.ts";
import { encode } from "./isa-encode.ts";
import { immediateOf, placeImmediate } from "./isa-format.ts";
import type { Format } from "./isa-format.ts";
import { findInstruction, instructions } from "./isa.ts";

test("no two rows of the table match the same word", () => {
  for (const one of instructions) {
    assert.equal(one.match & ~one.mask, 0, one.name);
    for (const other of instructions) {
      if (one === other) continue;
      const both = one.mask & other.mask;
      assert.notEqual(one.match & both, other.match & both, `${one.name} and ${other.name}`);
    }
  }
});

test("RV64IMAC with Zicsr and Zifencei has as many instructions as the specification lists", () => {
  const count = (extension: string) =>
    instructions.filter((one) => one.extension === extension).length;
  assert.deepEqual(["I", "M", "A", "Zicsr", "Zifencei"].map(count), [52, 13, 22, 6, 1]);
  // RVC of RV64 without floating point; c.nop is c.addi's, and hints are their instruction's.
  assert.equal(compressedInstructions.length, 32);
});

test("a random word is decoded to the row that matches it, or to none", () => {
  fc.assert(
    fc.property(fc.integer(), (bits) => {
      const rows = instructions.filter((one) => (bits & one.mask) === one.match);
      assert.equal(findInstruction(bits), rows[0]);
    }),
    { numRuns: 2000 },
  );
});

test("an immediate that is placed is found again", () => {
  const ranges: [Format, number, number, number][] = [
    ["I", -2048, 2047, 1],
    ["store", -2048, 2047, 1],
    ["B", -4096, 4094, 2],
    ["J", -1048576, 1048574, 2],
    ["shift64", 0, 63, 1],
  ];
  for (const [format, low, high, step] of ranges) {
    for (let imm = low; imm <= high; imm += step) {
      assert.equal(immediateOf(format, placeImmediate(format, imm)), imm);
    }
  }
  assert.equal(immediateOf("U", placeImmediate("U", -4096)), -4096);
});

test("every 16-bit pattern expands to an instruction or is illegal", () => {
  let legal = 0;
  for (let h = 0; h < 65536; h++) {
    if ((h & 3) === 3) continue;
    const word = expandCompressed(h);
    assert.equal(word === 0, findCompressed(h) === undefined);
    if (word === 0) continue;
    assert.notEqual(findInstruction(word), undefined, h.toString(16));
    legal++;
  }
  assert.equal(expandCompressed(0), 0);
  assert.ok(legal > 30000);
});

test("disassembly reads like assembly", () => {
  const cases: [number, string][] = [
    [encode("addi", { rd: 10, rs1: 2, imm: -16 }), "addi a0, sp, -16"],
    [encode("ld", { rd: 1, rs1: 2, imm: 8 }), "ld ra, 8(sp)"],
    [encode("sd", { rs2: 1, rs1: 2, imm: 8 }), "sd ra, 8(sp)"],
    [encode("lui", { rd: 5, imm: 0xfffff000 | 0 }), "lui t0, 0xfffff"],
    [encode("csrrs", { rd: 5, imm: 0xc01 }), "csrrs t0, time, zero"],
    [encode("lr.d", { rd: 5, rs1: 10 }) | (1 << 26), "lr.d.aq t0, (a0)"],
    [encode("ecall"), "ecall"],
    [0x852e, "c.mv a0, zero, a1"],
    [0, "illegal 0x0"],
    [0xffffffff, "illegal 0xffffffff"],
  ];
  for (const [bits, text] of cases) assert.equal(disassemble(bits), text);
  assert.equal(disassemble(encode("beq", { rs1: 5, imm: -8 }), 0x1000), "beq t0, zero, 0xff8");
  assert.equal(disassemble(encode("jal", { imm: 8 })), "jal zero, . + 8");
});
