// Comparisons with constants at the borders of what an immediate holds.
#include <stdio.h>

static void test(long value) {
  volatile long l = value;
  volatile int i = (int)value;
  volatile unsigned u = (unsigned)value;
  volatile unsigned long ul = (unsigned long)value;
#define ALL(n) \
  printf("%d%d%d%d%d%d ", l < n, l <= n, l > n, l >= n, l == n, l != n), \
  printf("%d%d%d%d%d%d ", i < n, i <= n, i > n, i >= n, i == n, i != n), \
  printf("%d%d%d%d%d%d ", u < n, u <= n, u > n, u >= n, u == n, u != n), \
  printf("%d%d%d%d%d%d\n", ul < n, ul <= n, ul > n, ul >= n, ul == n, ul != n)
  ALL(0);
  ALL(1);
  ALL(-1);
  ALL(2047);
  ALL(2048);
  ALL(-2048);
  ALL(-2049);
  ALL(2147483647);
  ALL(0x80000000u);
}

int main(void) {
  static const long values[] = {0, 1, -1, 2046, 2047, 2048, 2049, -2047, -2048, -2049, 2147483647, -2147483648};
  for (int i = 0; i < (int)(sizeof values / sizeof *values); i++) test(values[i]);
  return 0;
}
