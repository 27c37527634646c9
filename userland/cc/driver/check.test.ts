import assert from "node:assert/strict";
import { test } from "node:test";
import { guestHeaders } from "../../guest-headers.mjs";
import { check, type CheckMessage } from "./check.ts";

const headers = new Map(Object.entries(guestHeaders()));

function messagesOf(text: string, known: readonly [string, string | undefined][] = []) {
  const result = check("main.c", text, headers, new Map(known));
  assert.equal(result.kind, "checked");
  return result.kind === "checked" ? result.messages : [];
}

function marked(text: string, { range }: Pick<CheckMessage, "range">): string | undefined {
  return range === undefined ? undefined : text.slice(range.from, range.to);
}

test("a text without mistakes has no messages, and the libc's headers are there", () => {
  const text = '#include <stdio.h>\nint main(void) {\n  printf("%d\\n", 1);\n  return 0;\n}\n';
  assert.deepEqual(messagesOf(text), []);
});

test("an error says where it is, what is meant, and how to mend it", () => {
  const text = "int count;\nint main(void) {\n  return coutn;\n}\n";
  const [message, ...more] = messagesOf(text);
  assert.ok(message !== undefined && more.length === 0);
  assert.deepEqual(
    [message.severity, message.file, message.line, message.column],
    ["error", "main.c", 3, 10],
  );
  assert.equal(marked(text, message), "coutn");
  assert.equal(message.fix?.text, "count");
  assert.equal(marked(text, { range: message.fix }), "coutn");
});

test("a warning names its option", () => {
  const text = "int f(int a) {\n  a == 1;\n  return a;\n}\n";
  const [message] = messagesOf(text);
  assert.equal(message?.severity, "warning");
  assert.equal(message?.option, "unused-comparison");
});

test("a mistake in an included file marks the #include through which it came", () => {
  const text = '#include "outer.h"\nint main(void) { return 0; }\n';
  const [message] = messagesOf(text, [
    ["outer.h", '#include "inner.h"\n'],
    ["inner.h", "int a = b;\n"],
  ]);
  assert.equal(message?.file, "inner.h");
  assert.equal(message?.line, 1);
  assert.equal(message === undefined ? "" : marked(text, message), '#include "outer.h"');
});

test("a file that nobody has said anything about is asked for, once it is reached", () => {
  const text = '#include "a.h"\n#include <b.h>\n';
  const ask = (known: readonly [string, string | undefined][]) =>
    check("src/main.c", text, headers, new Map(known));
  assert.deepEqual(ask([]), { kind: "wanted", paths: ["src/a.h"] });
  const result = ask([["src/a.h", "\n"]]);
  // <b.h> is only looked for in /usr/include; that it might be beside the file is for the message to know.
  assert.deepEqual(result, { kind: "wanted", paths: ["src/b.h"] });
});

test("a place at the end of a line has an empty range, every other one something to mark", () => {
  const text = "int main(void) {\n  return 0\n}\n";
  const [message] = messagesOf(text);
  assert.ok(message?.range !== undefined);
  const { from, to } = message.range;
  assert.ok(to > from || text[from] === "\n");
});

test("a text of millions of errors gives some of them", () => {
  const messages = messagesOf("@\n".repeat(100_000));
  assert.ok(messages.length > 0 && messages.length < 50);
});
