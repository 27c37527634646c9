// Output on its way to the page, with an event loop that the test turns by hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { batchOutput } from "./output-batch.ts";

test("what is printed before the event loop turns arrives as one array, in order", async () => {
  let turn = (): void => assert.fail("nobody waits");
  const yieldToHost = () => new Promise<void>((resolve) => (turn = resolve));
  const arrived: number[][] = [];
  const put = batchOutput({ yieldToHost }, (bytes) => arrived.push([...bytes]));
  put(Uint8Array.of(1, 2));
  put(Uint8Array.of(3));
  await Promise.resolve();
  assert.deepEqual(arrived, []);
  turn();
  await Promise.resolve();
  put(Uint8Array.of(4));
  turn();
  await Promise.resolve();
  assert.deepEqual(arrived, [[1, 2, 3], [4]]);
});
