import assert from "node:assert/strict";
import { test } from "node:test";
import { printModule } from "../ir/print.ts";
import { lowered, lowerText, said } from "./run-for-tests.ts";

const body = (statements: string) => said(`void test(void) { ${statements} }`);

test("arithmetic follows C's types", () => {
  assert.deepEqual(
    body("unsigned char c = 250; c += 10; say(c); say((unsigned char)(c - 5));"),
    [4, 255],
  );
  assert.deepEqual(
    body("signed char c = 127; c++; say(c); say(c-- - 1); say(c);"),
    [-128, -129, 127],
  );
  assert.deepEqual(
    body("unsigned u = 0; u--; say(u); say((int)u); say(u / 2); say((long)u >> 31);"),
    [4294967295, -1, 2147483647, 1],
  );
  assert.deepEqual(
    body("int i = -7; say(i / 2); say(i % 2); say(i >> 1); say((unsigned)i >> 28);"),
    [-3, -1, -4, 15],
  );
  assert.deepEqual(
    body("long l = 1l << 40; int i = l >> 38; say(i); say(l % 1000); say(~i); say(-i);"),
    [4, 776, -5, -4],
  );
  assert.deepEqual(
    body("_Bool b = 256; say(b); b--; say(b); b--; say(b); b += 5; say(b);"),
    [1, 0, 1, 1],
  );
  assert.deepEqual(
    body("char c = -1; say(c < 0); short s = 40000; say(s); say(!s); say(!!s);"),
    [0, -25536, 0, 1],
  );
  assert.deepEqual(
    body("unsigned char a = 1, b = 2; say(a - b < 0); unsigned x = 1, y = 2; say(x - y < 0);"),
    [1, 0],
  );
});

test("pointers count in elements", () => {
  assert.deepEqual(
    body(`int a[5] = {1, 2, 3, 4, 5}, *p = a + 1; say(*p++); say(*p); say(p - a); say(p[-1]); say(*(a + 4));
      p += 2; say(*p); p -= 3; say(*p); say(&a[4] - p); long i = 2; say(a[i]); say(i[a]); say(*--p);`),
    [2, 3, 2, 2, 5, 5, 2, 3, 3, 3, 1],
  );
  assert.deepEqual(
    body(`struct { char c[3]; } s[4], *p = s + 3; say(p - s); say((char *)p - (char *)s);`),
    [3, 9],
  );
  assert.deepEqual(
    body(`say("abcdef"[2]); const char *s = "xyz"; say(s[1]); say(sizeof "abc");`),
    [99, 121, 4],
  );
});

test("truth decides and is a number where it is asked for", () => {
  assert.deepEqual(
    said(`int n; int f(int x) { n++; return x; }
      void test(void) {
        say(f(0) && f(1)); say(n); say(f(1) || f(1)); say(n); say(!f(3) || f(2));
        if (f(1) && (f(0) || f(2))) say(10); else say(11);
        if (!(f(1) && f(0))) say(12);
        int z = f(0) ? 1 : f(1) ? 2 : 3; say(z); say(f(7) ?: 9); say(f(0) ?: 9);
        (f(0) ? say : say)(5);
      }`),
    [0, 1, 1, 2, 1, 10, 12, 2, 7, 9, 5],
  );
});

test("loops, switches and jumps go where they should", () => {
  assert.deepEqual(
    body(`int sum = 0; for (int i = 0; i < 10; i++) { if (i == 3) continue; if (i == 6) break; sum += i; } say(sum);
      int k = 0; do k++; while (k < 5); say(k); while (k) k--; say(k);
      for (;;) { if (++k > 3) break; } say(k);`),
    [12, 5, 0, 4],
  );
  assert.deepEqual(
    said(`int f(unsigned x) { switch (x) { case 1: return 10; case 2 ... 5: x += 1; case 100: return x;
        default: return -1; case 0x7ffffff0 ... 0x80000010: return 7; case 0xffffffff: return 8; } }
      void test(void) { say(f(1)); say(f(3)); say(f(100)); say(f(6)); say(f(0x7fffffff)); say(f(0x80000001));
        say(f(-1)); say(f(0x80000011)); }`),
    [10, 4, 100, -1, 7, 7, 8, -1],
  );
  assert.deepEqual(
    body(`int n = 7, c = 0; switch (n % 4) { case 0: do { c++; case 3: c++; case 2: c++; case 1: c++; } while ((n -= 4) > 0); }
      say(c);`),
    [7],
  );
  assert.deepEqual(
    body(`static void *const table[] = {&&a, &&b, &&c}; int i = 0, n = 0;
      again: if (i == 3) goto end; goto *table[i++];
      a: n += 1; goto again; b: n += 10; goto again; c: n += 100; goto again; end: say(n);`),
    [111],
  );
});

