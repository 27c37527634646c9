/* Lengths that are counted down beside pointers: what is left of them is wanted behind the loop, or is not. */
typedef unsigned long size;
typedef unsigned char byte;
int printf(const char *, ...);
static byte from[80] __attribute__((aligned(16))), to[80] __attribute__((aligned(16)));

#define COPY(name, type, step)                                                                            \
  static __attribute__((noinline)) size name(byte *d, const byte *s, size n) {                            \
    for (; n >= step; n -= step, d += step, s += step) *(type *)d = *(const type *)s;                     \
    size left = n;                                                                                        \
    for (; n; n--) *d++ = *s++;                                                                           \
    return left;                                                                                          \
  }
COPY(by_eight, unsigned long, 8)
COPY(by_four, unsigned, 4)
COPY(by_one, byte, 1)

static __attribute__((noinline)) byte *backwards(byte *end, size n) {
  for (; n > 3; n -= 4, end -= 4) end[-1] ^= n;
  end[0] = n;
  return end;
}
static __attribute__((noinline)) size until(const byte *s, size n) {
  for (; n > 0; n--, s++)
    if (*s == 7) break;
  return n;
}
static __attribute__((noinline)) size used_within(byte *d, size n) {
  for (; n >= 8; n -= 8, d += 8) *d += n;
  return n;
}
static __attribute__((noinline)) size behind(byte *d, size n) {
  while (n--) *d++ += 3;
  return n;
}
static __attribute__((noinline)) unsigned long steps(const unsigned long *p, size n) {
  unsigned long sum = 0, i = 5;
  for (; n != 0; n--, p++, i += 3) sum = sum * 5 + *p + i;
  return sum + n;
}
static __attribute__((noinline)) unsigned long other_step(const byte *p, size n) {
  unsigned long sum = 0;
  for (; n >= 4; n -= 4, p += 2) sum = sum * 7 + *p;
  return sum * 100 + n;
}
static unsigned sum(void) {
  unsigned s = 0;
  for (int i = 0; i < 80; i++) s = s * 31 + to[i];
  return s;
}
int main(void) {
  unsigned long words[6] = {1, 2, 3, 5, 8, 13};
  for (int i = 0; i < 80; i++) from[i] = i * 5 + 2;
  for (size n = 0; n < 34; n++) {
    for (int i = 0; i < 80; i++) to[i] = i;
    printf("%lu:", n);
    printf(" %lu %x", by_eight(to, from, n), sum());
    printf(" %lu %x", by_four(to + 8, from, n), sum());
    printf(" %lu %x", by_one(to + 5, from + 3, n), sum());
    printf(" %ld %x", (long)(backwards(to + 60, n) - to), sum());
    printf(" %lu %lu", until(from, n), until(to, n));
    printf(" %lu %ld %x", used_within(to, n), (long)behind(to, n), sum());
    printf(" %lu %lu\n", steps(words, n % 7), other_step(from, n));
  }
  return 0;
}
