import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeArgument, decodeKind } from "./decode.ts";
import type { ArgumentType } from "./definition.ts";

function decode(type: ArgumentType, register: bigint): number {
  const bits = BigInt.asUintN(64, register);
  const words = Int32Array.of(Number(bits & 0xffffffffn) | 0, Number(bits >> 32n) | 0);
  return decodeArgument(decodeKind(type), words, 0);
}

test("an int is the low word, whatever the high word holds", () => {
  assert.equal(decode("fd", -100n), -100);
  assert.equal(decode("i32", 0x1234_5678_0000_0001n), 1);
  assert.equal(decode("hex", 0xffff_ffff_ffff_ffffn), 0xffffffff);
});

test("an address is exact below 2^53, and stays too large for user space beyond", () => {
  assert.equal(decode("address", 0x3f_ffff_ffffn), 2 ** 38 - 1);
  assert.equal(decode("address", 0x40_0000_0000n), 2 ** 38);
  for (const far of [1n << 53n, 1n << 63n, -1n, -4096n]) {
    const value = decode("address", far);
    assert.ok(Number.isSafeInteger(value) && value >= 2 ** 38, String(far));
  }
});

test("an address beyond 2^53 keeps its low bits, because alignment is checked first", () => {
  assert.equal(decode("address", -4096n) % 4096, 0);
  assert.equal(decode("address", -1n) % 4096, 4095);
});

test("a size saturates at 2^53 - 1", () => {
  assert.equal(decode("size", 0x1_0000_0000n), 2 ** 32);
  assert.equal(decode("size", -1n), Number.MAX_SAFE_INTEGER);
});

test("an offset is signed and saturates in both directions", () => {
  assert.equal(decode("offset", -1n), -1);
  assert.equal(decode("offset", -(1n << 40n)), -(2 ** 40));
  assert.equal(decode("offset", (1n << 63n) - 1n), Number.MAX_SAFE_INTEGER);
  assert.equal(decode("offset", -(1n << 63n)), -Number.MAX_SAFE_INTEGER);
});
