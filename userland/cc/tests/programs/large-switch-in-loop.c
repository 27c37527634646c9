// A switch with a hundred cases, run through a loop.
#include <stdio.h>

#define CASE(n) case n: x = x * 3 + n * 7; break;
#define CASES(n) CASE(n) CASE(n + 1) CASE(n + 2) CASE(n + 3) CASE(n + 4) CASE(n + 5) CASE(n + 6) CASE(n + 7) CASE(n + 8) CASE(n + 9)

int main(void) {
  unsigned x = 1;
  for (int turn = 0; turn < 1000; turn++) {
    switch (x % 131) {
      CASES(0) CASES(10) CASES(20) CASES(30) CASES(40) CASES(50) CASES(60) CASES(70) CASES(80) CASES(90)
      case 110 ... 120: x ^= 0x55; break;
      default: x += 17;
    }
  }
  printf("%u\n", x);
  return 0;
}
