// Directives (C11 6.10): conditions, files, lines, pragmas.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expand, run } from "./fixture.ts";

function holds(condition: string, before = ""): boolean {
  return expand(`${before}\n#if ${condition}\nyes\n#endif`) === "yes";
}

test("#if computes with 64 bits, signed and unsigned", () => {
  for (const condition of [
    "0x10 == 16 && 0b11 == 3 && 010 == 8",
    "18446744073709551615u == -1",
    "(-1 >> 1) == -1 && -1 > 0u && ~0u > 0",
    "0x7fffffffffffffff + 1 < 0",
    "0xffffffffffffffff > 0",
    "-7 / 2 == -3 && -7 % 2 == -1",
    "1 << 40",
    "(1 ? -1 : 0u) > 0",
    "'a' == 97 && '\\377' == 255 && 'ab' == 24930 && L'é' == 0xe9 && '\\x41' == 'A'",
    "(1, 2) == 2",
    "1 || 1 / 0",
    "!(0 && 1 / 0) && (1 ? 1 : 1 / 0)",
    "unknown == 0 && !defined unknown && !defined(unknown)",
    "2 + 3 * 4 == 14 && (2 | 1 ^ 3 & 2) == 3 && 1 << 2 + 1 == 8",
    "1LL && 1uLL && 1LU",
  ]) {
    assert.ok(holds(condition), condition);
  }
  assert.ok(holds("f(2) == 4 && defined f", "#define f(x) x * x"));
  assert.ok(holds("HAS", "#define HAS defined(HAS)"));
});

test("a wrong #if says what is wrong", () => {
  const first = (condition: string) => run(`#if ${condition}\n#endif`).messages[0];
  assert.equal(first(""), "main.c:1: error: #if has no expression");
  assert.equal(first("1 +"), "main.c:1: error: the expression of #if is not complete");
  assert.equal(first("(1"), "main.c:1: error: this '(' is never closed");
  assert.equal(first("1 2"), "main.c:1: error: unexpected '2' behind the expression of #if");
  assert.equal(first('"a"'), "main.c:1: error: unexpected '\"a\"' in the expression of #if");
  assert.equal(first("1 / 0"), "main.c:1: error: division by zero in #if");
  assert.equal(first("1.5"), "main.c:1: error: floating-point constant in #if");
  assert.equal(first("12x"), "main.c:1: error: '12x' is no integer constant");
  assert.equal(first("08"), "main.c:1: error: '08' is no integer constant");
  assert.equal(
    first("18446744073709551616"),
    "main.c:1: error: integer constant does not fit in 64 bits",
  );
  assert.equal(first("defined"), "main.c:1: error: 'defined' takes a macro's name");
  assert.equal(first("a = 1"), "main.c:1: error: unexpected '=' behind the expression of #if");
  assert.match(first("(".repeat(5000)) ?? "", /nested more than 256 deep/);
  assert.match(first("-".repeat(5000)) ?? "", /nested more than 256 deep|unexpected/);
});

test("one group of a conditional is read, and what is skipped may be anything", () => {
  const text = `#if 0
do not look /* at
#else
*/ "here /*
    it's no /* comment
#if x y z
#elif )
#endif
#else
1
#endif
#if 1
2
#elif 1/0
3
#else
4
#endif
#ifdef a
#elif 1
5
#elif 1
6
#endif
#define b
#ifdef a
#elifdef b
7
#endif`;
  assert.equal(expand(text), "1 2 5 7");
});

test("conditionals that do not match are said with where they began", () => {
  assert.deepEqual(run("#if 1\n#ifdef x\n#else\n").messages, [
    "main.c:2: error: #ifdef without #endif",
    "main.c:3: note: its #else is here",
    "main.c:4: note: the file ends here",
  ]);
  assert.deepEqual(run("#endif\n#else\n#elif 1").messages, [
    "main.c:1: error: #endif without #if",
    "main.c:2: error: #else without #if",
    "main.c:3: error: #elif without #if",
  ]);
  assert.deepEqual(run("#if 1\n#else\n#else\n#endif").messages, [
    "main.c:3: error: #else behind #else",
    "main.c:2: note: the #else is here",
    "main.c:1: note: the #if is here",
  ]);
  assert.deepEqual(run("#ifdef\n#endif\n#ifndef 3\n#endif").messages, [
    "main.c:1: error: #ifdef takes a macro's name",
    "main.c:3: error: #ifndef takes a macro's name",
  ]);
  assert.deepEqual(run("#ifdef x\n#endif x").messages, [
    "main.c:2: warning: extra tokens at the end of #endif",
  ]);
});

