import assert from "node:assert/strict";
import { test } from "node:test";
import { formatBytes, formatHexLine, formatLarge, formatPteBits, formatSeconds } from "./format.ts";

test("sizes, counts and bits read as people write them", () => {
  assert.equal(formatBytes(64 * 2 ** 20), "64 MiB");
  assert.equal(formatBytes(1536), "1.5 KiB");
  assert.equal(formatLarge(412_000), "412 k");
  assert.equal(formatLarge(12), "12");
  assert.equal(formatSeconds(12_345_678_900), "12.345679");
  assert.equal(formatPteBits(0b1101_0111), "DA·U·WRV");
});

test("a hex line shows offset, bytes and text", () => {
  const line = formatHexLine(new TextEncoder().encode("hello, world\n\0\0\0"), 0);
  assert.equal(line, "0000  68 65 6c 6c 6f 2c 20 77  6f 72 6c 64 0a 00 00 00  hello, world····");
});
