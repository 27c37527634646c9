// Masks, rotations, fields and tests of single bits.
#include <stdint.h>
#include <stdio.h>

static uint32_t reverse(uint32_t x) {
  x = (x & 0x55555555) << 1 | (x >> 1 & 0x55555555);
  x = (x & 0x33333333) << 2 | (x >> 2 & 0x33333333);
  x = (x & 0x0f0f0f0f) << 4 | (x >> 4 & 0x0f0f0f0f);
  x = (x & 0x00ff00ff) << 8 | (x >> 8 & 0x00ff00ff);
  return x << 16 | x >> 16;
}
static int count(uint64_t x) {
  x -= x >> 1 & 0x5555555555555555;
  x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
  return ((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f) * 0x0101010101010101 >> 56;
}
static int log2_of(uint32_t x) {
  int r = (x > 0xffff) << 4;
  x >>= r;
  int s = (x > 0xff) << 3;
  x >>= s;
  r |= s;
  s = (x > 0xf) << 2;
  x >>= s;
  r |= s;
  s = (x > 3) << 1;
  x >>= s;
  r |= s;
  return r | x >> 1;
}

int main(void) {
  static const uint32_t values[] = {1, 0x80000000, 0x12345678, 0xffffffff, 0xdeadbeef, 1000};
  for (int i = 0; i < 6; i++) {
    volatile uint32_t v = values[i];
    uint32_t x = v;
    printf("%08x %d %d %x %d ", reverse(x), count(x | (uint64_t)x << 32), log2_of(x), x << 7 | x >> 25, (x & (x - 1)) == 0);
    printf("%x %x %d %x\n", x >> 12 & 0xff, (x & ~0xff0u) | 0x5a0, !!(x & 1u << 20), x ^ x >> 1);
  }
  int8_t sign = (int8_t)(values[3] >> 24);
  printf("%d %d %d\n", sign, (int)(values[4] << 4) >> 28, (int32_t)values[1] >> 31);
  return 0;
}
