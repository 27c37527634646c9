// A hundred variables that live through a call.
#include <stdio.h>

__attribute__((noinline)) static int id(int x) { return x; }
#define EACH(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31) X(32) X(33) X(34) X(35) X(36) X(37) X(38) X(39)
#define DECLARE(n) int a##n = id(n * 3); long b##n = id(n) - 7l;
#define CHANGE(n) a##n += (int)b##n * i; b##n ^= a##n;
#define SUM(n) sum = sum * 3 + a##n - b##n;

int main(void) {
  EACH(DECLARE)
  for (int i = 0; i < 4; i++) {
    EACH(CHANGE)
    id(i);
  }
  unsigned long sum = 0;
  EACH(SUM)
  printf("%lu %d %ld\n", sum, a17, b39);
  return 0;
}
