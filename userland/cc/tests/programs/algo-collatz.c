// Number games: Collatz, perfect numbers, factors, greatest common divisors, powers modulo.
#include <stdio.h>

static int collatz(unsigned long n) {
  int steps = 0;
  for (; n != 1; steps++) n = n % 2 ? 3 * n + 1 : n / 2;
  return steps;
}
static unsigned long power(unsigned long base, unsigned long exponent, unsigned long modulus) {
  unsigned long r = 1;
  for (base %= modulus; exponent; exponent >>= 1) {
    if (exponent & 1) r = r * base % modulus;
    base = base * base % modulus;
  }
  return r;
}
static long gcd(long a, long b, long *x, long *y) {
  if (b == 0) {
    *x = 1;
    *y = 0;
    return a;
  }
  long x1, y1, g = gcd(b, a % b, &x1, &y1);
  *x = y1;
  *y = x1 - a / b * y1;
  return g;
}
static unsigned root(unsigned long n) {
  unsigned long r = 0;
  for (unsigned long bit = 1ul << 31; bit; bit >>= 1)
    if ((r | bit) * (r | bit) <= n) r |= bit;
  return r;
}

int main(void) {
  int best = 0, at = 0;
  for (int i = 1; i < 3000; i++) {
    int steps = collatz(i);
    if (steps > best) best = steps, at = i;
  }
  printf("%d %d\n", at, best);
  for (int n = 2; n < 500; n++) {
    int sum = 1;
    for (int d = 2; d * d <= n; d++)
      if (n % d == 0) sum += d + (d * d == n ? 0 : n / d);
    if (sum == n) printf("%d ", n);
  }
  for (unsigned long n = 600851475143, f = 2; n > 1; f++)
    while (n % f == 0) printf("%lu ", f), n /= f;
  printf("\n%lu %lu\n", power(2, 1000, 1000007), power(3, 12345678901, 998244353));
  long x, y, g = gcd(240, 46, &x, &y);
  printf("%ld %ld %ld\n", g, x, y);
  printf("%u %u %u\n", root(99), root(100), root(18446744065119617025u));
  return 0;
}
