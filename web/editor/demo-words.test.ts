import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { demoWords } from "./demo-words.ts";

test("a demo is described by its first comment", () => {
  const source = `/* apart: parent and child use
   the same address.

   usage: apart [SECONDS]     (2 if not given) */
#include <stdio.h> /* not this */`;
  assert.deepEqual(demoWords("apart", source), {
    about: "parent and child use the same address.",
    usage: "apart [SECONDS]     (2 if not given)",
  });
  assert.deepEqual(demoWords("x", "/*\n * x: with stars\n * before it\n */"), {
    about: "with stars before it",
    usage: "",
  });
  assert.deepEqual(demoWords("x", "int main(void) { return 0; } /* late */"), {
    about: "",
    usage: "",
  });
});

test("every demo says what it is about", () => {
  const folder = "userland/demos";
  const demos = readdirSync(folder).filter((name) => name.endsWith(".c"));
  assert.ok(demos.length > 8);
  for (const name of demos) {
    const { about } = demoWords(name.slice(0, -2), readFileSync(`${folder}/${name}`, "utf8"));
    assert.match(about, /^[^:]{20,}/, name);
  }
});
