import assert from "node:assert/strict";
import { test } from "node:test";
import { keepDrafts, readDrafts } from "./drafts.ts";

function place(kept: Record<string, string> = {}) {
  const map = new Map(Object.entries(kept));
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
  };
}

const hello = { path: "/root/hello.c", text: "int main;\n", cursor: 3 };
const long = { path: "/root/long.c", text: "x".repeat(999_995), cursor: 0 };

test("what is kept is read again, first from the tab's own place", () => {
  const [tab, browser] = [place(), place()];
  const places = [() => tab, () => browser];
  assert.deepEqual(readDrafts(places), { files: [], current: "" });
  const drafts = { files: [hello], current: hello.path };
  assert.equal(keepDrafts(places, drafts), true);
  assert.deepEqual(readDrafts(places), drafts);
  keepDrafts([() => browser], { files: [], current: "" });
  assert.deepEqual(readDrafts(places), drafts);
  assert.deepEqual(readDrafts([() => place(), () => browser]).files, []);
});

test("of too much the file that is shown is kept, and it is told", () => {
  const one = place();
  assert.equal(keepDrafts([() => one], { files: [long, hello], current: hello.path }), false);
  assert.deepEqual(readDrafts([() => one]).files, [hello]);
  assert.equal(keepDrafts([() => one], { files: [long, hello], current: long.path }), false);
  assert.deepEqual(readDrafts([() => one]).files, [long]);
});

test("what somebody else has put there, or a browser that refuses, does no harm", () => {
  for (const json of ["", "{", "7", '{"files":7,"current":""}', '{"current":"x"}'])
    assert.deepEqual(readDrafts([() => place({ "vitrine.drafts": json })]).files, []);
  const mixed = JSON.stringify({ files: [null, { path: 1 }, hello], current: "" });
  assert.deepEqual(readDrafts([() => place({ "vitrine.drafts": mixed })]).files, [hello]);
  const denied = (): never => {
    throw new Error("denied");
  };
  assert.deepEqual(readDrafts([denied]).files, []);
  assert.equal(keepDrafts([denied], { files: [hello], current: "" }), false);
});
