// Chains of operations that change width in the middle.
#include <stdio.h>

int main(void) {
  volatile unsigned char b = 200;
  volatile short s = -1000;
  volatile int i = 123456;
  volatile unsigned u = 4000000000u;
  volatile long l = -5000000000;
  long r = b + s * i - u;
  printf("%ld\n", r);
  r = (b + s) * l + u;
  printf("%ld\n", r);
  r = (int)(l + b) * (short)(i) - (unsigned char)u;
  printf("%ld\n", r);
  r = l / s + u % b - (i >> 3) * (u >> 20);
  printf("%ld\n", r);
  unsigned long x = u * 2 + u * 2ul;
  printf("%lu\n", x);
  x = (unsigned long)u * u - (long)i * s;
  printf("%lu\n", x);
  int y = (l < 0) + (u > 0) * 2 + (s < b) * 4 + (i == 123456) * 8;
  printf("%d\n", y);
  b += s;
  s *= i;
  u -= l;
  printf("%d %d %u\n", b, s, u);
  return 0;
}
