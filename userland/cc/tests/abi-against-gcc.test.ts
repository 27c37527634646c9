// Functions of our compiler and of gcc call each other with all kinds of structures (psABI, "Integer Calling Convention"): a
// program in two files, of which each compiler makes the one or the other, computes the same. Needs riscv64-linux-gnu-gcc
// and qemu-riscv64.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { lacking } from "../../oracles.mjs";
import { compileObject, compileProgram } from "../../toolchain.mjs";
import { printAssembly } from "../assemble/print.ts";
import { lowered } from "../lower/run-for-tests.ts";
import { generate } from "../riscv/generate.ts";

/** The same numbers each time (a linear congruential generator). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const SCALARS = [
  "char",
  "signed char",
  "short",
  "unsigned short",
  "int",
  "unsigned",
  "long",
  "unsigned long",
  "_Bool",
];

interface Type {
  readonly name: string;
  /** Paths to its scalars; the scalar itself: "". */
  readonly parts: readonly string[];
  readonly isStruct: boolean;
}

/** Two files and what both include. */
function program(seed: number): { types: string; callees: string; callers: string } {
  const pick = numbers(seed);
  const one = <T>(list: readonly T[], fallback: T): T => list[pick(list.length)] ?? fallback;
  const types: Type[] = SCALARS.map((name) => ({ name, parts: [""], isStruct: false }));
  let text = "";
  for (let n = 0; n < 24; n++) {
    const parts: string[] = [];
    let members = "";
    const count = pick(5);
    const isUnion = pick(6) === 0;
    for (let m = 0; m < count; m++) {
      const nested = types.filter(({ isStruct }) => isStruct);
      const of = pick(5) === 0 && nested.length > 0 ? one(nested, undefined) : undefined;
      const array = pick(4) === 0 ? pick(4) + 1 : 0;
      const type = of ?? { name: one(SCALARS, "int"), parts: [""] };
      const bits =
        of === undefined && array === 0 && type.name !== "_Bool" && pick(5) === 0
          ? ` : ${pick(7) + 1}`
          : "";
      members += `${type.name} m${m}${array > 0 ? `[${array}]` : ""}${bits}; `;
      if (isUnion && m > 0) continue;
      for (let i = 0; i < Math.max(array, 1); i++)
        for (const part of type.parts) parts.push(`.m${m}${array > 0 ? `[${i}]` : ""}${part}`);
    }
    const align = pick(6) === 0 ? " __attribute__((aligned(16)))" : "";
    const tag = `${isUnion ? "union" : "struct"} t${n}`;
    text += `${tag} { ${members}}${align};\n`;
    types.push({ name: tag, parts, isStruct: true });
  }
  let callees = "";
  let callers = "";
  let calls = "";
  for (let n = 0; n < 60; n++) {
    const isVariadic = n % 3 === 2;
    const named = Array.from({ length: (isVariadic ? 1 : 0) + pick(7) }, () =>
      one(types, types[0]),
    );
    const promoted = types.filter(
      ({ name, isStruct }) => isStruct || /int|unsigned$|long/.test(name),
    );
    const unnamed = isVariadic
      ? Array.from({ length: pick(8) }, () => one(promoted, types[0]))
      : [];
    const returns = one(types, types[0]);
    if (returns === undefined) continue;
    const parameters = named.map((type, i) => `${type?.name} p${i}`);
    const signature = `${returns.name} f${n}(${[...parameters, ...(isVariadic ? ["..."] : [])].join(", ") || "void"})`;
    text += `${signature};\n`;
    const hash = (type: Type | undefined, name: string) =>
      type?.parts.map((part) => `h = h * 31 + (unsigned long)${name}${part};`).join(" ") ?? "";
    let body = "unsigned long h = 7; ";
    named.forEach((type, i) => (body += hash(type, `p${i}`) + "\n  "));
    if (isVariadic) {
      body += `__builtin_va_list list; __builtin_va_start(list, p${named.length - 1});\n  `;
      unnamed.forEach((type, i) => {
        body += `${type?.name} u${i} = __builtin_va_arg(list, ${type?.name}); (void)u${i}; ${hash(type, `u${i}`)}\n  `;
      });
    }
    body += `printf("${n} %lx\\n", h); ${returns.name} r; `;
    for (const part of returns.parts) body += `r${part} = h; h = h * 17 + 3; `;
    callees += `${signature} {\n  ${body}\n  return r;\n}\n`;
    const all = [...named, ...unnamed];
    let call = `void c${n}(unsigned long h) {\n  `;
    all.forEach((type, i) => {
      call += `${type?.name} a${i}; `;
      for (const part of type?.parts ?? []) call += `a${i}${part} = h; h = h * 13 + 5; `;
      call += "\n  ";
    });
    call += `${returns.name} r = f${n}(${all.map((_, i) => `a${i}`).join(", ")}); (void)r; h = 1; ${hash(returns, "r")} printf("%lx", h);`;
    // Arguments that went by reference are still what they were.
    call += ` h = 1; ${all.map((type, i) => hash(type, `a${i}`)).join(" ")} printf(" %lx\\n", h);`;
    callers += `${call}\n}\n`;
    calls += ` c${n}(${n * 0x9e3779b9}ul * 0x85ebca6bul);`;
  }
  const head = `#pragma GCC diagnostic ignored "-Wunused-parameter"\nint printf(const char *, ...);\n${text}`;
  return { types: head, callees, callers: `${callers}int main(void) {${calls} return 0; }\n` };
}

test(
  "functions of both compilers call each other with structures of all kinds",
  { skip: lacking("riscv64-linux-gnu-gcc", "qemu-riscv64") },
  () => {
    const folder = mkdtempSync(join(tmpdir(), "abi-"));
    try {
      for (const seed of [1, 2]) {
        const { types, callees, callers } = program(seed);
        const files = { callees: types + callees, callers: types + callers };
        const object = (name: "callees" | "callers", ours: boolean): string => {
          const source = join(folder, `${name}.${ours ? "s" : "c"}`);
          const out = `${source}.o`;
          writeFileSync(source, ours ? printAssembly(generate(lowered(files[name]))) : files[name]);
          compileObject({ source, out, by: "gcc" });
          return out;
        };
        const [theirCallees, theirCallers] = [object("callees", false), object("callers", false)];
        const [ourCallees, ourCallers] = [object("callees", true), object("callers", true)];
        const run = (oursCallees: boolean, oursCallers: boolean): string => {
          const out = join(folder, "program");
          const sources = [
            oursCallees ? ourCallees : theirCallees,
            oursCallers ? ourCallers : theirCallers,
          ];
          compileProgram({ sources, out, by: "gcc" });
          const { stdout, status, signal } = spawnSync("qemu-riscv64", [out], {
            encoding: "utf8",
            timeout: 20_000,
          });
          assert.equal(status, 0, `seed ${seed}: ${signal ?? status} ${stdout.slice(-200)}`);
          return stdout;
        };
        const expected = run(false, false);
        assert.equal(expected.split("\n").length, 2 * 60 + 1);
        assert.equal(run(true, false), expected, `seed ${seed}: our callees`);
        assert.equal(run(false, true), expected, `seed ${seed}: our callers`);
        assert.equal(run(true, true), expected, `seed ${seed}: ours`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
