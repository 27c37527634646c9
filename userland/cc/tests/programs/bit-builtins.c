// Counting bits and swapping bytes.
#include <stdio.h>

int main(void) {
  static const unsigned long values[] = {1, 2, 3, 0x80, 0xff00, 0x12345678, 0x80000000, 0xffffffff, 0x100000000, 0x123456789abcdef, 0x8000000000000000, 0xffffffffffffffff};
  for (int i = 0; i < 12; i++) {
    volatile unsigned long l = values[i];
    volatile unsigned u = (unsigned)l;
    volatile unsigned short s = (unsigned short)l;
    printf("%d %d %d %d ", __builtin_clzl(l), __builtin_ctzl(l), __builtin_popcountl(l), __builtin_ffsl(l));
    if (u) printf("%d %d ", __builtin_clz(u), __builtin_ctz(u));
    printf("%d %d %d ", __builtin_popcount(u), __builtin_ffs(u), __builtin_parity(u));
    printf("%d %d %d ", __builtin_clzll(l), __builtin_ctzll(l), __builtin_popcountll(l));
    printf("%x %x %lx %d\n", __builtin_bswap16(s), __builtin_bswap32(u), __builtin_bswap64(l), __builtin_parityl(l));
  }
  printf("%d %d %d\n", __builtin_clz(1), __builtin_ctz(8), __builtin_popcount(0xf0f0));
  printf("%d %d\n", __builtin_ffs(0), __builtin_ffsl(0));
  _Static_assert(__builtin_clz(1) == 31 && __builtin_popcount(7) == 3 && __builtin_bswap32(1) == 0x01000000, "constants");
  return 0;
}