test("structures are values", () => {
  const types = `struct s1 { char c; }; struct s5 { char c[5]; }; struct s8 { int a, b; }; struct s12 { int a, b, c; };
    struct s16 { long a; char b; }; struct s40 { long a[5]; }; union u { int i; char c[3]; }; struct none {};`;
  assert.deepEqual(
    said(`${types}
      struct s1 f1(struct s1 s) { s.c++; return s; }
      struct s5 f5(struct s5 s, int i) { s.c[i] = 9; return s; }
      struct s8 f8(int a, struct s8 s) { return (struct s8){s.b, a}; }
      struct s12 f12(struct s12 s) { s.a += s.b * s.c; return s; }
      struct s16 f16(struct none n, struct s16 s) { s.a = -s.a; s.b++; return s; }
      struct s40 f40(struct s40 s) { s.a[2] = 5; return s; }
      union u fu(union u v) { v.c[1] = 1; return v; }
      void test(void) {
        struct s1 a = {1}; say(f1(a).c); say(a.c);
        struct s5 b = {"abcd"}; b = f5(b, 2); say(b.c[1]); say(b.c[2]); say(f5(b, 4).c[4]);
        struct s8 c = f8(3, (struct s8){1, 2}); say(c.a); say(c.b);
        struct s12 d = {2, 3, 4}; say((d = f12(d)).a); say(d.c);
        struct none n; struct s16 e = {7, 8}; e = f16(n, f16(n, e)); say(e.a); say(e.b);
        struct s40 g = {{1, 2, 3, 4, 5}}, h; h = f40(g); say(h.a[2]); say(g.a[2]); say(h.a[4]);
        g = f40(g); say(g.a[2]);
        union u x = {0}; say(fu(x).i);
        struct s8 y = {1, 1}, z = {2, 2}; say((y.a == 2 ? y : z).b); say((z, y).a);
        struct { struct s8 in; int more; } deep = {{1, 2}, 3}; deep.in = f8(8, deep.in); say(deep.in.a); say(deep.more);
      }`),
    [2, 1, 98, 9, 9, 2, 3, 14, 4, 7, 10, 5, 3, 5, 5, 256, 2, 1, 2, 3],
  );
});

test("more arguments than registers, and unnamed ones", () => {
  assert.deepEqual(
    said(`typedef __builtin_va_list va_list; struct two { long a, b; }; struct big { long a[3]; };
      struct __attribute__((aligned(16))) wide { long a; };
      long f(int a, int b, int c, int d, int e, int g, int h, struct two t, char z) { return a + h + t.a * 10 + t.b * 100 + z; }
      long sum(int n, ...) { va_list list; __builtin_va_start(list, n); long s = 0;
        for (int i = 0; i < n; i++) s = s * 10 + __builtin_va_arg(list, int);
        struct two t = __builtin_va_arg(list, struct two); s += t.b * 1000;
        struct big b = __builtin_va_arg(list, struct big); s += b.a[2] * 10000;
        struct wide w = __builtin_va_arg(list, struct wide); s += w.a * 100000;
        va_list copy; __builtin_va_copy(copy, list); s += __builtin_va_arg(copy, long); s += __builtin_va_arg(list, long);
        __builtin_va_end(list); return s; }
      void test(void) { say(f(1, 2, 3, 4, 5, 6, 7, (struct two){8, 9}, 10));
        say(sum(2, 1, 2, (struct two){3, 4}, (struct big){{5, 6, 7}}, (struct wide){1}, 3l));
        say(sum(3, 1, 2, 3, (struct two){3, 4}, (struct big){{5, 6, 7}}, (struct wide){1}, 3l)); }`),
    [998, 174018, 174129],
  );
});

