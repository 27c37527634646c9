// Arguments are converted to the parameters' types, at once and silently.
#include <stdio.h>

#define N __attribute__((noinline)) static
N long widen(long x) { return x; }
N unsigned long widen_unsigned(unsigned long x) { return x; }
N int narrow(int x) { return x; }
N char byte(char x) { return x; }
N _Bool truth(_Bool x) { return x; }
N long pointer(const void *p) { return p != 0; }

int main(void) {
  volatile int minus = -5;
  volatile unsigned big = 4000000000u;
  volatile long wide = 0x1234567890;
  volatile unsigned char uc = 250;
  printf("%ld %ld %ld %ld\n", widen(minus), widen(big), widen(uc), widen(minus + 1u));
  printf("%lu %lu %lu\n", widen_unsigned(minus), widen_unsigned(big), widen_unsigned(uc - 251));
  printf("%d %d %d\n", narrow(wide), narrow(big), narrow(uc * 2));
  printf("%d %d %d\n", byte(minus), byte(wide), byte(big));
  printf("%d %d %d\n", truth(wide), truth(minus + 5), truth(0x100));
  printf("%ld %ld %ld\n", pointer(0), pointer("x"), pointer(&wide != 0 ? (void *)0 : "y"));
  return 0;
}
