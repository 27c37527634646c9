import assert from "node:assert/strict";
import { test } from "node:test";
import { parseText } from "./fixture.ts";

const MANY = 5000;
const many = (text: string) => text.repeat(MANY);

const CASES: Readonly<Record<string, string>> = {
  parentheses: `int x = ${many("(")}1;`,
  "prefix operators": `int f(int a) { return ${many("- ")}a; }`,
  "binary operators": `int f(int a) { return a${many("+a")}; }`,
  blocks: `int f(void) ${many("{")}`,
  ifs: `int f(int a) { ${many("if (a) ")}; }`,
  declarators: `int ${many("(")}x;`,
  pointers: `int ${many("*")}x;`,
  dimensions: `int x${many("[1]")};`,
  structures: many("struct { "),
  initialisers: `int x[] = ${many("{")}1;`,
  assignments: `int f(int a) { return ${many("a = ")}a; }`,
  conditionals: `int f(int a) { return ${many("a ? a : ")}a; }`,
  "statement expressions": `int f(void) { return ${many("({ ")}`,
  parameters: `int f(${many("int (*)(")}`,
  designators: `struct { int a; } x = { ${many(".a")} = 1 };`,
  typedefs: `typedef int *t0; ${Array.from({ length: MANY }, (_, i) => `typedef t${i} *t${i + 1};`).join("")}`,
  "a large array": "char x[1ul << 60]; int y[2147483647]; int z[] = { [0 ... 2000000000] = 1 };",
  garbage: many("@#$%^&*(){}[]<>?/\\|~`"),
  "an end in between": "int f(void) { if (",
};

for (const [name, text] of Object.entries(CASES)) {
  test(`too much of it ends in a message: ${name}`, () => {
    const { messages } = parseText(text);
    assert.ok(messages.some((message) => message.includes("error")));
  });
}
