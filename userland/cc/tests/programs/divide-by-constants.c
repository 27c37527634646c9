// Division by constants may become multiplications and shifts.
#include <stdio.h>

int main(void) {
  static const long values[] = {0, 1, -1, 7, -7, 8, -8, 9, 100, -100, 12345, -12345, 2147483647, -2147483647 - 1};
  for (int k = 0; k < 14; k++) {
    volatile int v = (int)values[k];
    volatile long w = values[k] * 4294967311l;
    int i = v;
    long l = w;
    unsigned u = (unsigned)v;
    unsigned long ul = (unsigned long)w;
#define BY(n) \
  printf("%d %d %ld %ld %u %u %lu %lu\n", i / n, i % n, l / n, l % n, u / n##u, u % n##u, ul / n##u, ul % n##u)
    BY(1); BY(2); BY(3); BY(4); BY(5); BY(7); BY(8); BY(10); BY(16); BY(100); BY(128); BY(641); BY(1000); BY(65536);
    BY(1000000); BY(2147483647);
    printf("%d %d %ld %ld\n", i / -2, i % -2, l / -8, l % -8);
    printf("%d %d %ld %ld\n", i / -3, i % -3, l / -10, l % -10);
    printf("%d %ld\n", (signed char)i / 4, (long)((short)l % 8));
  }
  return 0;
}
