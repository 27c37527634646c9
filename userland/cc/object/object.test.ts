// ELF objects and archives, there and back; debugging information as readers understand it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble } from "../assemble/assemble.ts";
import { parseAssembly } from "../assemble/parse.ts";
import { link } from "../link/link.ts";
import { CompilationStopped, Diagnostics } from "../source/diagnostics.ts";
import { Sources } from "../source/sources.ts";
import { readArchive, readMembers, writeArchive } from "./archive.ts";
import { readElf } from "./elf-read.ts";
import { writeElf } from "./elf-write.ts";
import type { ObjectFile } from "./object-file.ts";
import { readCodePlaces } from "./read-lines.ts";

function build(text: string, name = "test.o"): ObjectFile {
  const diagnostics = new Diagnostics();
  const sources = new Sources();
  const file = sources.add("test.s", text);
  const items = parseAssembly(text, file.base, diagnostics);
  const object = assemble(items, name, diagnostics, { sources });
  assert.deepEqual(diagnostics.list, []);
  return object;
}

const example = `
  .globl _start
  .type _start, @function
_start:
  la a0, message
  call elsewhere
  ret
  .size _start, . - _start
  .section .rodata.str1.1, "aMS", @progbits, 1
message: .string "hello"
  .section .text.g, "axG", @progbits, group, comdat
  .weak group
group: ret
  .bss
  .zero 100
`;

function shape({ sections, symbols, groups }: ObjectFile): unknown {
  return {
    sections: sections.map(({ relocations, data, ...rest }) => ({
      ...rest,
      data: [...data],
      relocations: relocations.map(({ symbol, ...one }) => ({ ...one, symbol: symbol?.name })),
    })),
    symbols: symbols
      .map(({ section, ...rest }) => ({
        ...rest,
        section: typeof section === "object" ? section.name : section,
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    groups: groups.map(({ signature, sections: members }) => [
      signature,
      members.map(({ name }) => name),
    ]),
  };
}

test("an object is the same after it has been a file", () => {
  const object = build(example);
  assert.deepEqual(shape(readElf("test.o", writeElf(object))), shape(object));
});

test("an archive gives back what it was made of", () => {
  const long = "a-name-that-is-longer-than-fifteen-characters.o";
  const members = [
    { name: "a.o", bytes: writeElf(build(example)) },
    { name: long, bytes: writeElf(build(".globl x\nx: ret")) },
    { name: "text", bytes: new Uint8Array([1, 2, 3]) },
  ];
  assert.deepEqual(readMembers("l.a", writeArchive(members)), members);
  const objects = readArchive("dir/l.a", writeArchive(members.slice(0, 2)));
  assert.deepEqual(
    objects.map(({ name }) => name),
    ["l.a(a.o)", `l.a(${long})`],
  );
});

test("an address in a program has a line and a function", () => {
  const text = `
  .globl _start
  .type _start, @function
_start:
  nop
  nop

  .balign 16
  ret
  .size _start, . - _start
`;
  const { bytes } = link({
    inputs: [{ kind: "object", object: build(text) }],
    gcSections: true,
    strip: false,
  });
  const entry = Number(new DataView(bytes.buffer).getBigUint64(24, true));
  const places = readCodePlaces(bytes);
  const shown = (address: number): unknown => {
    const found = places.locate(address);
    return found && [found.file, found.line, found.function, found.offset];
  };
  assert.deepEqual(shown(entry), ["test.s", 5, "_start", 0]);
  assert.deepEqual(shown(entry + 2), ["test.s", 6, "_start", 2]);
  assert.deepEqual(shown(entry + 16), ["test.s", 9, "_start", 16]);
  assert.equal(shown(entry + 18), undefined);
  assert.equal(shown(0), undefined);
});

test("a damaged file ends in a message", () => {
  const whole = writeElf(build(example));
  const library = writeArchive([{ name: "a.o", bytes: whole }]);
  let state = 5;
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const attempt = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      assert.ok(error instanceof CompilationStopped, String(error));
    }
  };
  for (let round = 0; round < 2000; round++) {
    const from = round % 2 === 0 ? whole : library;
    const bytes = Uint8Array.from(from);
    for (let count = random(6); count >= 0; count--) bytes[random(bytes.length)] = random(256);
    const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
    attempt(() => readArchive("l.a", cut));
    attempt(() => readCodePlaces(cut).locate(0x10100));
    attempt(() => {
      const object = readElf("x.o", cut);
      writeElf(object);
      link({ inputs: [{ kind: "object", object }], gcSections: false, strip: false });
    });
  }
  assert.throws(() => readElf("x.o", new Uint8Array(3)), /x\.o: not an object file/);
});