test("bit-fields keep their neighbours", () => {
  assert.deepEqual(
    said(`struct b { unsigned a : 3; int b : 5; unsigned long c : 40; char d; unsigned e : 1; _Bool f : 1; };
      struct __attribute__((packed)) p { unsigned a : 3; unsigned long b : 64; unsigned c : 7; char d; };
      struct b g = {1, -2, 3, 4, 1, 1};
      void test(void) {
        struct b x = {7, -16, 0xffffffffff, 5, 1}; say(x.a); say(x.b); say(x.c); say(x.d); say(x.e); say(x.f);
        x.a = 9; say(x.a); say(x.b); say(x.b = 17); say(x.b++); say(++x.b); say(x.c += 2); say(x.e = 6); x.f = 8; say(x.f);
        say(x.d); say(g.a); say(g.b); say(g.c); say(g.d); say(g.e); say(g.f);
        struct p y = {5, 0x123456789abcdef0, 100, 42}; say(y.a); say(y.b >> 36); say(y.c); say(y.d);
        y.b = 15; y.c++; say(y.a); say(y.b); say(y.c); say(y.d); say(sizeof y);
      }`),
    [
      7, -16, 1099511627775, 5, 1, 0, 1, -16, -15, -15, -13, 1, 0, 1, 5, 1, -2, 3, 4, 1, 1, 5,
      0x1234567, 100, 42, 5, 15, 101, 42, 11,
    ],
  );
});

test("a volatile bit-field is one access of its type's size, a write one more", () => {
  const text = printModule(
    lowered(
      `struct r { volatile unsigned a : 4, b : 28; }; int f(struct r *r) { return r->b; } void g(struct r *r) { r->a = 1; }`,
    ),
  );
  assert.equal(text.split("load.s32.volatile").length - 1, 2);
  assert.equal(text.split("store.4.volatile").length - 1, 1);
});

test("initial values cover what they should, and the rest is zero", () => {
  assert.deepEqual(
    said(`struct s { int a; struct { char x, y; } in; int tail[3]; };
      static struct s g[2] = {[1] = {1, {2, 3}, {[1] = 4}}}; static int *const p = &g[1].tail[1]; static const char *text[] = {"one", "two"};
      static char flat[8] = "abc"; static long diff = (char *)&g[1] - (char *)g; struct flex { int n; int more[]; }; static struct flex fl = {1, {2, 3}};
      int dirty(void) { volatile char a[400]; for (int i = 0; i < 400; i++) a[i] = 0x55; return a[5]; }
      int local(int k) { struct s x = {k, {.y = 7}, {[2] = k}}; return x.a + x.in.x + x.in.y * 10 + x.tail[0] + x.tail[2] * 100; }
      int big(int k) { int a[10] = {1, 2, 3, 4, 5, 6, k, [9] = 9}; int s = 0; for (int i = 0; i < 10; i++) s = s * 3 + a[i]; return s; }
      void test(void) { say(g[1].in.y); say(g[0].a); say(*p); say(text[1][1]); say(flat[2] + flat[3]); say(diff); say(fl.more[1]);
        dirty(); say(local(3)); dirty(); say(big(7));
        char word[6] = "hi", full[2] = "yo"; say(word[1]); say(word[2] + word[5]); say(full[1]);
        for (int i = 0; i < 2; i++) { struct s *q = &(struct s){i}; say(q->a++); } }`),
    [3, 0, 4, 119, 99, 20, 3, 373, 44181, 105, 0, 111, 0, 1],
  );
});

test("an initial value that is no constant is an error with a place", () => {
  const { errors } = lowerText("int f(void); int x = f();");
  assert.equal(errors.length, 1);
});

test("statement expressions, and jumps out of them", () => {
  assert.deepEqual(
    body(
      `int x = ({ int t = 3; t * 2; }); say(x); say(1 + ({ if (x > 5) goto out; 1; })); out: say(({ struct { int a; } s = {4}; s; }).a);`,
    ),
    [6, 4],
  );
  assert.match(
    lowerText("int f(int x) { goto in; return x + ({ in: 1; }); }").errors.join(),
    /statement expression/,
  );
});

