// Unsigned arithmetic is modulo a power of two, also where 32-bit results meet 64-bit ones.
#include <stdio.h>

static unsigned long widen(unsigned value) { return value; }
static long widen_signed(int value) { return value; }

int main(void) {
  volatile unsigned big = 0xfffffff0;
  unsigned sum = big + 0x20;
  printf("%u %lu\n", sum, (unsigned long)sum);
  printf("%lu\n", (unsigned long)(big + big));
  printf("%lu\n", (unsigned long)big + big);
  printf("%lu\n", widen(big * 3));
  printf("%lu\n", widen(0 - big));
  printf("%ld\n", widen_signed((int)(big << 1)));
  printf("%lu\n", widen(~big));
  unsigned long index = big + 17;
  printf("%lu\n", index);
  printf("%d\n", big + 0x10 == 0);
  printf("%d\n", big + 0x11 < big);
  unsigned char byte = 250;
  byte += 10;
  printf("%d\n", byte);
  unsigned short half = 3;
  half -= 5;
  printf("%d\n", half);
  unsigned long l = 0;
  l--;
  printf("%lu %d\n", l, l + 1 == 0);
  return 0;
}
