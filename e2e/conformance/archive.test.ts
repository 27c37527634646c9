import assert from "node:assert/strict";
import { test } from "node:test";

import { pack, unpack } from "./archive.mjs";
import { difference, readExpectation } from "./expectation.ts";
import { programs } from "./programs.ts";

test("an archive gives back what was packed, whatever the lengths", () => {
  const files = new Map(
    [0, 1, 2, 3, 4, 5, 4096].map((length) => [
      `n${"x".repeat(length % 5)}${length}`,
      new Uint8Array(length).fill(length),
    ]),
  );
  const back = unpack(pack(files));
  assert.deepEqual([...back.keys()], [...files.keys()].toSorted());
  for (const [name, bytes] of files)
    assert.deepEqual(Buffer.from(back.get(name) ?? "?"), Buffer.from(bytes));
});

test("the same files make the same archive, in whatever order they come", () => {
  const entries: [string, Uint8Array][] = [
    ["b", Buffer.from("second")],
    ["a", Buffer.from("first")],
  ];
  assert.deepEqual(pack(new Map(entries)), pack(new Map(entries.toReversed())));
});

test("every program has a recorded expectation", () => {
  for (const { name } of programs([])) assert.match(readExpectation(name).kernel, /^Linux \d/);
});

test("a difference names the line, what was expected and what came", () => {
  const expected = { status: 0, stdout: "a\nb\nc\n" };
  assert.equal(difference(expected, { ...expected }), undefined);
  assert.match(
    difference(expected, { status: 0, stdout: "a\nx\nc\n" }) ?? "",
    /line 2\n.*"b"\n.*"x"/,
  );
  assert.match(difference(expected, { status: 139, stdout: "a\n" }) ?? "", /expected 0, got 139/);
});
