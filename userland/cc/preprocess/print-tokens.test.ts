import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./fixture.ts";
import { printTokens } from "./print-tokens.ts";

function printed(text: string, markers = false): string {
  const { tokens, sources } = run(text);
  return printTokens(tokens, sources, { markers });
}

test("lines stay lines, and white space stays where it was", () => {
  assert.equal(printed("int  a;\n\n  b(c ,d);\n"), "int a;\n b(c ,d);\n");
});

test("tokens that would be read as one are kept apart", () => {
  assert.equal(printed("#define P +\n#define M -1\n#define E\nP+ -M x=E=y"), "+ + - -1 x= =y\n");
  assert.equal(printed("#define f(x) x\nf(a)f(b) f(1)f(2) f(.)f(3) a+++b"), "a b 1 2 . 3 a+++b\n");
  assert.equal(printed(".__LINE__ ..1 a.b"), ". 1 ..1 a.b\n");
});

test("markers say which line of which file follows", () => {
  const { tokens, sources } = run({ "main.c": 'a\n#include "b.h"\nc\n\n\nd', "b.h": "b" });
  assert.equal(
    printTokens(tokens, sources),
    '# 1 "main.c"\na\n# 1 "b.h"\nb\n# 3 "main.c"\nc\n\n\nd\n',
  );
});

test("#pragma pack survives", () => {
  const { text, tokens } = run(
    printed("#pragma pack(2)\nint i; struct a\n#pragma pack()\nstruct b"),
  );
  assert.equal(text, "int i ; struct a struct b");
  assert.deepEqual(
    tokens.flatMap((token) => (token.text === "struct" ? [token.pack] : [])),
    [2, undefined],
  );
});
