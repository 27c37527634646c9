// Operands of different types are compared in their common type.
#include <stdio.h>

int main(void) {
  volatile int i = -1;
  volatile unsigned u = 1;
  volatile long l = -1;
  volatile unsigned long ul = 1;
  volatile unsigned char uc = 255;
  volatile signed char sc = -1;
  volatile unsigned short us = 65535;
  printf("%d %d\n", i < u, i > u);
  printf("%d %d\n", l < u, l > u);
  printf("%d %d\n", l < ul, l > ul);
  printf("%d %d\n", i < ul, i > ul);
  printf("%d %d\n", sc < uc, sc == uc);
  printf("%d %d\n", sc < u, sc > u);
  printf("%d %d\n", us > i, us < u);
  printf("%d %d\n", sc == us, (unsigned short)sc == us);
  printf("%d %d\n", u - 2 > 0, (int)(u - 2) > 0);
  printf("%d\n", i == 0xffffffff);
  printf("%d\n", i == 0xffffffffffffffff);
  printf("%d\n", l == 0xffffffff);
  return 0;
}
