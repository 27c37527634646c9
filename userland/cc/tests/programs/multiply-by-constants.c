// Multiplication with constants may become shifts and additions.
#include <stdio.h>

int main(void) {
  static const int values[] = {0, 1, -1, 7, -13, 1000, -99999};
  for (int k = 0; k < 7; k++) {
    volatile int v = values[k];
    volatile long w = values[k] * 1000003l;
    int i = v;
    long l = w;
    unsigned u = (unsigned)v;
#define BY(n) printf("%d %ld %u\n", i * n, l * n, u * n)
    BY(0); BY(1); BY(-1); BY(2); BY(3); BY(4); BY(5); BY(7); BY(8); BY(9); BY(10); BY(12);
    BY(15); BY(16); BY(17); BY(24); BY(31); BY(60); BY(64); BY(100); BY(127); BY(1000); BY(1024); BY(4096); BY(-8); BY(-7);
    printf("%ld %ld\n", l * 65536, l * 1000000);
  }
  return 0;
}
