// The result of a shift has the promoted left operand's type, whatever the right one is.
#include <stdio.h>

int main(void) {
  volatile int i = -8;
  volatile unsigned long by = 1;
  printf("%ld\n", (long)(i >> by));
  printf("%zu %zu %zu\n", sizeof(i << by), sizeof(by << i), sizeof((char)1 << by));
  volatile unsigned u = 0xffffffff;
  printf("%lx\n", (unsigned long)(u << by));
  printf("%lx\n", (unsigned long)u << by);
  return 0;
}
