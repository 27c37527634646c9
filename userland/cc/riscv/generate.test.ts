import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { lacking } from "../../oracles.mjs";
import { printAssembly } from "../assemble/print.ts";
import {
  Builder,
  constant,
  LOCAL,
  newFunction,
  newModule,
  newParameter,
  newSlot,
  slotAddress,
  symbolAddress,
} from "../ir/build.ts";
import type { IrFunction, IrModule, Operand } from "../ir/ir.ts";
import { verifyFunction } from "../ir/verify.ts";
import { generate } from "./generate.ts";
import { callingProgram, interpreted } from "./tests/compare.ts";
import { randomModule } from "./tests/random-module.ts";

const needs = lacking("riscv64-linux-gnu-gcc", "qemu-riscv64");

/** What a C program prints that is linked with the module's code. */
function run(module: IrModule, program: string): string {
  const folder = mkdtempSync(join(tmpdir(), "cc-riscv-"));
  try {
    const [source, main, out] = ["generated.s", "main.c", "program"].map((name) =>
      join(folder, name),
    );
    assert.ok(source !== undefined && main !== undefined && out !== undefined);
    writeFileSync(source, printAssembly(generate(module)));
    writeFileSync(main, program);
    const built = spawnSync(
      "riscv64-linux-gnu-gcc",
      ["-static", "-no-pie", "-O1", "-w", "-mcmodel=medlow", source, main, "-o", out],
      { encoding: "utf8" },
    );
    assert.equal(built.status, 0, built.stderr);
    const { status, stdout } = spawnSync("qemu-riscv64", [out], {
      encoding: "utf8",
      timeout: 20_000,
    });
    assert.equal(status, 0, stdout);
    return stdout.trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The instructions of the only function, without labels and directives. */
function instructionsOf(f: IrFunction): string[] {
  assert.deepEqual(verifyFunction(f), []);
  return printAssembly(generate(newModule([f])))
    .split("\n")
    .filter((line) => line.startsWith("\t") && !line.startsWith("\t."))
    .map((line) => line.trim().replace("\t", " "));
}

function oneBlock(make: (b: Builder, f: IrFunction) => Operand): IrFunction {
  const f = newFunction("f");
  const b = new Builder(f);
  b.startNew();
  const value = make(b, f);
  b.end({ op: "return", values: [{ value, width: "l" }], loc: 0 });
  return f;
}

test("constants fit into instructions where these have room", () => {
  const f = oneBlock((b, g) => b.binary("add", "l", newParameter(g, "l"), constant(-2048)));
  assert.deepEqual(instructionsOf(f), ["addi a0, a0, -2048", "ret"]);
});

test("a sum that is an address is part of the load", () => {
  const f = oneBlock((b, g) => {
    const sum = b.binary("add", "l", newParameter(g, "l"), constant(16));
    return b.load("64", "l", sum, 8);
  });
  assert.deepEqual(instructionsOf(f), ["ld a0, 24(a0)", "ret"]);
});

test("a symbol's lower part is part of the load", () => {
  const f = oneBlock((b) => b.load("64", "l", symbolAddress("x", 8)));
  assert.deepEqual(instructionsOf(f), ["lui a5, %hi(x+8)", "ld a0, %lo(x+8)(a5)", "ret"]);
});

test("the sign's extension of a w costs nothing", () => {
  const f = oneBlock((b, g) => {
    const sum = b.binary("add", "w", newParameter(g, "w"), newParameter(g, "w"));
    return b.unary("sext32", "l", sum);
  });
  assert.deepEqual(instructionsOf(f), ["addw a0, a0, a1", "ret"]);
});

test("an unsigned index is extended and scaled by two shifts", () => {
  const f = oneBlock((b, g) => {
    const index = b.unary("zext32", "l", newParameter(g, "w"));
    return b.binary("shl", "l", index, constant(3));
  });
  assert.deepEqual(instructionsOf(f), ["slli a5, a0, 32", "srli a0, a5, 29", "ret"]);
});

test("what nobody uses is not made", () => {
  const f = oneBlock((b, g) => {
    const parameter = newParameter(g, "l");
    b.binary("mul", "l", parameter, parameter);
    return parameter;
  });
  assert.deepEqual(instructionsOf(f), ["ret"]);
});

test("a comparison becomes part of the branch, and its test of the loop comes last", () => {
  const f = newFunction("f");
  const n = newParameter(f, "l");
  const b = new Builder(f);
  const start = b.startNew();
  const [header, body, end] = [b.newBlock(), b.newBlock(), b.newBlock()];
  b.start(header);
  const [i, next] = [b.temp("l"), b.temp("l")];
  b.emit({
    op: "phi",
    to: i,
    sources: [
      { block: start, value: constant(0) },
      { block: body, value: next },
    ],
    loc: 0,
  });
  const isLess = b.compare("ltu", "l", i, n);
  b.branch("ne", "w", isLess, constant(0), body, end);
  b.start(body);
  b.store(1, constant(0), i);
  b.emit({ op: "binary", to: next, operator: "add", left: i, right: constant(1), loc: 0 });
  b.end({ op: "jump", to: header, loc: 0 });
  b.start(end);
  b.end({ op: "return", values: [], loc: 0 });
  assert.deepEqual(instructionsOf(f), [
    "li a5, 0",
    "j .L0_1",
    "sb zero, 0(a5)",
    "addi a5, a5, 1",
    "bltu a5, a0, .L0_3",
    "ret",
  ]);
});

test("a function that returns early makes its frame only when it goes on", () => {
  const f = newFunction("f");
  const n = newParameter(f, "l");
  const b = new Builder(f);
  b.startNew();
  const [more, end] = [b.newBlock(), b.newBlock()];
  b.branch("eq", "l", n, constant(0), end, more);
  b.start(more);
  const result = b.temp("l");
  b.emit({ op: "call", results: [result], callee: symbolAddress("g"), arguments: [], loc: 0 });
  b.end({ op: "return", values: [{ value: b.binary("add", "l", result, n), width: "l" }], loc: 0 });
  b.start(end);
  b.end({ op: "return", values: [{ value: constant(0), width: "l" }], loc: 0 });
  const code = instructionsOf(f);
  assert.match(code[0] ?? "", /^b(eq|ne)z a0/);
  assert.ok(code.findIndex((line) => line.startsWith("addi sp, sp, -")) > 0);
});

test("an asm statement gets the registers that it asks for", () => {
  const f = oneBlock((b, g) => {
    const to = b.temp("l");
    b.emit({
      op: "asm",
      template: "ecall # %0 %1 %2",
      outputs: [{ to, register: "a0", earlyClobber: false }],
      inputs: [
        { value: newParameter(g, "l"), how: "output", output: 0, width: "l" },
        { value: constant(64), how: "register", register: "a7", width: "l" },
      ],
      clobbers: ["memory", "s3"],
      isVolatile: true,
      loc: 0,
    });
    return to;
  });
  const code = instructionsOf(f);
  assert.deepEqual(
    code.filter((line) => !line.includes("sp")),
    ["li a7, 64", "ecall", "ret"],
  );
  assert.ok(
    code.some((line) => line.startsWith("sd s3")),
    "a register that it destroys is saved",
  );
});

test("data goes into sections of its own, strings into one that is merged", () => {
  const module = newModule();
  const bytes = new Uint8Array([104, 105, 0]);
  const linkage = LOCAL;
  const references = [{ offset: 8, size: 8 as const, symbol: "text", addend: 1 }];
  module.data.push(
    { symbol: "text", linkage, section: "strings", align: 1, size: 3, bytes, references: [] },
    { symbol: "table", linkage, section: "data", align: 8, size: 24, bytes: undefined, references },
    {
      symbol: "room",
      linkage,
      section: "bss",
      align: 8,
      size: 64,
      bytes: undefined,
      references: [],
    },
  );
  const text = printAssembly(generate(module, { debug: false, functionSections: true }));
  assert.match(text, /\.rodata\.str1\.1.*"aMS"/);
  assert.match(text, /\.data\.table/);
  assert.match(text, /\.bss\.room/);
  assert.match(text, /\.zero\t8\n\t\.(?:quad|dword|8byte)\ttext\+1\n\t\.zero\t8/);
});

test(
  "large frames, aligned objects and arguments on the stack are reached",
  { skip: needs },
  () => {
    const f = newFunction("f");
    const parameters = Array.from({ length: 12 }, () => newParameter(f, "l"));
    const b = new Builder(f);
    b.startNew();
    const large = newSlot(f, 100_000, 8);
    const aligned = newSlot(f, 64, 4096);
    b.store(8, parameters[11] ?? constant(0), slotAddress(large), 99_992);
    b.store(8, parameters[0] ?? constant(0), slotAddress(aligned), 8);
    const low = b.binary("and", "l", slotAddress(aligned), constant(4095));
    const result = b.temp("l");
    b.emit({
      op: "call",
      results: [result],
      callee: symbolAddress("sum"),
      arguments: parameters.toReversed().map((value) => ({ value, width: "l" })),
      loc: 0,
    });
    const first = b.binary("add", "l", low, b.load("64", "l", slotAddress(large), 99_992));
    const second = b.binary("add", "l", first, b.load("64", "l", slotAddress(aligned), 8));
    const value = b.binary("add", "l", second, result);
    b.end({ op: "return", values: [{ value, width: "l" }], loc: 0 });
    const program = `#include <stdio.h>
    long f(long, long, long, long, long, long, long, long, long, long, long, long);
    long sum(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k, long l) {
      return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k + 12 * l;
    }
    int main(void) { printf("%ld", f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)); }`;
    assert.equal(run(newModule([f]), program), String(364 + 13));
  },
);

for (const [seed, functions, size] of [
  [1, 12, 20],
  [2, 10, 120],
  [3, 4, 600],
] as const) {
  test(
    `random functions of ${size} statements compute what the interpreter says`,
    { skip: needs },
    () => {
      const module = randomModule(seed, functions, size);
      for (const f of module.functions) assert.deepEqual(verifyFunction(f), []);
      assert.equal(run(module, callingProgram(module)), interpreted(module));
    },
  );
}

test("code of a function grows with it, and so does the time that it takes", () => {
  const times = [400, 1600].map((size) => {
    const module = randomModule(7, 1, size);
    generate(module);
    const start = performance.now();
    const items = generate(module);
    return (performance.now() - start) / items.length;
  });
  const [small = 0, large = 0] = times;
  assert.ok(large < small * 8 + 0.05, `${small} ms an item became ${large}`);
});
