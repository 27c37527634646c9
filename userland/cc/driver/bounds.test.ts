// What no person writes, and what must end in a message or an object all the same, and soon.

import assert from "node:assert/strict";
import { test } from "node:test";
import { compileUnit, defaultOptions } from "./compile.ts";

function compile(text: string, level: 0 | 1 | 2 = 2) {
  const host = { read: (path: string) => (path === "main.c" ? text : undefined) };
  const { diagnostics, object } = compileUnit("main.c", host, { ...defaultOptions, level });
  return {
    messages: diagnostics.list.map(({ message }) => message),
    isDone: object !== undefined,
  };
}

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

test("thousands of labels of one statement are one block", () => {
  const { messages, isDone } = compile(
    `int g(int); int f(int x) { switch (x) { ${times(30_000, (i) => `case ${i}:`)} return g(x); } return 0; }`,
  );
  assert.deepEqual(messages, []);
  assert.ok(isDone);
});

test("a function of hundreds of cases with variables of their own, and one of computed gotos, are compiled soon", () => {
  const cases = times(400, (i) => `case ${i}: v${i % 40} += v${(i * 7) % 40} ^ ${i}; break;`);
  const labels = Array.from({ length: 400 }, (_, i) => `l${i}`);
  for (const text of [
    `int f(int x, int n) { int ${Array.from({ length: 40 }, (_, i) => `v${i} = ${i}`).join()};
     while (n-- > 0) { switch (x = x * 5 + n) { ${cases} } } return ${Array.from({ length: 40 }, (_, i) => `v${i}`).join("+")}; }`,
    `int f(int *x) { static void *const to[] = { ${labels.map((label) => `&&${label}`).join()} };
     int v = 0; goto *to[*x]; ${labels.map((label, i) => `${label}: if ((v ^= ${i}) < 0) return v; goto *to[*++x];`).join("\n")} }`,
  ]) {
    const began = process.cpuUsage();
    const { messages, isDone } = compile(text);
    assert.deepEqual(messages, []);
    assert.ok(isDone);
    // A second or two; one that goes through all edges for all variables takes minutes.
    assert.ok(process.cpuUsage(began).user < 20e6);
  }
});

test("a function that is longer than a jump reaches takes its targets from a register", () => {
  // Each element is stored, so the array alone is more than a mebibyte of code.
  const { messages, isDone } = compile(
    `int g(int *); int f(int x) { int t[90000]; while (g(t)) { int u[90000] = { [0 ... 89999] = x }; x = g(u); } return x; }`,
    0,
  );
  assert.deepEqual(messages, []);
  assert.ok(isDone);
});

test("a function beyond all measure is refused", () => {
  assert.deepEqual(
    compile(`int g(int *); int f(int x) { int t[600000] = { [0 ... 599999] = x }; return g(t); }`)
      .messages,
    ["function 'f' is too large: more than 1000000 operations"],
  );
});