test("builtins count, swap and check", () => {
  assert.deepEqual(
    said(`volatile unsigned u = 0x00f0; volatile unsigned long l = 1ul << 40; volatile unsigned short h = 0x1234;
      void test(void) { say(__builtin_clz(u)); say(__builtin_ctz(u)); say(__builtin_popcount(u)); say(__builtin_ffs(u)); say(__builtin_ffsl(l - l));
        say(__builtin_clzl(l)); say(__builtin_ctzl(l)); say(__builtin_popcountl(l - 1)); say(__builtin_bswap16(h)); say(__builtin_bswap32(u));
        say(__builtin_bswap64(l) == 0x10000); int r; long q; unsigned char c; unsigned long v;
        say(__builtin_add_overflow(2147483647, (int)u, &r)); say(r); say(__builtin_mul_overflow((long)l, (long)l, &q));
        say(__builtin_mul_overflow(-(long)l, 4l, &q)); say(__builtin_sub_overflow(0ul, l, &v)); say(__builtin_mul_overflow(l, 1ul << 23, &v));
        say(__builtin_mul_overflow(l, 1ul << 24, &v)); unsigned char x = 200, y = 100; say(__builtin_add_overflow(x, y, &c)); say(c); }`),
    [24, 4, 4, 5, 0, 23, 40, 40, 0x3412, 0xf0000000, 1, 1, -2147483409, 1, 0, 1, 0, 1, 1, 44],
  );
});

test("atomics of all sizes", () => {
  assert.deepEqual(
    said(`_Alignas(8) unsigned char bytes[4] = {1, 2, 250, 4}; short halves[2] = {-1, 5}; int word = 5; long wide = 1l << 40;
      void test(void) {
        say(__atomic_fetch_add(&bytes[2], 10, 5)); say(bytes[2]); say(bytes[3]); say(__atomic_sub_fetch(&bytes[0], 2, 5)); say(bytes[1]);
        say(__atomic_or_fetch(&bytes[1], 0x80, 5)); say(__atomic_and_fetch(&bytes[3], 0xfc, 5)); say(__atomic_xor_fetch(&bytes[3], 0xff, 5));
        say(__atomic_exchange_n(&halves[0], 7, 5)); say(halves[0]); say(halves[1]); short want = 7;
        say(__atomic_compare_exchange_n(&halves[0], &want, -9, 0, 5, 5)); say(halves[0]);
        say(__atomic_compare_exchange_n(&halves[0], &want, 1, 0, 5, 5)); say(want);
        say(__atomic_fetch_sub(&word, 6, 5)); say(word); say(__sync_val_compare_and_swap(&wide, 1l << 40, 3l)); say(wide);
        say(__atomic_load_n(&word, 5)); __atomic_store_n(&word, 3, 5); say(word); }`),
    [250, 4, 4, 255, 2, 130, 4, 251, -1, 7, 5, 1, -9, 0, -9, 5, -1, 2 ** 40, 3, -1, 3],
  );
});

