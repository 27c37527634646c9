// The linker: which definitions and sections a program gets, where they lie, and what is said when that cannot be.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble } from "../assemble/assemble.ts";
import { parseAssembly } from "../assemble/parse.ts";
import type { ObjectFile } from "../object/object-file.ts";
import { R_RISCV_ALIGN } from "../object/relocation-types.ts";
import { Diagnostics } from "../source/diagnostics.ts";
import { link } from "./link.ts";
import type { LinkInput } from "./resolve.ts";

function object(text: string, name = "main.o"): ObjectFile {
  const diagnostics = new Diagnostics();
  const made = assemble(parseAssembly(text, 0, diagnostics), name, diagnostics);
  assert.deepEqual(diagnostics.list, []);
  return made;
}

function input(text: string, name?: string): LinkInput {
  return { kind: "object", object: object(text, name) };
}

interface Program {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Of PT_LOAD: flags, offset, address, size in the file, size in memory. */
  readonly segments: readonly (readonly number[])[];
  readonly entry: number;
}

function linked(inputs: readonly LinkInput[], gcSections = true): Program {
  const { bytes } = link({ inputs, gcSections, strip: true });
  const view = new DataView(bytes.buffer);
  const segments: number[][] = [];
  for (let index = 0; index < view.getUint16(56, true); index++) {
    const at = 64 + index * 56;
    if (view.getUint32(at, true) !== 1) continue;
    const number = (offset: number): number => Number(view.getBigUint64(at + offset, true));
    segments.push([view.getUint32(at + 4, true), number(8), number(16), number(32), number(40)]);
  }
  return { bytes, view, segments, entry: Number(view.getBigUint64(24, true)) };
}

/** The bytes at an address. */
function memory({ bytes, segments }: Program, address: number, size: number): Uint8Array {
  for (const [, offset = 0, start = 0, length = 0] of segments) {
    if (address >= start && address + size <= start + length) {
      return bytes.subarray(offset + address - start, offset + address - start + size);
    }
  }
  return assert.fail(`nothing at 0x${address.toString(16)}`);
}

function word(program: Program, address: number): number {
  const bytes = memory(program, address, 8);
  return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
}

const START = '.section .text.start, "ax"\n.globl _start\n_start: ';

test("code, constants and data are segments of their own, without padding in the file", () => {
  const program = linked([
    input(
      `${START} la a0, c\nla a1, d\nla a2, z\nret\n.section .rodata\nc: .dword 5\n.data\nd: .dword 6\n.bss\nz: .zero 5000`,
    ),
  ]);
  const [text = [], constants = [], data = []] = program.segments;
  assert.deepEqual([text[0], constants[0], data[0]], [5, 4, 6]);
  assert.equal(text[1], 0);
  assert.equal(text[2], 0x10000);
  for (const [, offset = 0, address = 0] of program.segments) {
    assert.equal(offset % 4096, address % 4096);
  }
  assert.equal((data[4] ?? 0) - (data[3] ?? 0), 5000);
});

test("members of archives come when they are wanted, in whatever order", () => {
  const members = [
    object(".globl b\n.section .text.b\nb: call c\nret", "lib.a(b.o)"),
    object(".globl c\nc: ret", "lib.a(c.o)"),
    object(".globl unwanted\nunwanted: call nowhere", "lib.a(unwanted.o)"),
  ];
  linked([{ kind: "archive", members }, input(`${START} call b\n`)]);
});

test("a weak definition gives way, and nobody need define what is weak", () => {
  const program = linked([
    input(
      `${START} ret\n.weak w\nw:\n.data\n.section .init_array,"aw",@init_array\n.dword w, nobody, own\n.weak nobody\n.weak own`,
    ),
    input(".globl w\n.set w, 0x1234\n.globl own\n.set own, 7", "other.o"),
  ]);
  const base = program.segments.at(-1)?.[2] ?? 0;
  assert.deepEqual(
    [0, 8, 16].map((at) => word(program, base + at)),
    [0x1234, 0, 7],
  );
});

test("what is missing or there twice is said with names", () => {
  assert.throws(
    () => linked([input(`${START} call foo\n`)]),
    /undefined symbol: foo, referenced by main\.o:\(\.text\.start\)/,
  );
  assert.throws(
    () => linked([input(`${START} ret\n.globl f\nf:`), input(".globl f\nf: ret", "b.o")]),
    /duplicate symbol: f, defined in main\.o and in b\.o/,
  );
  assert.throws(() => linked([input("nop")]), /undefined symbol: _start/);
  assert.throws(
    () =>
      linked(
        [input(`${START} beq a0, a0, far\n.section .text.z\n.zero 2000000\n.globl far\nfar: ret`)],
        false,
      ),
    /'far' is too far away/,
  );
});

