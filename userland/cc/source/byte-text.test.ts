import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOfText, textOfBytes } from "./byte-text.ts";

function there(bytes: readonly number[]): string {
  const text = textOfBytes(Uint8Array.from(bytes));
  assert.deepEqual([...bytesOfText(text)], bytes);
  return text;
}

test("UTF-8 is text, and every byte that is none comes back", () => {
  assert.equal(there([0x61, 0xc3, 0xa4, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x92, 0x80]), "aä€💀");
  assert.equal(there([0x61, 0xff, 0xc3, 0xa4, 0x80]), "a\udcffä\udc80");
  // Too long, a surrogate, beyond Unicode, cut off.
  assert.equal(there([0xc0, 0xaf]), "\udcc0\udcaf");
  assert.equal(there([0xed, 0xa0, 0x80]), "\udced\udca0\udc80");
  assert.equal(there([0xf4, 0x90, 0x80, 0x80]), "\udcf4\udc90\udc80\udc80");
  assert.equal(there([0xf0, 0x9f, 0x92]), "\udcf0\udc9f\udc92");
});

test("a megabyte of noise is read in a moment, as the Web's decoder divides it", () => {
  const noise = new Uint8Array(1 << 20);
  let state = 1;
  for (let at = 0; at < noise.length; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    noise[at] = state >>> 24;
  }
  const text = textOfBytes(noise);
  assert.deepEqual(bytesOfText(text), noise);
  const shown = new TextDecoder("utf-8", { ignoreBOM: true }).decode(noise);
  assert.equal(text.replaceAll(/[\udc80-\udcff]/gu, ""), shown.replaceAll("\ufffd", ""));
});
