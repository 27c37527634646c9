// Hostile input ends in an object or in messages, never in an exception: the judges' programs with words taken out, doubled,
// exchanged, cut off and replaced, and bytes of no language at all. FUZZ_SECONDS=60 FUZZ_SEED=7 looks longer and elsewhere.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createRandom } from "../../../kernel/boot/random.ts";
import { runCommand } from "../driver/command.ts";
import { compileUnit, defaultOptions } from "../driver/compile.ts";
import { installation } from "../driver/node/main.ts";
import { writeArchive } from "../object/archive.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? 1);
const seconds = Number(process.env["FUZZ_SECONDS"] ?? 0);
/** Texts tried when nobody says how long. */
const TEXTS = 400;

const folder = join(import.meta.dirname, "programs");
const originals = readdirSync(folder)
  .filter((name) => name.endsWith(".c"))
  .map((name) => readFileSync(join(folder, name), "utf8"));

const FRAGMENTS =
  `( ) [ ] { } ; , : ? = == += -> . ... & * + - ~ ! / % << >> < > | ^ && || # ## " ' \\ 0 1 -1 0x7fffffffffffffff
  1e5 08 'a' "s" L"w" int long char void struct union enum typedef static extern if else while for do switch case default break
  continue return goto sizeof _Generic _Static_assert _Alignas _Atomic __attribute__((packed)) typeof asm volatile const
  #define #undef #if #ifdef #endif #else #include #line #error __VA_ARGS__ // /* */ \0 \u00e9 \ud83d\ude00`.split(
    /\s+/,
  );

const systemFolders = [
  join(import.meta.dirname, "..", "..", "libc", "include"),
  join(import.meta.dirname, "..", "include"),
];
const headers = new Map<string, string | undefined>();

function header(path: string): string | undefined {
  if (!headers.has(path))
    headers.set(path, existsSync(path) ? readFileSync(path, "utf8") : undefined);
  return headers.get(path);
}

/** A part of a text as a lexer might see it, without asking one. */
const WORD = /[A-Za-z_]\w*|\d+|\s+|./gs;

function mutate(random: () => number): string {
  const below = (limit: number): number => random() % limit;
  const pick = <T>(list: readonly T[]): T => {
    const item = list[below(list.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  if (below(16) === 0) {
    return Array.from({ length: below(400) }, () => String.fromCodePoint(below(0x100))).join("");
  }
  if (below(16) === 0) return Array.from({ length: below(200) }, () => pick(FRAGMENTS)).join(" ");
  const words = pick(originals).match(WORD) ?? [];
  for (let changes = 1 + below(6); changes > 0; changes--) {
    const at = below(words.length + 1);
    const count = 1 + below(4);
    switch (below(6)) {
      case 0:
        words.splice(at, count);
        break;
      case 1:
        words.splice(at, 0, ...words.slice(at, at + count * 4));
        break;
      case 2:
        words.splice(at, 1, pick(FRAGMENTS));
        break;
      case 3:
        words.splice(at, 0, pick(FRAGMENTS));
        break;
      case 4:
        words.splice(at, 1, words[below(words.length + 1)] ?? "");
        break;
      default:
        if (below(4) === 0) words.splice(at);
    }
  }
  return words.join("");
}

/** Runs `cc` on files of this test only; fails the test with what it throws. */
function command(words: readonly string[], inputs: ReadonlyMap<string, Uint8Array>, what: string) {
  const outputs = new Map<string, Uint8Array>();
  try {
    const files = {
      read: (path: string) => inputs.get(path),
      write: (path: string, bytes: Uint8Array) => void outputs.set(path, bytes),
    };
    return { ...runCommand(words, files, installation), outputs };
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`seed ${seed}, ${what}: ${why}`, { cause: error });
  }
}

function eachTurn(turns: number, turn: (count: number) => void): void {
  const end = performance.now() + seconds * 1000;
  for (let count = 0; seconds > 0 ? performance.now() < end : count < turns; count++) turn(count);
}

test("whatever an object or an archive is, the linker ends with a program or with messages", () => {
  const random = createRandom(seed);
  const main =
    "int g(int); static int n = 3; int a[5]; int *p = &a[2]; int _start(void) { return g(n) + *p; }";
  const other =
    'const char *s = "text"; int g(int x) { switch (x) { case 1: return 4; case 2: return s[1]; case 3: return 9; case 4: return 1; } return x; }';
  const sources = new Map([
    ["main.c", Buffer.from(main)],
    ["g.c", Buffer.from(other)],
  ]);
  const objects = ["main", "g"].map((name) => {
    const made = command(["-c", "-g", "-O2", `${name}.c`, "-o", `${name}.o`], sources, name);
    return made.outputs.get(`${name}.o`) ?? new Uint8Array();
  });
  const [mainObject = new Uint8Array(), gObject = new Uint8Array()] = objects;
  const archive = writeArchive([{ name: "g.o", bytes: gObject }]);
  eachTurn(1500, (count) => {
    const broken = [mainObject, gObject, archive].map((bytes) => bytes.slice());
    const victim = broken[random() % 3] ?? new Uint8Array();
    for (let changes = 1 + (random() % 4); changes > 0; changes--) {
      const at = random() % victim.length;
      // A byte, or a word of the kinds that counts, offsets and sizes are.
      if (random() % 2 === 0) victim[at] = random();
      else
        new DataView(victim.buffer).setUint32(
          at & ~3 & (victim.length - 4),
          [0, 1, 0x7fffffff, 0xffffffff, random()][random() % 5] ?? 0,
          true,
        );
    }
    const isCut = random() % 8 === 0;
    const inputs = new Map([
      ["main.o", broken[0] ?? victim],
      ["g.o", broken[1] ?? victim],
      ["g.a", broken[2] ?? victim],
    ]);
    if (isCut) inputs.set("main.o", mainObject.slice(0, random() % mainObject.length));
    const second = random() % 2 === 0 ? "g.o" : "g.a";
    const { status, messages, outputs } = command(
      ["-nostdlib", "main.o", second, "-o", "program"],
      inputs,
      `link ${count}`,
    );
    assert.equal(status === 0, outputs.has("program"));
    if (status !== 0) assert.notEqual(messages, "");
  });
});

test("whatever a text is, the compiler ends with an object or with messages", () => {
  const random = createRandom(seed);
  const end = performance.now() + seconds * 1000;
  for (let count = 0; seconds > 0 ? performance.now() < end : count < TEXTS; count++) {
    const text = mutate(random);
    const level = ([0, 1, 2, "s"] as const)[count % 4] ?? 0;
    const host = { read: (path: string) => (path === "main.c" ? text : header(path)) };
    try {
      const options = { ...defaultOptions, systemFolders, level, debug: count % 3 === 0 };
      const { diagnostics, object } = compileUnit("main.c", host, options);
      const isRefused = diagnostics.list.some(({ severity }) => severity === "error");
      assert.equal(object === undefined, isRefused);
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw new Error(`seed ${seed}, text ${count}, level ${level}: ${what}\n${text}`, {
        cause: error,
      });
    }
  }
});
