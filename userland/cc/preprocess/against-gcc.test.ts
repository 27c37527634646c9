// The userland's sources against gcc's preprocessor: the same tokens. Needs riscv64-linux-gnu-gcc.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { lacking } from "../../oracles.mjs";
import { Diagnostics } from "../source/diagnostics.ts";
import { Sources } from "../source/sources.ts";
import { lex } from "./lexer.ts";
import { predefinedText } from "./predefined.ts";
import { preprocess } from "./preprocess.ts";
import { printTokens } from "./print-tokens.ts";
import type { Token } from "./token.ts";

const userland = dirname(dirname(import.meta.dirname));
const headers = join(userland, "libc", "include");

const texts = new Map<string, string | undefined>();

const needsGcc = { skip: lacking("riscv64-linux-gnu-gcc") };

function read(path: string): string | undefined {
  if (texts.has(path)) return texts.get(path);
  let text: string | undefined;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    text = undefined;
  }
  texts.set(path, text);
  return text;
}

/** One file that includes many: gcc takes longer to start than to preprocess. */
function together(files: readonly string[]): string {
  return files.map((file) => `#include "${file}"\n`).join("");
}

function textOf(tokens: readonly Token[]): string[] {
  return tokens.map((token) => token.text);
}

function relex(text: string): string[] {
  const diagnostics = new Diagnostics();
  const tokens = lex(new Sources().add("text", text), diagnostics);
  assert.deepEqual(diagnostics.list, []);
  return textOf(tokens);
}

function compare(text: string, flags: readonly string[] = []): void {
  const sources = new Sources();
  const diagnostics = new Diagnostics();
  const own = preprocess({
    sources,
    diagnostics,
    host: { read: (path) => (path === "all.c" ? text : read(path)) },
    file: "all.c",
    quoteFolders: [],
    systemFolders: [headers],
    macros: [],
  });
  assert.deepEqual(
    diagnostics.list.filter(({ severity }) => severity === "error"),
    [],
  );
  const args = ["-march=rv64imac", "-mabi=lp64", "-std=c11", "-nostdinc", "-isystem", headers];
  const gcc = spawnSync("riscv64-linux-gnu-gcc", [...args, ...flags, "-w", "-E", "-P", "-"], {
    input: text,
    encoding: "utf8",
    maxBuffer: 1 << 27,
  });
  assert.equal(gcc.status, 0, gcc.stderr);
  const wanted = relex(gcc.stdout.replaceAll(/^#pragma.*$/gm, ""));
  assert.deepEqual(textOf(own), wanted);
  assert.deepEqual(relex(printTokens(own, sources, { markers: false })), wanted);
}

test("libc, the shell and the tools are the same tokens as from gcc", needsGcc, () => {
  for (const folder of ["libc", "sh", "bin"]) {
    const files = readdirSync(join(userland, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".c"))
      .map((name) => join(userland, folder, name))
      // Generated when the image is built.
      .filter((path) => !read(path)?.includes('"tool-list.h"'))
      .toSorted();
    compare(together(files));
  }
});

test("the compiler's own macros are gcc's, but for those that say who we are", needsGcc, () => {
  const ours = predefinedText().match(/(?<=#define )\w+(?=[ (])/g) ?? [];
  const own = new Set(
    `__vitrine_cc__ __VERSION__ __GNUC__ __GNUC_MINOR__ __GNUC_PATCHLEVEL__ __DATE__ __TIME__
    __TIMESTAMP__ __STDC_NO_VLA__ __STDC_NO_COMPLEX__
    __GCC_ATOMIC_BOOL_LOCK_FREE __GCC_ATOMIC_CHAR_LOCK_FREE __GCC_ATOMIC_CHAR16_T_LOCK_FREE
    __GCC_ATOMIC_SHORT_LOCK_FREE __GCC_HAVE_SYNC_COMPARE_AND_SWAP_1
    __GCC_HAVE_SYNC_COMPARE_AND_SWAP_2`.split(/\s+/),
  );
  // Where a macro has parameters it is used with an argument.
  const shared = ours.filter((name) => !own.has(name));
  compare(
    shared
      .map((name) => `${name.endsWith("_C") || name.endsWith("_C__") ? `${name}(1)` : name}\n`)
      .join(""),
    ["-mcmodel=medlow", "-fno-pie"],
  );
});

test(
  "macros that call themselves and each other in all ways expand as gcc expands them",
  needsGcc,
  () => {
    compare(String.raw`#define E
#define str(...) #__VA_ARGS__
#define xstr(...) str(__VA_ARGS__)
#define cat(a, b) a ## b
#define xcat(a, b) cat(a, b)
#define id(x) x
#define f(x) x + g
#define g(x) f(x) - f
#define h(x, ...) [x: __VA_ARGS__ | #__VA_ARGS__ ]
#define o o p
#define p (o)
#define q(x, y) x ## y + #x y ## x
f(1)(2)(3)(4) g(f)(g)(1) o p f(f(g)(f)) id(id)(id(id)(2)) id(f E (1)) id(f) E (1)
q(,) q(o,) q(,p) q(1, e) q(o, p) xcat(xcat(1, 2), cat(3, 4)) xstr(cat(o, p) o f(1))
h(1) h(1,) h(1, 2, 3) h(o, p, E) h(E) xstr(h(a, "b\n", 'c\'')) xstr(E - E E-E) xstr([E]) xstr([ E ])
#define REPEAT_() REPEAT
#define DEFER(m) m E ()
#define REPEAT(n) n DEFER(REPEAT_)()(n)
#define EVAL(...) __VA_ARGS__
EVAL(EVAL(EVAL(REPEAT(1)))) EVAL(DEFER(REPEAT_)) xstr(EVAL(REPEAT(x)))
#define FIRST(a, ...) a
#define SECOND(a, b, ...) b
#define PROBE() ~, 1
#define IS(...) SECOND(__VA_ARGS__, 0)
#define NOT(x) IS(cat(NOT_, x))
#define NOT_0 PROBE()
#define IF(c) xcat(IF_, c)
#define IF_1(t, e) t
#define IF_0(t, e) e
NOT(0) NOT(1) IF(NOT(0))(yes, no) IF(NOT(7))(yes, no) FIRST((1, 2), 3)
`);
  },
);
