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

test("a function beyond all measure is refused, whether by its branches or by its operations", () => {
  assert.deepEqual(
    compile(
      `int g(int); int f(int x) { switch (x) { ${times(20_000, (i) => `case ${i}: g(${i}); break;`)} } return 0; }`,
    ).messages,
    ["function 'f' is too large: more than 16384 branches and labels"],
  );
  assert.deepEqual(
    compile(`int f(int x, int y) { ${times(20_000, (i) => `x += y * ${i}; y ^= x;`)} return x; }`)
      .messages,
    ["function 'f' is too large: more than 65536 operations"],
  );
});