test("an unknown directive is an error that guesses what was meant", () => {
  const { diagnostics } = run("#inlcude <a.h>\n#frobnicate\n#\n");
  assert.deepEqual(
    diagnostics.list.map(({ message, fix }) => [message, fix?.text]),
    [
      ["there is no directive '#inlcude'; did you mean '#include'?", "include"],
      ["there is no directive '#frobnicate'", undefined],
    ],
  );
});

test("#error and #warning say their text", () => {
  assert.deepEqual(run("#error  don't   /* x */ do this\n#warning take care").messages, [
    "main.c:1: error: don't do this",
    "main.c:2: warning: take care",
  ]);
});

test("included files are looked for beside the file, in the folders for quotes, in those of the system", () => {
  const files = {
    "main.c": '#include "a.h"\n#include <a.h>\n#include "dir/b.h"\n#define H <a.h>\n#include H\n',
    "a.h": "beside",
    "sys/a.h": "system",
    "dir/b.h": '#include "c.h"\n#include "q.h"\n#include "../a.h"',
    "dir/c.h": "near",
    "quote/q.h": "quoted",
  };
  const { text, messages } = run(files, { quoteFolders: ["quote"] });
  assert.deepEqual(messages, []);
  assert.equal(text, "beside system near quoted beside system");
});

test("#include_next goes on behind the folder of the file that has it", () => {
  const files = {
    "main.c": "#include <a.h>",
    "one/a.h": "one\n#include_next <a.h>",
    "two/a.h": "two\n#if __has_include_next(<a.h>)\nmore\n#endif",
  };
  assert.equal(run(files, { systemFolders: ["one", "two"] }).text, "one two");
});

test("a file that is not found ends the compilation", () => {
  assert.deepEqual(run('int a;\n#include "no.h"\n#error x').messages, [
    "main.c:2: error: 'no.h' file not found",
  ]);
  const { diagnostics } = run({ "main.c": "#include <a.h>", "a.h": "" });
  assert.equal(diagnostics.list[0]?.fix?.text, '"a.h"');
  assert.deepEqual(run("#include\n#include 3\n").messages, [
    'main.c:1: error: #include takes "file" or <file>',
    'main.c:2: error: #include takes "file" or <file>',
  ]);
});

test("a file with a guard or #pragma once is not read again", () => {
  const names = (files: Record<string, string>) => {
    const outcome = run(files);
    assert.deepEqual(outcome.messages, []);
    return outcome.sources.files.map((file) => file.name);
  };
  const twice = '#include "a.h"\n#include "a.h"\n#include "./a.h"';
  const guarded = "/* x */\n#ifndef A\n#define A\nint a;\n#if 1\n#else\n#endif\n#endif // A\n";
  assert.deepEqual(names({ "main.c": twice, "a.h": guarded }), ["main.c", "a.h"]);
  const once = "#pragma once\nint a;";
  assert.deepEqual(names({ "main.c": twice, "a.h": once }), ["main.c", "a.h"]);
  for (const open of [
    `${guarded}int b;`,
    `int b;\n${guarded}`,
    guarded.replace("#endif //", "#else\nint c;\n#endif //"),
  ]) {
    assert.equal(names({ "main.c": twice, "a.h": open }).length, 4);
  }
  const forgotten = `#include "a.h"\n#undef A\n#include "a.h"`;
  assert.equal(names({ "main.c": forgotten, "a.h": guarded }).length, 3);
});

test("files that include themselves end with a message", () => {
  const { messages } = run({ "main.c": '#include "a.h"', "a.h": '#include "a.h"\n#include "a.h"' });
  assert.deepEqual(messages, ["a.h:1: error: #include is nested more than 200 files deep"]);
});

