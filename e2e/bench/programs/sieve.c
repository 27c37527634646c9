/* Sieve of Eratosthenes over bytes: stores with a stride. */
#include "bench.h"
#define LIMIT 1000000
static u8 composite[LIMIT + 1];

int main(void) {
  u64 sum = 0;
  for (int round = 0; round < 12; round++) {
    memset(composite, 0, sizeof composite);
    for (u32 i = 2; i <= LIMIT; i++) {
      if (composite[i]) continue;
      sum += i;
      for (u64 j = (u64)i * i; j <= LIMIT; j += i) composite[j] = 1;
    }
  }
  report(sum);
  return 0;
}
