import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSize, readAddress } from "./address.ts";

test("sizes are read with and without units and rounded down to pages", () => {
  assert.equal(parseSize("16M"), 16 * 2 ** 20);
  assert.equal(parseSize("1g"), 2 ** 30);
  assert.equal(parseSize("2MiB"), 2 ** 21);
  assert.equal(parseSize("5000"), 4096);
  assert.equal(parseSize("lots"), undefined);
  assert.equal(parseSize("-1M"), undefined);
});

test("a bad address gives the usual machine and says so", () => {
  const options = readAddress("?ram=7T&seed=x&run=cow");
  assert.equal(options.ram, 64 * 2 ** 20);
  assert.equal(options.seed, undefined);
  assert.equal(options.run, "cow");
  assert.equal(options.complaints.length, 2);
  assert.deepEqual(readAddress("").complaints, []);
});

test("swap may be none, and is 256 MiB when the address asks for nothing or for too much", () => {
  assert.equal(readAddress("").swap, 256 * 2 ** 20);
  assert.equal(readAddress("?swap=0").swap, 0);
  assert.equal(readAddress("?swap=4G").swap, 4 * 2 ** 30);
  assert.deepEqual(readAddress("?swap=4G").complaints, []);
  const tooMuch = readAddress("?swap=5G");
  assert.equal(tooMuch.swap, 256 * 2 ** 20);
  assert.deepEqual(tooMuch.complaints, [
    "?swap=5G is not a size from 0 (none) to 4G; this machine has 256 MiB of swap.",
  ]);
});
