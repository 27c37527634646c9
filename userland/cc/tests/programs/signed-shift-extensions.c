// Sign and zero extensions by pairs of shifts and casts.
#include <stdio.h>

int main(void) {
  static const long values[] = {0, 1, 127, 128, 255, 32768, 65535, 0x7fffffff, 0x80000000, 0xffffffff, 0x123456789abcdef0, -1};
  for (int i = 0; i < 12; i++) {
    volatile long v = values[i];
    unsigned long u = v;
    printf("%ld %ld %ld ", (long)(u << 56) >> 56, (long)(u << 48) >> 48, (long)(u << 32) >> 32);
    printf("%lu %lu %lu ", u << 56 >> 56, u << 48 >> 48, u << 32 >> 32);
    printf("%d %d %ld ", (signed char)v, (short)v, (long)(int)v);
    printf("%lu %lu %lu\n", u & 0xff, u & 0xffff, u & 0xffffffff);
  }
  return 0;
}