test("files that include twice what includes twice end with a message", () => {
  const files: Record<string, string> = { "main.c": '#include "0.h"', "30.h": "" };
  for (let i = 0; i < 30; i++) files[`${i}.h`] = `#include "${i + 1}.h"\n#include "${i + 1}.h"`;
  assert.match(run(files).messages[0] ?? "", /more than 50000 files are included/);
});

test("__has_include, __has_attribute and __has_builtin answer", () => {
  const files = {
    "main.c": `#define H <a.h>
#if __has_include(<a.h>) && !__has_include("a.h ") && __has_include(H) && defined(__has_include)
1
#endif
#ifdef __has_attribute
#if __has_attribute(packed) && __has_attribute(__noreturn__) && !__has_attribute(frob)
2
#endif
#endif
#if __has_builtin(__builtin_offsetof) && !__has_builtin(__builtin_frob)
3
#endif`,
    "sys/a.h": "",
  };
  assert.equal(expand(files), "1 2 3");
});

test("__LINE__, __FILE__, __COUNTER__ and #line say where they stand", () => {
  const files = {
    "main.c": `__LINE__ __FILE__ __COUNTER__
#define HERE __LINE__
HERE HERE
__LINE__ \\
__LINE__
#include "dir/a.h"
#line 100 "other.c"
__LINE__ __FILE__ __COUNTER__ __BASE_FILE__
# 7 "third.c" 2
__LINE__ __FILE__`,
    "dir/a.h": "__LINE__ __FILE__ __FILE_NAME__ __INCLUDE_LEVEL__",
  };
  assert.equal(
    expand(files),
    '1 "main.c" 0 3 3 4 5 1 "dir/a.h" "a.h" 1 100 "other.c" 1 "other.c" 7 "third.c"',
  );
  assert.deepEqual(run("#line x\n#line 3 y").messages, [
    "main.c:1: error: #line takes a line number",
    "main.c:2: error: a file's name in quotes may follow the line number",
  ]);
});

test("-D and -U come before the file", () => {
  const macros = [
    { define: "A", as: "1" },
    { define: "f(x)", as: "[x]" },
    { undefine: "__linux__" },
    { undefine: "A" },
  ];
  assert.equal(run("A f(2) __linux__ __vitrine_cc__", { macros }).text, "A [ 2 ] __linux__ 1");
});

test("the state of the compiler's own macros is not carried over to the next compilation", () => {
  const text = "#undef __LP64__\n#define __CHAR_BIT__ 9\n__LP64__";
  run(text);
  assert.equal(run("__LP64__ __CHAR_BIT__ __DATE__").text, '1 8 "Jan  1 1970"');
});

test("pragmas are followed, ignored or refused", () => {
  const { messages, tokens, text } = run(`#pragma GCC diagnostic push
#pragma STDC FP_CONTRACT OFF
#pragma frob
#pragma weak x
_Pragma("pack(push, 1)") struct a; _Pragma("pack(pop)") struct b;
#pragma pack(3)
#pragma push_macro("X")
#define X 1
#pragma pop_macro("X")
X`);
  assert.deepEqual(messages, [
    "main.c:3: warning: unknown pragma 'frob' is ignored",
    "main.c:4: error: #pragma weak is not supported; use __attribute__((weak))",
    "main.c:6: error: #pragma pack aligns to 1, 2, 4, 8 or 16, not to '3'",
  ]);
  assert.equal(text, "struct a ; struct b ; X");
  assert.deepEqual(
    tokens.filter((token) => token.text === "struct").map((token) => token.pack),
    [1, undefined],
  );
});

test("assembly keeps its apostrophes, comments and unknown directives to itself", () => {
  const { text, messages } = run(
    "# don't\n#define N 3\n li a0, N # it's\n #if N == 3\n%hi(x)\n#endif",
    {
      isAssembly: true,
    },
  );
  assert.deepEqual(messages, []);
  assert.equal(text, "li a0 , 3 # it ' s % hi ( x )");
});
