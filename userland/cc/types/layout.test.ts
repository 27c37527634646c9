// Layouts of structures made at random against gcc's. Needs riscv64-linux-gnu-gcc.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { lacking } from "../../oracles.mjs";
import { parsed, variableOf } from "../parse/fixture.ts";
import { alignOf, sizeOf } from "./layout.ts";

const TYPES = [
  "char",
  "signed char",
  "short",
  "unsigned short",
  "int",
  "unsigned",
  "long",
  "_Bool",
  "void *",
] as const;
const BITS: Readonly<Record<string, number>> = {
  char: 8,
  "signed char": 8,
  short: 16,
  "unsigned short": 16,
  int: 32,
  unsigned: 32,
  long: 64,
  _Bool: 1,
};

/** Numbers that are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

function structures(seed: number): string {
  const next = numbers(seed);
  const pick = <Item>(items: readonly Item[], otherwise: Item): Item =>
    items[next(items.length)] ?? otherwise;
  let text = "";
  for (let s = 0; s < 40; s++) {
    let fields = "";
    for (let f = next(7) + 1; f > 0; f--) {
      const type = pick(TYPES, "int");
      const bits = BITS[type];
      const extra = pick(
        ["", "", "", " __attribute__((packed))", " __attribute__((aligned(4)))"],
        "",
      );
      if (bits !== undefined && next(2) === 0) {
        const width = next(bits) + 1;
        fields +=
          next(8) === 0 ? `${type} : ${next(2) * width}; ` : `${type} f${f} : ${width}${extra}; `;
      } else if (s > 0 && next(6) === 0) fields += `struct s${next(s)} f${f}; `;
      else if (next(6) === 0) fields += `struct { ${type} g${f}; char h${f}; }; `;
      else fields += `${type} f${f}${next(4) === 0 ? `[${next(4)}]` : ""}${extra}; `;
    }
    const whole = pick(
      ["", "", "", " __attribute__((packed))", " __attribute__((aligned(16)))"],
      "",
    );
    const pack = pick([0, 0, 0, 1, 2, 4], 0);
    text += pack === 0 ? "" : `#pragma pack(push, ${pack})\n`;
    text += `struct s${s} { ${fields}}${whole} v${s};\n`;
    text += pack === 0 ? "" : "#pragma pack(pop)\n";
  }
  return text;
}

test(
  "structures lie in memory as gcc lays them",
  { skip: lacking("riscv64-linux-gnu-gcc") },
  () => {
    for (let seed = 1; seed <= 5; seed++) {
      const text = structures(seed);
      const unit = parsed(text);
      let checks = "";
      for (let s = 0; s < 40; s++) {
        const { type } = variableOf(unit, `v${s}`);
        checks += `_Static_assert(sizeof v${s} == ${sizeOf(type)} && _Alignof(struct s${s}) == ${alignOf(type)}, "s${s}");\n`;
        if (type.kind !== "struct") continue;
        for (const { name, offset, bits } of type.tag.members ?? []) {
          if (name === undefined || bits !== undefined) continue;
          checks += `_Static_assert(__builtin_offsetof(struct s${s}, ${name}) == ${offset}, "s${s}.${name}");\n`;
        }
      }
      const gcc = spawnSync(
        "riscv64-linux-gnu-gcc",
        ["-march=rv64imac", "-mabi=lp64", "-w", "-fsyntax-only", "-x", "c", "-"],
        { input: text + checks, encoding: "utf8" },
      );
      assert.equal(gcc.status, 0, gcc.stderr);
    }
  },
);
