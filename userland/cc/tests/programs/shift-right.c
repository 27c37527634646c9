// >> is arithmetic on signed types and logical on unsigned ones.
#include <stdio.h>

int main(void) {
  for (int n = 0; n < 32; n++) {
    volatile unsigned a = 0x80000003u;
    volatile int b = -2147483647, c = 0x70000001, by = n;
    printf("%x %d %d\n", a >> by, b >> by, c >> n);
  }
  for (int n = 0; n < 64; n++) {
    volatile unsigned long a = 0x8000000000000003u;
    volatile long b = -9223372036854775807, by = n;
    printf("%lx %ld\n", a >> by, b >> by);
  }
  volatile unsigned char uc = 0xff;
  volatile signed char sc = -100;
  volatile short s = -30000;
  volatile unsigned short us = 0xfff0;
  printf("%d %d %d %d\n", uc >> 3, sc >> 3, s >> 5, us >> 5);
  volatile int i = -12345678;
  printf("%d %d %d %d\n", i >> 1, i >> 8, i >> 16, i >> 31);
  printf("%u %u\n", (unsigned)i >> 8, (unsigned)i >> 31);
  volatile long l = -1234567890123456789;
  printf("%ld %ld %ld %lu\n", l >> 1, l >> 32, l >> 63, (unsigned long)l >> 40);
  return 0;
}
