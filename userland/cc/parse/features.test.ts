// What __has_builtin and __has_attribute promise, the parser must know.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ATTRIBUTES, BUILTINS } from "../preprocess/features.ts";
import { lex } from "../preprocess/lexer.ts";
import { CompilationStopped, Diagnostics } from "../source/diagnostics.ts";
import { Sources } from "../source/sources.ts";
import { parse } from "./parse.ts";

function messagesOf(text: string): string[] {
  const diagnostics = new Diagnostics();
  try {
    parse(lex(new Sources().add("a.c", text), diagnostics), diagnostics);
  } catch (error) {
    if (!(error instanceof CompilationStopped)) throw error;
  }
  return diagnostics.list.map((entry) => entry.message);
}

test("every builtin that __has_builtin says yes to is one", () => {
  for (const name of BUILTINS) {
    // Wrong arguments are complained of in other words, but some builtins are only told by how many there are.
    const isKnown = ["", "0", "0, 0"].some((args) =>
      messagesOf(`void f(void) { ${name}(${args}); }`).every(
        (message) => !message.includes("is not supported"),
      ),
    );
    assert.ok(isKnown, name);
  }
});

test("every attribute that __has_attribute says yes to is one", () => {
  for (const name of ATTRIBUTES) {
    const messages = messagesOf(`int f(int) __attribute__((${name}));`);
    const bad = /unknown attribute|is not supported/;
    assert.deepEqual(
      messages.filter((message) => bad.test(message)),
      [],
      name,
    );
  }
});
