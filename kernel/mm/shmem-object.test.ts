// Bytes of shared memory far from each other, as lseek(2) allows: holes take no frames.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BufferSink, BufferSource } from "../lib/io.ts";
import { checkAccounting } from "./accounting.ts";
import { testMachine } from "./fixture.ts";
import { ShmemObject } from "./shmem-object.ts";

test("a byte at the far end of a hole is kept, and its frame knows its place", () => {
  const m = testMachine(64);
  const object = new ShmemObject(m.mm, "hole", 0);
  const far = 2 ** 52;
  assert.equal(object.write(far, new BufferSource(Uint8Array.of(7))), 1);
  const back = new Uint8Array(1);
  assert.equal(object.read(far, new BufferSink(back)), 1);
  assert.deepEqual(back, Uint8Array.of(7));
  checkAccounting(m.mm);
  object.truncate(0);
  checkAccounting(m.mm);
});
