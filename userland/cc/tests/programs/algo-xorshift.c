// Random numbers of several generators, statistics in integers.
#include <stdint.h>
#include <stdio.h>

static uint64_t s[2] = {1, 2};
static uint64_t rotate(uint64_t x, int k) { return x << k | x >> (64 - k); }
static uint64_t xoroshiro(void) {
  uint64_t a = s[0], b = s[1], r = a + b;
  b ^= a;
  s[0] = rotate(a, 24) ^ b ^ b << 16;
  s[1] = rotate(b, 37);
  return r;
}
static uint32_t xorshift(uint32_t *x) {
  *x ^= *x << 13;
  *x ^= *x >> 17;
  return *x ^= *x << 5;
}
static uint64_t splitmix(uint64_t *x) {
  uint64_t z = *x += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}
static uint16_t lfsr(uint16_t x) { return x >> 1 ^ (-(x & 1) & 0xb400); }

int main(void) {
  uint32_t x = 2463534242;
  uint64_t m = 0;
  for (int i = 0; i < 5; i++) {
    printf("%016lx ", xoroshiro());
    printf("%u ", xorshift(&x));
    printf("%lu\n", splitmix(&m));
  }
  unsigned period = 0;
  uint16_t l = 0xace1;
  do {
    l = lfsr(l);
    period++;
  } while (l != 0xace1);
  int histogram[8] = {0};
  for (int i = 0; i < 4000; i++) histogram[xoroshiro() >> 61]++;
  printf("%u", period);
  for (int i = 0; i < 8; i++) printf(" %d", histogram[i]);
  printf("\n");
  return 0;
}
