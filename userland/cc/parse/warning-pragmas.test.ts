// #pragma GCC diagnostic, seen from what is said about a program. gcc and clang were asked what they say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseText } from "./fixture.ts";

const said = (text: string, ...warnings: string[]) =>
  parseText(text, warnings)
    .messages.filter((message) => !message.includes(" note: "))
    .map((message) => message.replace(/^(\d+):\d+ (\w+): .*\[(.*)\]$/, "$1 $2 $3"));

test("a pragma changes which warnings are wanted from its place on, and pop brings back what push put aside", () => {
  assert.deepEqual(
    said(`int main(void) {
  int a;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-variable"
  int b;
#pragma clang diagnostic push
#pragma clang diagnostic error "-Wunused-variable"
  int c;
#pragma GCC diagnostic pop
  int d;
#pragma GCC diagnostic pop
  int e;
#pragma GCC diagnostic warning "-Wunused-parameter"
  return 0;
}
int f(int x) { return 0; }`),
    [
      "2 warning unused-variable",
      "8 error error,-Wunused-variable",
      "12 warning unused-variable",
      "16 warning unused-parameter",
    ],
  );
});

test("a warning that a pragma asks for stays one under -Werror", () => {
  const text = `#pragma GCC diagnostic warning "-Wunused-variable"\nstatic int a;\nint f(int *p) { return *p / 0; }`;
  assert.deepEqual(said(text, "error"), [
    "3 error error,-Wdivision-by-zero",
    "2 warning unused-variable",
  ]);
});

test("_Pragma in a macro is about what the macro stands around", () => {
  assert.deepEqual(
    said(`#define QUIET(x) _Pragma("GCC diagnostic push") \\
  _Pragma("GCC diagnostic ignored \\"-Wunused-variable\\"") x _Pragma("GCC diagnostic pop")
#define BLOCK(name) do { _Pragma("GCC diagnostic push") \\
  _Pragma("GCC diagnostic ignored \\"-Wunused-variable\\"") int name; _Pragma("GCC diagnostic pop") } while (0)
int main(void) {
  QUIET(int a;) int b;
  BLOCK(c);
  int d;
  return 0;
}`),
    ["6 warning unused-variable", "8 warning unused-variable"],
  );
});

test("what a pragma says badly is said, and a pop too many brings the command line's warnings back", () => {
  assert.deepEqual(
    said(`#pragma GCC diagnostic ignored "-Wunused-variabel"
#pragma GCC diagnostic ignored
#pragma GCC diagnostic frob
#pragma GCC diagnostic ignored "-Wunused-variable"
static int a;
#pragma GCC diagnostic pop
static int b;`),
    [
      "1 warning unknown-warning-option",
      "2 warning ignored-pragmas",
      "3 warning unknown-pragmas",
      "6 warning ignored-pragmas",
      "7 warning unused-variable",
    ],
  );
});

test("a type's name that a function declares and does not use is said", () => {
  assert.deepEqual(
    said(`typedef int global;
int f(void) { typedef int a; typedef int b; typedef int c __attribute__((unused)); b x = 1; return sizeof(x); }
int g(void) { typedef struct { int m; } s; return sizeof(s); }`),
    ["2 warning unused-local-typedef"],
  );
});

test("which comments say that a case is meant to go on is gcc's to say, by level", () => {
  const comments = [
    "/* fall through */",
    "// FALLTHRU",
    "/*@fallthrough@*/",
    "/* lint -fallthrough */",
    "/* Else, fall-through - it is meant */",
    "/* it does fall through, surely */",
    "/* FALLTHROUGH */ /* and another */",
    "/* something else */",
    "/* FALLTHROUGH */ ;",
  ];
  const heard = (level: string) =>
    comments.map((comment) => {
      const text = `int f(int c) { switch (c) { case 1: c++;\\n${comment}\\n case 2: c--; } return c; }`;
      return said(text.replaceAll("\\n", "\n"), `implicit-fallthrough${level}`).length;
    });
  assert.deepEqual(heard(""), [0, 0, 0, 1, 0, 1, 0, 1, 1]);
  assert.deepEqual(heard("=1"), [0, 0, 0, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual(heard("=2"), [0, 0, 0, 0, 0, 0, 0, 1, 1]);
  assert.deepEqual(heard("=4"), [1, 0, 0, 1, 1, 1, 0, 1, 1]);
  assert.deepEqual(heard("=5"), [1, 1, 1, 1, 1, 1, 1, 1, 1]);
  assert.deepEqual(heard("=0"), [0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test("what cannot be negative is compared with what is unsigned without a word", () => {
  const body = (condition: string) =>
    said(
      `int f(unsigned u, unsigned short s, unsigned char c, int y) { return ${condition}; }`,
      "extra",
      "no-unused-parameter",
    ).length;
  for (const quiet of [
    "u >= s",
    "u == (y & 3)",
    "u < s + c",
    "u < (y ? 1 : 2)",
    "y == 5u",
    "u < (s >> 1)",
    "u == 'a'",
  ])
    assert.equal(body(quiet), 0, quiet);
  for (const said of ["u > y", "sizeof(int) > y", "u < ~s", "u == (y | 1)", "u < s - c", "y < 5u"])
    assert.equal(body(said), 1, said);
});
