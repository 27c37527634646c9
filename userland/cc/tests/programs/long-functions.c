// A function with so much code that branches need more than their twelve bits.
#include <stdio.h>

#define STEP(n) x = x * 31 + (n); if (x & 1) y += x ^ (n); else y -= (x >> 3) + (n); table[(x >> 5 & 7)] += y;
#define STEPS_4(n) STEP(n) STEP(n + 1) STEP(n + 2) STEP(n + 3)
#define STEPS_16(n) STEPS_4(n) STEPS_4(n + 4) STEPS_4(n + 8) STEPS_4(n + 12)
#define STEPS_64(n) STEPS_16(n) STEPS_16(n + 16) STEPS_16(n + 32) STEPS_16(n + 48)

static unsigned table[8];
static unsigned run(unsigned x, int rounds) {
  unsigned y = 0;
  for (int i = 0; i < rounds; i++) {
    if (x % 7 == 3) {
      STEPS_64(1000)
      if (y > 0xf0000000) break;
    }
    STEPS_64(i)
    if (x % 5 == 1) continue;
    STEPS_64(i * 3)
  }
  return x ^ y;
}

int main(void) {
  printf("%u %u\n", run(1, 10), run(12345, 50));
  for (int i = 0; i < 8; i++) printf("%u ", table[i]);
  printf("\n");
  return 0;
}
