// Twenty arguments of changing widths.
#include <stdio.h>

__attribute__((noinline)) static long f(char a, short b, int c, long d, unsigned char e, unsigned short f, unsigned g,
                                        unsigned long h, char i, short j, int k, long l, signed char m, unsigned short n,
                                        unsigned o, unsigned long p, _Bool q, int r, char *s, long t) {
  printf("%d %d %d %ld %d %d %u %lu\n", a, b, c, d, e, f, g, h);
  printf("%d %d %d %ld %d %d %u %lu %d %d %s %ld\n", i, j, k, l, m, n, o, p, q, r, s, t);
  return a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + *s + t;
}

int main(void) {
  printf("%ld\n", f(-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -13, -14, -15, -16, -17, -18, "s", -20));
  printf("%ld\n", f(1, 2, 3, 4, 5, 6, 7, 8, 300, 70000, 11, 12, 200, 70000, 15, 16, 256, 18, "t", 20));
  return 0;
}
