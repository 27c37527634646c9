// << at every width, by variables and by constants.
#include <stdio.h>

int main(void) {
  for (int n = 0; n < 32; n++) {
    volatile unsigned a = 0x80000003u;
    volatile int one = 1, by = n;
    printf("%x %x\n", a << by, (unsigned)one << by);
  }
  for (int n = 0; n < 64; n++) {
    volatile unsigned long a = 0x8000000000000003u;
    volatile unsigned char by = n;
    printf("%lx %lx\n", a << by, 1ul << n);
  }
  volatile unsigned char c = 0xff;
  volatile short s = 0x7f;
  volatile unsigned short us = 0xffff;
  printf("%d %d %d\n", c << 4, s << 8, us << 3);
  volatile unsigned u = 0xdeadbeef;
  volatile unsigned long l = 0x123456789abcdef;
  printf("%x %x %x %x\n", u << 0, u << 1, u << 16, u << 31);
  printf("%lx %lx %lx %lx %lx\n", l << 1, l << 12, l << 32, l << 33, l << 63);
  volatile long long by = 5;
  printf("%x\n", u << by);
  return 0;
}
