// Constants of all lengths must reach the registers intact.
#include <stdio.h>

int main(void) {
  static volatile unsigned long sink;
#define SHOW(n) (sink = (unsigned long)(n), printf("%lx %d\n", sink, sink == (unsigned long)(n)))
  SHOW(0);
  SHOW(1);
  SHOW(-1);
  SHOW(2047);
  SHOW(2048);
  SHOW(-2048);
  SHOW(-2049);
  SHOW(4095);
  SHOW(4096);
  SHOW(0x7ffff7ff);
  SHOW(0x7ffff800);
  SHOW(0x7fffffff);
  SHOW(0x80000000);
  SHOW(0xfffff800);
  SHOW(0xffffffff);
  SHOW(0x100000000);
  SHOW(0x1fffff800);
  SHOW(0x123456789);
  SHOW(0x7fffffffffff);
  SHOW(0x800000000000);
  SHOW(0x123456789abcdef0);
  SHOW(0xfedcba9876543210);
  SHOW(0x7fffffffffffffff);
  SHOW(0x8000000000000000);
  SHOW(0xffffffff00000000);
  SHOW(0xffffffff80000000);
  SHOW(0xffffffff7fffffff);
  SHOW(0xaaaaaaaaaaaaaaaa);
  SHOW(0x5555555555555555);
  SHOW(0x00ff00ff00ff00ff);
  SHOW(0x8000000000000001);
  SHOW(-2147483648);
  SHOW(-2147483649);
  SHOW(0x7ffffffffffff800);
  SHOW(0xfffffffffffff7ff);
  return 0;
}
