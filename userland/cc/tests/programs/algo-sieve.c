// The sieve of Eratosthenes, in bytes and in bits.
#include <stdio.h>

#define N 5000
static unsigned char composite[N];
static unsigned long bits[N / 64 + 1];

int main(void) {
  int count = 0, last = 0;
  for (int i = 2; i < N; i++) {
    if (composite[i]) continue;
    count++;
    last = i;
    for (int j = i * i; j < N; j += i) composite[j] = 1;
  }
  printf("%d %d\n", count, last);
  count = 0;
  for (unsigned i = 2; i < N; i++) {
    if (bits[i / 64] >> i % 64 & 1) continue;
    count++;
    for (unsigned j = i + i; j < N; j += i) bits[j / 64] |= 1ul << j % 64;
  }
  printf("%d %lx\n", count, bits[3]);
  return 0;
}
