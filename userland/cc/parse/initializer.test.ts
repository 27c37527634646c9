import assert from "node:assert/strict";
import { test } from "node:test";
import { typeName } from "../types/name.ts";
import { entriesOf, parsed, parseText, variableOf } from "./fixture.ts";

function entries(text: string): string[] {
  return entriesOf(variableOf(parsed(text, ["no-missing-braces"]), "x"));
}

test("braces may be left out", () => {
  assert.deepEqual(
    entries("struct { struct { int a, b; } p[2]; int c; } x = { 1, 2, { 3 }, 5 };"),
    ["0 = 1", "4 = 2", "8 = 3", "16 = 5"],
  );
});

test("designators go on from where they are", () => {
  assert.deepEqual(entries("int x[] = { [3] = 1, 2, [1] = 3 };"), ["12 = 1", "16 = 2", "4 = 3"]);
  assert.deepEqual(entries("struct { int a; struct { int b, c; } d; } x = { .d.b = 1, 2 };"), [
    "4 = 1",
    "8 = 2",
  ]);
});

test("a range of elements gets the same value", () => {
  assert.deepEqual(entries("char x[4] = { [1 ... 2] = 7 };"), ["1 = 7", "2 = 7"]);
});

test("members of anonymous structures are members", () => {
  assert.deepEqual(
    entries("struct { int a; union { struct { int b; }; long c; }; } x = { .b = 1 };"),
    ["8 = 1"],
  );
});

test("strings fill arrays of characters", () => {
  assert.deepEqual(entries('char x[] = "ab";'), ['0 = "ab\\u0000"']);
  assert.deepEqual(entries('char x[2] = "ab";'), ['0 = "ab"']);
  assert.deepEqual(entries('char x[2][4] = { { "a" }, "b" };'), [
    '0 = "a\\u0000"',
    '4 = "b\\u0000"',
  ]);
});

test("a list in braces replaces what designators gave before", () => {
  assert.deepEqual(entries("struct { int a, b; } x[2] = { [0].b = 1, [0] = { 2 } };"), ["0 = 2"]);
});

test("bit-fields without names get nothing", () => {
  assert.deepEqual(entries("struct { int a : 3, : 5, b : 4; } x = { 1, 2 };"), [
    "0.0+3 = 1",
    "0.8+4 = 2",
  ]);
});

test("the length comes from the initialiser", () => {
  assert.equal(typeName(variableOf(parsed("int x[] = { [4] = 1 };"), "x").type), "int[5]");
  assert.equal(typeName(variableOf(parsed("char x[] = { 'a', 'b' };"), "x").type), "char[2]");
});

test("static objects take addresses and no calls", () => {
  assert.deepEqual(entries("int a[4]; int *x = &a[2] + 1;"), ["0 = ((&a + 2*4) + 1*4)"]);
  assert.deepEqual(parseText("int f(void); int x = f();").messages, [
    "1:22 error: initializer element is not a compile-time constant",
  ]);
});
