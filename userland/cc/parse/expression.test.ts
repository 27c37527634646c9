import assert from "node:assert/strict";
import { test } from "node:test";
import { returned } from "./fixture.ts";

test("every conversion that C makes silently is a node", () => {
  assert.equal(returned("long f(int a) { return a + 1L; }"), "((long)[a] + 1)");
  assert.equal(returned("int f(char c) { return -c; }"), "-(int)[c]");
  assert.equal(returned("int f(unsigned u, long l) { return u < l; }"), "((long)[u] < [l])");
  assert.equal(returned("_Bool f(int *p) { return p; }"), "(_Bool)[p]");
  assert.equal(returned("int f(char c) { return c << 1L; }"), "((int)[c] << 1)");
});

test("arrays and functions become pointers, lvalues are read", () => {
  assert.equal(returned("int a[3]; int f(int i) { return a[i]; }"), "[*(&a + (long)[i]*4)]");
  assert.equal(
    returned("int g(int); int f(void) { int (*p)(int) = g; return (*p)(1) + g(2); }"),
    "([p](1) + g(2))",
  );
  assert.equal(returned("struct s { int a, b; } x; int f(void) { return (&x)->b; }"), "[x.b]");
  assert.equal(returned('char *f(void) { return "ab"; }'), '&"ab\\u0000"');
});

test("pointers count elements", () => {
  assert.equal(returned("long f(int *p, int *q) { return q - p; }"), "([q] - [p])/4");
  assert.equal(returned("int *f(int *p, char i) { return p - i; }"), "([p] - (long)(int)[i]*4)");
  assert.equal(returned("int *f(int *p) { return p++; }"), "(p post 4)");
});

test("compound assignment says what it is computed in", () => {
  assert.equal(returned("char f(char c, long l) { return c += l; }"), "(c += [l] in long)");
  assert.equal(returned("short f(short s) { return s <<= 3; }"), "(s <<= 3 in int)");
});

test("a bit-field is promoted by its width", () => {
  const s = "struct s { unsigned a : 3, b : 32; unsigned long c : 20, d : 40; } s; ";
  assert.equal(returned(`${s}int f(void) { return s.a - 4 < 0; }`), "(((int)[s.a] - 4) < 0)");
  assert.equal(returned(`${s}int f(void) { return s.b - 4 < 0; }`), "(([s.b] - 4) < 0)");
  assert.equal(returned(`${s}int f(void) { return _Generic(s.c + 0, int: 1, default: 0); }`), "1");
  assert.equal(
    returned(`${s}int f(void) { return _Generic((unsigned long)s.c + 0, unsigned long: 1); }`),
    "1",
  );
});

test("a member of a function's result is in a place of its own", () => {
  assert.equal(
    returned("struct s { int a[2]; } g(void); int f(void) { return g().a[1]; }"),
    "[*(&literal.a + 1*4)]",
  );
});

test("atomic objects are accessed by atomic operations", () => {
  assert.equal(returned("_Atomic int a; int f(void) { return a; }"), "atomic-load(&a)");
  assert.equal(returned("_Atomic int a; int f(void) { return a++; }"), "atomic-fetch-add(&a, 1)");
  assert.equal(
    returned("_Atomic int a; int f(void) { return a -= 2; }"),
    "atomic-sub-fetch(&a, 2)",
  );
  assert.equal(returned("int *_Atomic a; int *f(void) { return ++a; }"), "atomic-add-fetch(&a, 4)");
  assert.equal(
    returned("_Atomic int a; int f(void) { return a *= 3; }"),
    "({declaration do; [new]})",
  );
});

test("builtins are answered or stay", () => {
  assert.equal(returned("int f(long a) { return __builtin_clzl(a); }"), "clz((unsigned long)[a])");
  assert.equal(returned("int f(void) { return __builtin_ctz(8); }"), "3");
  assert.equal(
    returned("long f(int a) { return __builtin_expect(a == 1, 1); }"),
    "(long)([a] == 1)",
  );
  assert.equal(
    returned("int f(char *s) { return __builtin_strlen(s) == 1; }"),
    "(strlen((const char *)[s]) == 1)",
  );
  assert.equal(
    returned("int f(int a, int *r) { return __builtin_add_overflow(a, 1, r); }"),
    "(int)add-overflow([a], 1, [r])",
  );
  assert.equal(
    returned("int f(int *p) { int e = 1; return __atomic_compare_exchange_n(p, &e, 2, 0, 5, 5); }"),
    "(int)atomic-compare-exchange([p], &e, 2)",
  );
});

test("GNU's conditional without a middle has the condition's value", () => {
  assert.equal(returned("long f(int a, long b) { return a ?: b; }"), "([a] ?  : [b])");
});