test("sections that cannot be reached are left out, but for those to be kept", () => {
  const sections = `${START} call used\n.section .text.used,"ax"\nused: ret\n.section .text.unused,"ax"\n.zero 1000\ncall nowhere\n`;
  const small = linked([input(sections)]);
  assert.ok((small.segments[0]?.[3] ?? 0) < 700);
  const kept = linked([input(`${sections}.section .text.kept,"axR"\n.zero 3000\n`)]);
  assert.ok((kept.segments[0]?.[3] ?? 0) > 3000);
  assert.throws(() => linked([input(sections)], false), /undefined symbol: nowhere/);
});

test("strings are there once, and as ends of others", () => {
  const strings = (name: string, text: string): string =>
    `.globl ${name}\n.data\n${name}: .dword 1f\n.section .rodata.str1.1,"aMS",@progbits,1\n.string "unused ${name}"\n1: .string "${text}"\n.data\n`;
  const program = linked([
    input(`${START} la a0, a\nla a0, b\nla a0, c\n${strings("a", "hello world")}`),
    input(strings("b", "hello world"), "b.o"),
    input(strings("c", "world"), "c.o"),
  ]);
  const data = program.segments.at(-1)?.[2] ?? 0;
  const [a = 0, b = 0, c = 0] = [0, 8, 16].map((at) => word(program, data + at));
  assert.equal(a, b);
  assert.equal(c, a + 6);
  assert.equal(new TextDecoder().decode(memory(program, a, 11)), "hello world");
});

test("a library that yields leaves the program's own definitions alone, others are told of two", () => {
  const own = input(`${START} call b\n call c\n.globl b\nb: li a0, 1\n ret`);
  const member = input(".globl b\nb: li a0, 2\n ret\n.globl c\nc: ret");
  if (own.kind !== "object" || member.kind !== "object") throw new Error("no objects");
  const archive = (yields: boolean) =>
    ({ kind: "archive", members: [member.object], yields }) as const;
  linked([own, archive(true)]);
  assert.throws(() => linked([own, archive(false)]), /duplicate symbol: b/);
});

test("an undefined symbol is told of with who wants it and what may have been meant", () => {
  const text = ".type main, @function\nmain: call helpr\n ret\n.size main, .-main\n";
  const files = [input(`${START}${text}`), input(".globl helper\nhelper: ret")];
  assert.throws(() => linked(files), /helpr, referenced by .*, in 'main'; did you mean 'helper'\?/);
});

test("common symbols are one, as large as the largest", () => {
  const program = linked([
    input(`${START} la a0, x\nret\n.comm x, 8, 8`),
    input(".comm x, 80, 16", "b.o"),
  ]);
  const [, , start = 0, , size = 0] = program.segments.at(-1) ?? [];
  assert.equal(start + size, Math.ceil(start / 16) * 16 + 80);
});

test("of COMDAT groups of one name the first is taken", () => {
  const group = '.section .text.g,"axG",@progbits,g,comdat\n.weak g\ng: .zero 2000\n';
  const program = linked([input(`${START} call g\n${group}`), input(group, "b.o")], false);
  const size = program.segments[0]?.[3] ?? 0;
  assert.ok(size > 2000 && size < 4000);
});

test("padding that the assembler left for alignment is cut to what is needed", () => {
  const made = object(
    `${START} nop\n.4byte 0x13\n.2byte 1\n.4byte 0x13\nmark: .dword 0x1234\n.data\n.dword mark`,
  );
  // As with relaxation: six bytes of room after two, for an alignment of eight, all of which is needed …
  const [text, data] = [".text.start", ".data"].map((name) =>
    made.sections.find((one) => one.name === name),
  );
  assert.ok(text && data);
  text.align = 8;
  text.relocations.push({ offset: 2, type: R_RISCV_ALIGN, symbol: undefined, addend: 6n });
  // … and then two where nothing is needed.
  text.relocations.push({ offset: 8, type: R_RISCV_ALIGN, symbol: undefined, addend: 2n });
  const program = linked([{ kind: "object", object: made }], false);
  const mark = word(program, program.segments.at(-1)?.[2] ?? 0);
  assert.equal(mark - program.entry, 10);
  assert.equal(word(program, mark), 0x1234);
});

test("the ends of sections have names", () => {
  const program = linked([
    input(
      `${START} la a0, __start_list\nret\n.section list,"aw"\n.dword __start_list, __stop_list, _end, __global_pointer$\n`,
    ),
  ]);
  const [, , start = 0, size = 0] = program.segments.at(-1) ?? [];
  const values = [0, 8, 16].map((at) => word(program, start + at));
  assert.deepEqual(values, [start, start + size, Math.ceil((start + size) / 8) * 8]);
});
