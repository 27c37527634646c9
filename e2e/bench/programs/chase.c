/* Pointer chase through 8 MiB in a pseudo-random cycle: TLB and cache misses. */
#include "bench.h"
#define COUNT (1 << 20)
static u32 next[COUNT * 2];

int main(void) {
  /* A full-period linear congruence visits every element once. */
  u32 at = 0;
  for (u32 i = 0; i < COUNT; i++) {
    u32 to = (at * 1664525u + 1013904223u) & (COUNT - 1);
    next[at * 2] = to;
    at = to;
  }
  u64 sum = 0;
  for (u32 i = 0; i < 4 * COUNT; i++) {
    at = next[at * 2];
    sum += at ^ i;
  }
  report(sum);
  return 0;
}
