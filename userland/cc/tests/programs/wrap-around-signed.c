// flags: -fwrapv
// With -fwrapv signed arithmetic wraps around, too.
#include <limits.h>
#include <stdio.h>

int main(void) {
  volatile int most = INT_MAX, least = INT_MIN;
  volatile long longest = LONG_MAX, shortest = LONG_MIN;
  printf("%d %d %d %d\n", most + 1, least - 1, -least, most * 2);
  printf("%ld %ld %ld %ld\n", longest + 1, shortest - 1, -shortest, longest * 3);
  printf("%ld\n", (long)(most + 1));
  int i = most;
  i++;
  printf("%d %ld\n", i, (long)i);
  i = 65536;
  i *= i;
  printf("%d\n", i);
  printf("%d\n", most + 1 < most);
  return 0;
}
