import assert from "node:assert/strict";
import { test } from "node:test";
import { parseText } from "./fixture.ts";

/** Each is true in C for the target, says GNU C. */
const TRUE = [
  "(-1 < 0u) == 0",
  "-1L < 0u",
  "sizeof('a') == 4",
  'sizeof(u"abc") == 8',
  "'\\377' == 255",
  "(char)-1 == 255",
  "(signed char)255 == -1",
  "(_Bool)2 == 1",
  "sizeof(2147483648) == 8",
  "sizeof(0x80000000) == 4",
  "0b101 == 5 && 010 == 8 && 1ull << 63 > 0",
  "-7 / 2 == -3 && -7 % 2 == -1 && -8 >> 1 == -4",
  "(unsigned)-8 >> 1 == 2147483644u",
  "~0UL == 18446744073709551615u",
  "(1 ? -1 : 0u) > 0",
  "9223372036854775807 + 1ul == 1ul << 63",
  "(int)0xfffffff0u == -16",
  "_Generic((char)1 + (char)1, int: 1)",
  "_Generic((const int)1, int: 1, default: 0)",
  "__builtin_types_compatible_p(int[], int[5])",
  "!__builtin_types_compatible_p(int *, const int *)",
  "__builtin_offsetof(struct { int a; struct { char b[4]; } c[2]; }, c[1].b[2]) == 10",
  "__builtin_bswap64(0x0102030405060708) == 0x0807060504030201",
  "__builtin_popcountl(-1L) == 64 && __builtin_ffs(0) == 0",
];

test("constants have the values that the target's arithmetic gives", () => {
  const text = TRUE.map((condition) => `_Static_assert(${condition}, "");`).join("\n");
  assert.deepEqual(parseText(text).messages, []);
});

test("enumerations take the type that has room for their constants", () => {
  const text =
    "enum a { A }; enum b { B = -1, C = 0xffffffff }; enum c { D = 1l << 40, E }; enum __attribute__((packed)) d { F = 200 };" +
    '_Static_assert((enum a)-1 > 0 && sizeof(enum b) == 8 && sizeof(E) == 8 && sizeof(enum d) == 1 && sizeof(F) == 4, "");';
  assert.deepEqual(parseText(text).messages, []);
});
