// Additions of constants at the borders of the immediate's twelve bits.
#include <stdio.h>

int main(void) {
  volatile int v = 1000;
  volatile long w = 1000;
  int i = v;
  long l = w;
#define BY(n) printf("%d %ld %d %ld\n", i + n, l + n, i - n, l - n)
  BY(0); BY(1); BY(-1); BY(2047); BY(2048); BY(2049); BY(-2047); BY(-2048); BY(-2049); BY(4094); BY(4096);
  BY(65536); BY(2147480000); BY(-2147480000);
  printf("%ld %ld\n", l + 0x123456789abc, l - 0x123456789abc);
  printf("%d %d\n", i & 2047, i & 2048);
  printf("%d %d\n", i | 2047, i | 2048);
  printf("%d %d %d\n", i ^ 2047, i ^ 2048, i ^ -1);
  printf("%ld %ld\n", l & 0xffffffff, l & -4096);
  return 0;
}
