import assert from "node:assert/strict";
import { test } from "node:test";
import { parseText } from "../parse/fixture.ts";

/** Warnings by their option, as "line:column option". */
function warnings(text: string): string[] {
  return parseText(text, ["extra"]).messages.flatMap((message) => {
    const match = /^(\d+:\d+) warning: .* \[(.*)\]$/.exec(message);
    return match === null ? [] : [`${match[1]} ${match[2]}`];
  });
}

test("a variable without a value on the only way is said where it is read", () => {
  assert.deepEqual(warnings("int f(void) { int a; return a; }"), ["1:29 uninitialized"]);
  assert.deepEqual(warnings("int f(void) { int a = a + 1; return a; }"), ["1:23 uninitialized"]);
  assert.deepEqual(
    warnings("int f(int n) { int s; for (int i = 0; i < n; i++) s += i; return s; }"),
    ["1:51 uninitialized"],
  );
  assert.deepEqual(warnings("void f(void) { char *p; *p = 1; }"), ["1:26 uninitialized"]);
});

test("a value on one way of an if is missing on the other, and the if is named", () => {
  assert.deepEqual(parseText("int f(int c) { int a; if (c) a = 1; return a; }").messages, [
    "1:44 warning: variable 'a' may be uninitialized when used here [sometimes-uninitialized]",
    "1:23 note: it gets no value when the condition of this 'if' is false",
    "1:20 note: 'a' is declared here without a value",
  ]);
  assert.deepEqual(
    warnings("int f(int c) { int a; if (c == 1) a = 1; else if (c == 2) a = 2; return a; }"),
    ["1:73 sometimes-uninitialized"],
  );
});

test("ways that may be the same ones are no cause for a warning", () => {
  for (const body of [
    "int a; if (c) a = 1; else a = 2; return a;",
    "int a; if (c) a = 1; if (c) return a; return 0;",
    "int a; if (c) a = 1; if (!c) return 0; return a;",
    "int a; while (c--) a = 1; return a;",
    "int a; for (;;) { a = c; if (a) break; } return a;",
    "int a; do a = c; while (a > 3); return a;",
    "int a; switch (c) { case 1: a = 1; break; default: a = 2; } return a;",
    "int a; switch (c) { case 1: a = 1; break; default: return 0; } return a;",
    "int a; if (c && (a = c + 1) > 2) return a; return 0;",
    "int a; if (c) goto out; a = 1; return a; out: return 0;",
    "int a; again: if (c > 9) return a; a = c; c++; goto again;",
    "int a; if (c) a = 1; else __builtin_unreachable(); return a;",
    "int a; int *p = &a; *p = c; return a;",
    "int a = a; return a + c;",
    "int a[2]; a[0] = c; return a[0];",
    'int a; asm("li %0, 1" : "=r"(a)); return a + c;',
  ]) {
    assert.deepEqual(warnings(`int f(int c) { ${body} }`), [], body);
  }
});

test("what only gets values is not used, and what nobody names is unused", () => {
  assert.deepEqual(warnings("void f(int p) { int a; a = p; a++; a += 2; }"), [
    "1:21 unused-but-set-variable",
  ]);
  assert.deepEqual(warnings("int f(int a, int b) { b = 1; return 0; }"), [
    "1:11 unused-parameter",
    "1:18 unused-but-set-parameter",
  ]);
  assert.deepEqual(warnings("int f(int a __attribute__((unused))) { return 0; }"), []);
  assert.deepEqual(warnings("int f(int c) { int a; a = c; return sizeof a; }"), []);
  assert.deepEqual(warnings("int f(int c) { int a; a = c; return 0 && a; }"), []);
});

test("a case that goes on into the next one is said with -Wextra, unless it says so itself", () => {
  const text = (between: string) =>
    `int f(int c) { switch (c) { case 1: case 2: c++; ${between} case 3: c--; break; case 4: c = 0; default: break; } return c; }`;
  assert.deepEqual(warnings(text("")), ["1:51 implicit-fallthrough"]);
  assert.deepEqual(warnings(text("break;")), []);
  assert.deepEqual(warnings(text("__attribute__((fallthrough));")), []);
  assert.deepEqual(parseText(text("")).messages, []);
});
