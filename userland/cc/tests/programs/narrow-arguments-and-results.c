// Arguments and results of narrow types arrive converted.
#include <stdio.h>

#define PAIR(type, name) __attribute__((noinline)) static type name(type value) { return value + 1; }
PAIR(signed char, sc)
PAIR(unsigned char, uc)
PAIR(short, ss)
PAIR(unsigned short, us)
PAIR(int, ii)
PAIR(unsigned, ui)
PAIR(_Bool, bb)

int main(void) {
  static const long values[] = {0, 127, 128, 255, 256, 32767, 65535, 65536, 2147483646, -1, -129, 0x1ffffffff};
  for (int i = 0; i < 12; i++) {
    volatile long v = values[i];
    printf("%ld %ld %ld %ld %ld %ld %d\n", (long)sc(v), (long)uc(v), (long)ss(v), (long)us(v), (long)ii(v), (long)ui(v), bb(v));
  }
  return 0;
}
