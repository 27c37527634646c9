/* memcpy and memset of 1 MiB, with the plain loops of bench.h. */
#include "bench.h"
static u64 from[131072], to[131072];

int main(void) {
  u64 sum = 0;
  for (int round = 0; round < 200; round++) {
    memset(from, round, sizeof from);
    memcpy(to, from, sizeof to);
    sum += to[round * 601];
  }
  report(sum);
  return 0;
}