test("inline assembly gets its operands by the IR's numbers", () => {
  const text = printModule(
    lowered(`void f(int x, long *m) { register long a0 __asm__("a0") = 1; int r;
      __asm__ volatile("ecall" : "+r"(a0) : "r"(x) : "memory", "x5");
      __asm__("add%i2 %[to], %z1, %2" : [to] "=&r"(r) : "rJ"(0), "I"(5));
      __asm__ volatile("amoadd.d %0, %2, %1" : "=r"(*m), "+A"(*m) : "r"(2l)); }`),
  );
  assert.match(
    text,
    /asm volatile "ecall" \(%\d+ =l a0\) \(register w %\d+, as 0 l %\d+\) clobbers memory t0/,
  );
  assert.match(
    text,
    /asm "addi %0, zero, %2" \(%\d+ =l early register\) \(immediate 0, immediate 5\)/,
  );
  assert.match(
    text,
    /asm volatile "amoadd.d %0, %2, 0\(%1\)" \(%\d+ =l register\) \(register l %\d+, register l /,
  );
});

test("unknown constraints, operands and registers are refused", () => {
  const errors = (statement: string) =>
    lowerText(`void f(int x) { ${statement} }`).errors.join("\n");
  assert.match(errors(`__asm__("" : : "i"(x));`), /must be a constant/);
  assert.match(errors(`__asm__("%3" : : "r"(x));`), /which there is not/);
  assert.match(errors(`__asm__("" : : : "xmm0");`), /unknown register name 'xmm0'/);
  assert.match(errors(`__asm__("" : : "f"(x));`), /floating-point registers are not supported/);
});

test("what nobody uses is not lowered; what is visible, constructed or aliased is", () => {
  const module =
    lowered(`static int unused(void) { return 1; } static int used(void) { return 2; } static int a, b = 1;
    inline int only(void) { return 3; } static inline int helper(void) { return b; } int main(void) { return used() + only() + helper(); }
    __attribute__((constructor)) static void begin(void) {} int other(void) __attribute__((alias("main")));
    extern int maybe(void) __attribute__((weak)); int g(void) { return maybe ? maybe() : 0; } __attribute__((section(".special"))) int placed = 4;
    const int fixed = 5; int zero; static const char *const name = "name"; const char *get(void) { return name; }`);
  assert.deepEqual(
    module.functions.map(({ symbol }) => symbol),
    ["used", "only", "helper", "main", "begin", "g", "get"],
  );
  assert.ok(module.functions.find(({ symbol }) => symbol === "only")?.inlineOnly);
  assert.deepEqual(module.weak, ["maybe"]);
  assert.deepEqual(module.constructors, [{ symbol: "begin", priority: undefined }]);
  assert.equal(module.aliases[0]?.target, "main");
  const sections = Object.fromEntries(module.data.map(({ symbol, section }) => [symbol, section]));
  assert.deepEqual(sections["placed"], { name: ".special" });
  assert.equal(sections["fixed"], "rodata");
  assert.equal(sections["zero"], "bss");
  assert.equal(sections["b"], "data");
  assert.ok(!("a" in sections));
});

test("main without a return returns 0, and a condition makes no number", () => {
  const text = printModule(lowered("int main(void) { }"));
  assert.match(text, /return w 0/);
  const branches = printModule(
    lowered("int f(int a, int b) { if (a < b && !(a == 3)) return 1; return 2; }"),
  );
  assert.doesNotMatch(branches, /compare/);
});

test("packed members and arrays of them are reached in aligned pieces", () => {
  // The interpreter refuses what is not aligned.
  assert.deepEqual(
    said(`struct __attribute__((packed)) p { char c; int i; long l; short a[3]; struct { int x[2]; } in; } g[2];
      void test(void) { struct p *q = &g[1]; q->i = -5; q->l = 1l << 40 | 7; q->i--; int k = 1; q->a[k] = -3; q->a[2]++; q->in.x[k] = 77;
        g[0] = *q; say(g[0].i); say(g[0].l & 0xff); say(g[0].l >> 40); say(g[0].a[k]); say(g[0].a[2]); say(g[0].in.x[1]); say(q->c); }`),
    [-6, 7, 1, -3, 1, 77, 0],
  );
});

test("the distance of two labels is a constant", () => {
  assert.deepEqual(
    said(`int f(int i) { static const int far[] = {&&a - &&a, &&b - &&a}; goto *(&&a + far[i]); a: return 1; b: return 2; }
      void test(void) { say(f(0)); say(f(1)); }`),
    [1, 2],
  );
});

test("where something returns twice, nothing leaves the frame", () => {
  const f = lowered(
    `int setjmp(void *) __attribute__((returns_twice)); int b[40]; int f(int x) { int y = x; if (setjmp(b)) return y; y++; return 0; }`,
  ).functions[0];
  assert.ok(f?.noinline);
  const accesses = f.blocks
    .flatMap(({ instructions }) => instructions)
    .filter((one) => one.op === "load" || one.op === "store");
  assert.ok(accesses.length > 3 && accesses.every(({ volatile }) => volatile));
});

test("long chains and deep nesting end well", () => {
  const joined = (part: string, count: number, by: string) =>
    Array.from({ length: count }, () => part).join(by);
  for (const by of ["+", "&&", "||", ","]) {
    assert.deepEqual(lowerText(`int f(int x) { return ${joined("x++", 400, by)}; }`).errors, []);
    lowerText(`int f(int x) { return ${joined("x", 20000, by)}; }`);
  }
  assert.deepEqual(
    lowerText(`int f(int x) { ${joined("if (x++ == 5) return 1;", 900, " else ")} return 0; }`)
      .errors,
    [],
  );
  lowerText(`int f(int x) { return ${"(x ? ".repeat(200)} 1 ${" : 2)".repeat(200)}; }`);
  lowerText(`int f(int x) { ${"{ if (x) ".repeat(5000)} ${"}".repeat(5000)} }`);
});
