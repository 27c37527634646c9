import assert from "node:assert/strict";
import { test } from "node:test";
import { parseText } from "./fixture.ts";

/** Warnings' options for a statement in a function of an int, an unsigned int, an unsigned char and a string. */
function options(statement: string, before = ""): string[] {
  const text = `${before} int f(int i, unsigned u, unsigned char c, char *s) { ${statement} return i + u + c + *s; }`;
  return parseText(text, ["extra"]).messages.flatMap((message) => {
    const match = /warning: .* \[(.*)\]$/.exec(message);
    return match?.[1] === undefined ? [] : [match[1]];
  });
}

test("comparisons that always have one result are said", () => {
  assert.deepEqual(options("if (c == 256) i++;"), ["tautological-compare"]);
  assert.deepEqual(options("if (c == -1) i++;"), ["tautological-compare"]);
  assert.deepEqual(options("if (300 > c) i++;"), ["tautological-compare"]);
  assert.deepEqual(options("if (1 < i < 5) i++;"), ["parentheses", "tautological-compare"]);
  assert.deepEqual(options("if (i == i) i++;"), ["tautological-compare"]);
  assert.deepEqual(options("if (u >= 0) i++;"), ["tautological-unsigned-zero-compare"]);
  assert.deepEqual(options('if (s == "abc") i++;'), ["string-compare"]);
  assert.deepEqual(options("int a[2], b[2]; if (a == b) i++;"), ["array-compare"]);
  assert.deepEqual(options("if (f) i++;"), ["pointer-bool-conversion"]);
  for (const statement of [
    "if (c == 255 || c < 1 || u == 0 || u > 0 || i >= 0) i++;",
    "if (s == 0) i++;",
    "if ((i == 2) == 1) i++;",
  ])
    assert.deepEqual(options(statement), [], statement);
});

test("precedence that is taken for another is said, unless there are parentheses", () => {
  assert.deepEqual(options("if (i & 1 == 0) i++;"), ["parentheses"]);
  assert.deepEqual(options("i = i << 1 + 2;"), ["shift-op-parentheses"]);
  assert.deepEqual(options("if (!i == 3) i++;"), [
    "logical-not-parentheses",
    "tautological-compare",
  ]);
  assert.deepEqual(options("if (i && 4) i++;"), ["constant-logical-operand"]);
  assert.deepEqual(options("if (i) if (u) i++; else i--;"), ["dangling-else"]);
  for (const statement of [
    "if ((i & 1) == 0 || i & (1 == i)) i++;",
    "i = i << (1 + 2);",
    "if (!(i == 3) || !i == !u) i++;",
    "if (i && 1) i++;",
    "if (i) { if (u) i++; else i--; }",
    "if (i) i++; else if (u) i--; else i = 0;",
  ])
    assert.deepEqual(options(statement), [], statement);
});

test("what a macro wrote is not doubted", () => {
  assert.deepEqual(options("if (SAME(i)) i++;", "#define SAME(x) ((x) == (x))\n"), []);
});

test("strings are not added to, variables not assigned to themselves, null not read", () => {
  assert.deepEqual(options('s = "abc" + i;'), ["string-plus-int"]);
  assert.deepEqual(options('s = "abc" + 1;'), []);
  assert.deepEqual(options("i = i;"), ["self-assign"]);
  assert.deepEqual(options("i = *(int *)0;"), ["null-dereference"]);
});

test("a switch over an enumeration without a default has all of its values", () => {
  assert.deepEqual(options("enum e e = i; switch (e) { case A: i++; }", "enum e { A, B };"), [
    "switch",
  ]);
  assert.deepEqual(
    options("enum e e = i; switch (e) { case A: case B: i++; }", "enum e { A, B };"),
    [],
  );
  assert.deepEqual(
    options("enum e e = i; switch (e) { case A: default: i++; }", "enum e { A, B };"),
    [],
  );
});

test("deprecated functions and results that have to be looked at", () => {
  assert.deepEqual(options("g();", '__attribute__((deprecated("use h"))) int g(void);'), [
    "deprecated-declarations",
  ]);
  assert.deepEqual(options("g();", "__attribute__((warn_unused_result)) int g(void);"), [
    "unused-result",
  ]);
  assert.deepEqual(options("i = g();", "__attribute__((warn_unused_result)) int g(void);"), []);
});
