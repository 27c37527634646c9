// Unary -, +, ~ and ! with promotion.
#include <stdio.h>

int main(void) {
  volatile unsigned char uc = 200;
  volatile signed char sc = -128;
  volatile short s = -32768;
  volatile unsigned short us = 65535;
  volatile int i = -2147483647, zero = 0;
  volatile unsigned u = 1;
  volatile long l = -9223372036854775807;
  volatile unsigned long ul = 1;
  volatile _Bool b = 1;
  int *volatile null = 0;
  printf("%d %d %d %d %d %u %ld %lu %d\n", -uc, -sc, -s, -us, -i, -u, -l, -ul, -b);
  printf("%d %d %d %d %d %u %ld %lu %d\n", +uc, +sc, +s, +us, +i, +u, +l, +ul, +b);
  printf("%d %d %d %d %d %u %ld %lu %d\n", ~uc, ~sc, ~s, ~us, ~i, ~u, ~l, ~ul, ~b);
  printf("%d %d %d %d %d %d %d %d %d\n", !uc, !sc, !zero, !us, !i, !u, !l, !ul, !b);
  printf("%d %d %d\n", !!uc, !null, !&i);
  printf("%zu %zu %zu\n", sizeof +uc, sizeof -l, sizeof !l);
  return 0;
}
