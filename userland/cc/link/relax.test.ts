// Relaxation: what becomes shorter, what must not, and that all who point into the code find their places again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble } from "../assemble/assemble.ts";
import { parseAssembly } from "../assemble/parse.ts";
import { readElf } from "../object/elf-read.ts";
import { writeElf } from "../object/elf-write.ts";
import { readCodePlaces } from "../object/read-lines.ts";
import { Diagnostics } from "../source/diagnostics.ts";
import { Sources } from "../source/sources.ts";
import { link } from "./link.ts";

const START = '.section .text.start, "ax"\n.globl _start\n_start:\n';

interface Program {
  /** Instructions and data from _start on, in bytes. */
  readonly code: Uint8Array;
  readonly entry: number;
  readonly bytes: Uint8Array;
}

function program(text: string, isRelaxing = true): Program {
  const diagnostics = new Diagnostics();
  const object = assemble(parseAssembly(text, 0, diagnostics), "main.o", diagnostics);
  assert.deepEqual(diagnostics.list, []);
  // By way of a file, as members of archives come.
  const read = readElf("main.o", writeElf(object));
  const inputs = [{ kind: "object", object: read }] as const;
  const { bytes } = link({ inputs, gcSections: true, strip: true, relax: isRelaxing });
  const view = new DataView(bytes.buffer);
  const entry = Number(view.getBigUint64(24, true));
  return { code: bytes.subarray(entry - 0x10000), entry, bytes };
}

/** Instructions as hexadecimal numbers, short ones with four digits. */
function words({ code }: Program, count: number): string[] {
  const list: string[] = [];
  const view = new DataView(code.buffer, code.byteOffset);
  for (let at = 0; list.length < count;) {
    const half = view.getUint16(at, true);
    const isShort = (half & 3) !== 3;
    const bits = isShort ? half : view.getUint32(at, true);
    list.push(bits.toString(16).padStart(isShort ? 4 : 8, "0"));
    at += isShort ? 2 : 4;
  }
  return list;
}

test("a call becomes a jal, and a jump to what is near two bytes", () => {
  const made = program(`${START}call f\ntail f\n.section .text.f\nf: ret\n`);
  // jal ra, +6; c.j +2; c.jr ra
  assert.deepEqual(words(made, 3), ["006000ef", "a009", "8082"]);
  const long = program(`${START}call f\ntail f\n.section .text.f\nf: ret\n`, false);
  // auipc ra, 0; jalr 16(ra); auipc t1, 0; jr 8(t1)
  assert.deepEqual(words(long, 5), ["00000097", "010080e7", "00000317", "00830067", "8082"]);
});

test("a call of what a jal does not reach stays as it is", () => {
  const far = `${START}call g\nret\n.section .text.f\n.zero 1048576\ng: ret\n`;
  assert.deepEqual(words(program(far), 1), ["00100097"]);
  const near = `${START}call g\nret\n.section .text.f\n.zero 1048560\ng: ret\n`;
  assert.match(words(program(near), 1)[0] ?? "", /ef$/);
});

test("branches, differences and addresses across what is gone are right, and come nearer", () => {
  const made = program(
    `${START}beqz a0, end\n${"call f\n".repeat(40)}end: j _start\n` +
      ".dword end\n.word end - _start\n.section .text.f\nf: ret\n",
  );
  const view = new DataView(made.code.buffer, made.code.byteOffset);
  // 160 bytes of calls lie within the reach of a short branch, 320 would not.
  const branch = view.getUint16(0, true);
  assert.equal(branch & 0xe003, 0xc001);
  const end = 2 + 40 * 4;
  const jump = view.getUint16(end, true);
  assert.equal(jump & 0xe003, 0xa001);
  assert.equal(Number(view.getBigUint64(end + 2, true)), made.entry + end);
  assert.equal(view.getUint32(end + 10, true), end);
});

test("alignment is made anew", () => {
  const made = program(
    `${START}call f\n.balign 16\nmark: ret\n.dword mark\n.section .text.f\nf: ret\n`,
  );
  const view = new DataView(made.code.buffer, made.code.byteOffset);
  // The entry lies behind the headers, and the section at a multiple of 16.
  assert.equal(made.entry % 16, 0);
  assert.equal(view.getUint16(16, true), 0x8082);
  assert.equal(Number(view.getBigUint64(18, true)), made.entry + 16);
});

const DATA = ".data\n.balign 8\na: .zero 8\n.size a, 8\n.bss\nb: .zero 5000\n.size b, 5000\n";

test("the global pointer takes the place of upper parts where a program sets it up", () => {
  const access = "lui a0, %hi(a)\nlw a1, %lo(a)(a0)\nsw a1, %lo(a)(a0)\n";
  const pointer = ".option push\n.option norelax\nla gp, __global_pointer$\n.option pop\n";
  const own = ".globl a\n.type a, @object\n";
  const made = words(program(`${START}${pointer}${access}ret\n${own}${DATA}`), 5);
  const fields = (text = ""): number => Number.parseInt(text, 16);
  // lw a1, x(gp); sw a1, x(gp); c.jr ra
  assert.equal(fields(made[2]) & 0xfffff, 0x1a583);
  assert.equal(fields(made[3]) & 0x1fff07f, 0xb1a023);
  assert.equal(made[4], "8082");
  // Nobody sets it up: c.lui, since the address is small.
  const without = words(program(`${START}${access}ret\n${own}${DATA}`), 1);
  assert.equal(fields(without[0]) & 0xef83, 0x6501);
});

test("an object that the global pointer reaches in part only keeps its upper part", () => {
  const text = `${START}la gp, __global_pointer$\nlui a0, %hi(b)\nlw a1, %lo(b)(a0)\nret\n.globl b\n${DATA}`;
  const [, , upper = ""] = words(program(text), 3);
  assert.equal(Number.parseInt(upper, 16) & 0xef83, 0x6501);
});

test("lines are found where relaxation has left their instructions", () => {
  const text = `${START}call f\ncall f\nbeqz a0, _start\nf: ret\ncall f\n`;
  const sources = new Sources();
  const { base } = sources.add("main.s", text);
  const diagnostics = new Diagnostics();
  const items = parseAssembly(text, base, diagnostics);
  const object = assemble(items, "main.o", diagnostics, { sources });
  const read = readElf("main.o", writeElf(object));
  const { bytes } = link({
    inputs: [{ kind: "object", object: read }],
    gcSections: true,
    strip: false,
  });
  const entry = Number(new DataView(bytes.buffer).getBigUint64(24, true));
  const places = readCodePlaces(bytes);
  const lines = [0, 4, 8, 10, 12].map((offset) => places.locate(entry + offset)?.line);
  assert.deepEqual(lines, [4, 5, 6, 7, 8]);
  assert.equal(places.locate(entry + 16)?.line, undefined);
});
