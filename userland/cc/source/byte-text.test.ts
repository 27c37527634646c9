import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bytesOfText, textOfBytes } from "./byte-text.ts";

test("any bytes come back as they were", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      assert.deepEqual([...bytesOfText(textOfBytes(bytes))], [...bytes]);
    }),
  );
});

test("UTF-8 is text, and what is none beside it is not lost", () => {
  assert.equal(textOfBytes(Uint8Array.from([0x63, 0xc3, 0xa4])), "cä");
  assert.equal(textOfBytes(Uint8Array.from([0xff, 0xc3, 0xa4, 0xe2])), "\udcffä\udce2");
});
