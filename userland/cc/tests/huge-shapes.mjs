// Programs with one huge function each, as programs write them: parsers, interpreters, unrolled loops, tables that are filled
// at run time. Each prints a checksum. `size` is roughly the number of statements.

/** Numbers that look random and are the same every time. */
function generator(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const times = (count, line) => Array.from({ length: count }, (_, index) => line(index)).join("\n");

const HEAD = `int printf(const char *, ...);
typedef unsigned int u32; typedef unsigned long u64;
static volatile u32 seed = 12345;
static u64 sink;
__attribute__((noinline)) static u32 g(u32 x) { sink = sink * 31 + x; return x * 2654435761u ^ (u32)(sink >> 7); }
`;
const main = (call) =>
  `int main(void) { u32 r = 0; ${call} printf("%u %lu\\n", r, sink); return 0; }\n`;

/** @type {Record<string, (size: number) => string>} */
export const shapes = {
  straight: (size) =>
    `${HEAD}static u32 f(u32 x, u32 y) {\n${times(size / 2, (i) => `x += y * ${i}; y ^= x;`)}\nreturn x; }\n${main("r = f(seed, 7);")}`,

  switch: (size) =>
    `${HEAD}static u32 f(u32 x) { u32 r = 1; switch (x) {\n${times(size / 3, (i) => `case ${i}: r = g(${i}) + x; break;`)}\n} return r; }\n${main("for (u32 i = 0; i < 2000; i++) r += f(i * 37);")}`,

  sparseSwitch: (size) =>
    `${HEAD}static u32 f(u32 x) { u32 r = 1; switch (x) {\n${times(size / 3, (i) => `case ${i * 1009}: r += x ^ ${i};${i % 3 === 0 ? "" : " break;"}`)}\n} return r; }\n${main("for (u32 i = 0; i < 2000; i++) r += f(i * 1009 * 5);")}`,

  diamonds: (size) =>
    `${HEAD}static u32 f(u32 x, u32 y) {\n${times(size / 2, (i) => `if (x & ${1 << (i % 17)}) y += x ^ ${i}; else x -= y;`)}\nreturn x ^ y; }\n${main("r = f(seed, 7);")}`,

  guards: (size) =>
    `${HEAD}static u32 f(u32 x) { u32 y = x;\n${times(size / 2, (i) => `if (g(y) == ${i}u) return ${i}; y += ${i % 7};`)}\nreturn y; }\n${main("r = f(seed);")}`,

  calls: (size) =>
    `${HEAD}static char out[64]; static u32 put(const char *s, u32 n) { return g(s[0] + s[n]); }\nstatic u32 f(u32 x) {\n${times(size, (i) => `x += put("text ${i}", ${i % 4});`)}\nreturn x + out[0]; }\n${main("r = f(seed);")}`,

  locals: (size) => {
    const random = generator(5);
    const count = Math.floor(size / 10);
    return `${HEAD}static u32 f(u32 n) { u32 r = 0;\n${times(count, (i) => `u32 v${i} = n + ${i};`)}\nfor (u32 i = 0; i < 3; i++) {\n${times(size - 2 * count, () => `v${random(count)} += v${random(count)} ^ i;`)}\n}\n${times(count, (i) => `r = r * 3 + v${i};`)}\nreturn r; }\n${main("r = f(seed);")}`;
  },

  interpreter: (size) => {
    const random = generator(9);
    const locals = 60;
    return `${HEAD}static u32 f(const u32 *code, u32 n) { ${times(locals, (i) => `u32 v${i} = ${i};`)}\nfor (u32 pc = 0; pc < n; pc++) switch (code[pc] % ${Math.floor(size / 4)}) {\n${times(
      size / 4,
      (i) =>
        `case ${i}: v${random(locals)} += v${random(locals)} * ${i}; if (v${random(locals)} & 1) v${random(locals)} ^= pc; else v${random(locals)}--; break;`,
    )}\n}\nreturn ${times(locals, (i) => `v${i} ^`)} n; }\nstatic u32 code[20000];\n${main("for (u32 i = 0, x = seed; i < 20000; i++) code[i] = (x = x * 1664525 + 1013904223) >> 8; r = f(code, 20000);")}`;
  },

  threaded: (size) => {
    const count = Math.floor(size / 5);
    return `${HEAD}static u32 f(const u32 *code, u32 n) { static void *const labels[] = {${times(count, (i) => `&&l${i},`)}};\nu32 a = 1, b = 2, pc = 0; goto *labels[code[0]];\n${times(count, (i) => `l${i}: a += b ^ ${i}; b += a >> ${i % 31}; if (++pc >= n) return a ^ b; goto *labels[code[pc]];`)}\n}\nstatic u32 code[20000];\n${main(`for (u32 i = 0, x = seed; i < 20000; i++) code[i] = ((x = x * 1664525 + 1013904223) >> 8) % ${count}; r = f(code, 20000);`)}`;
  },

  states: (size) => {
    const random = generator(11);
    const count = Math.floor(size / 4);
    return `${HEAD}static u32 f(u32 x) { u32 n = 0, a = 1, b = 2;\n${times(count, (i) => `l${i}: a += b; b ^= x; if (++n > 5000) return a ^ b; x = x * 1664525 + ${i}; if (x >> 31) goto l${random(count)};${random(5) === 0 ? ` goto l${random(count)};` : ""}`)}\nreturn a - b; }\n${main("r = f(seed);")}`;
  },

  loops: (size) =>
    `${HEAD}static u32 t[64]; static u32 f(u32 x) { u32 i;\n${times(size / 4, (i) => `for (i = 0; i < ${1 + (i % 5)}; i++) { x += t[i] ^ ${i}; t[i + 1] += x; }`)}\nreturn x; }\n${main("r = f(seed);")}`,

  within: (size) =>
    `${HEAD}static u32 f(u32 x) { u32 s = 0;\nfor (u32 a = 0; a < 2; a++) for (u32 b = 0; b < 2; b++) for (u32 c = 0; c < 2; c++) for (u32 d = 0; d < 2; d++) {\n${times(size / 2, (i) => `if (x & ${1 << (i % 13)}) s += x * (a + ${i}); x += s ^ (b + d * c);`)}\n} return s; }\n${main("r = f(seed);")}`,

  table: (size) =>
    `${HEAD}static u32 f(u32 x) { u32 t[${size}] = {\n${times(size, (i) => (i % 3 === 0 ? `x ^ ${i},` : `${i},`))}\n}; u32 r = 0; for (u32 i = 0; i < ${size}; i++) r = r * 31 + t[i]; return r; }\n${main("r = f(seed);")}`,

  records: (size) =>
    `${HEAD}struct p { int k; const char *n; u64 v; } table[${Math.floor(size / 3)}];\nstatic void fill(u32 x) {\n${times(size / 3, (i) => `table[${i}].k = ${i} + x; table[${i}].n = "name ${i}"; table[${i}].v = ${i}ul << (x & 31);`)}\n}\n${main(`fill(seed); for (u32 i = 0; i < ${Math.floor(size / 3)}; i++) r = r * 31 + table[i].k + table[i].n[5] + table[i].v;`)}`,

  unrolled: (size) =>
    `${HEAD}static u32 w[16]; static u32 f(u32 a, u32 b, u32 c, u32 d) {\n${times(size / 4, (i) => `w[${i % 16}] ^= (w[${(i + 3) % 16}] << ${1 + (i % 30)}) | (w[${(i + 7) % 16}] >> ${31 - (i % 30)}); a += (b & c) ^ (~b & d) ^ w[${i % 16}]; d += (a << 7 | a >> 25); b = c ^ a; c = d - b;`)}\nreturn a ^ b ^ c ^ d; }\n${main("for (u32 i = 0; i < 16; i++) w[i] = seed * i; r = f(1, 2, 3, seed);")}`,

  arrays: (size) => {
    const random = generator(3);
    return `${HEAD}static u32 f(u32 x, u32 *p, u32 *q) { u32 t[100];\n for (u32 i = 0; i < 100; i++) t[i] = i * x;\n${times(size / 2, () => `t[${random(100)}] += t[${random(100)}]; p[${random(50)}] ^= q[${random(50)}] + t[(x + ${random(100)}) % 100];`)}\nreturn t[7] ^ t[77] ^ p[1]; }\nstatic u32 a[50], b[50];\n${main("for (u32 i = 0; i < 50; i++) b[i] = i + seed; r = f(seed, a, b);")}`;
  },

  sum: (size) =>
    `${HEAD}static u32 t[100]; static u32 f(u32 x) { return ${times(size, (i) => `${i % 3 === 0 ? `t[${i % 100}]` : `(x ^ ${i})`} +`)} 0; }\n${main("for (u32 i = 0; i < 100; i++) t[i] = seed + i; r = f(seed);")}`,

  conditions: (size) =>
    `${HEAD}static u32 f(u32 x) { if (${times(size / 2, (i) => `(x ^ ${i}) == 77 ||`)} x == 5) return 1; if (${times(size / 2, (i) => `(x ^ ${i}) != 78 &&`)} x != 5) return 2; return 3; }\n${main("r = f(seed) * 100 + f(500);")}`,

  functions: (size) =>
    `${HEAD}${times(size, (i) => `static u32 f${i}(u32 x, u32 y) { if (x > y) x -= y; return x * ${i} + g(y); }`)}\n${main(times(Math.min(size, 500), (i) => `r += f${i * Math.floor(size / 500 || 1)}(r, ${i});`))}`,

  chain: (size) =>
    `${HEAD}u32 f0(u32 x) { return x + 1; }\n${times(size, (i) => `u32 f${i + 1}(u32 x) { u32 s = 0; for (u32 i = 0; i < 3; i++) s += f${i}(x) ^ (i * x); return x > 3 ? x : s; }`)}\n${main(`r = f${Math.floor(size)}(seed) + f5(2);`)}`,
};
