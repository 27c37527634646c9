// Results of narrow types used at once in wider expressions.
#include <stdio.h>

#define N __attribute__((noinline)) static
N signed char sc(int x) { return x; }
N unsigned char uc(int x) { return x; }
N short ss(int x) { return x; }
N unsigned short us(int x) { return x; }
N unsigned ui(long x) { return x; }
N int si(long x) { return x; }
N _Bool bo(int x) { return x; }

int main(void) {
  for (int x = -70000; x < 70000; x += 9999) {
    printf("%d %d %d %d %d ", sc(x) + 1, uc(x) + 1, ss(x) * 2, us(x) * 2, bo(x) + bo(0));
    printf("%ld %ld %d\n", (long)ui(x) * 2, (long)si((long)x * 40000) + 1, uc(x) == (x & 255));
  }
  return 0;
}
