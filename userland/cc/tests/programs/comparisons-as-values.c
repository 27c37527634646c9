// Comparisons and negations that become numbers.
#include <stdio.h>

static int sign(int x) { return (x > 0) - (x < 0); }
static int compare(unsigned long a, unsigned long b) { return (a > b) - (a < b); }
static int clamp(int x, int low, int high) { return x < low ? low : x > high ? high : x; }
static int between(int x) { return 3 <= x & x <= 7; }
static int mask(int x) { return -(x != 0); }

int main(void) {
  for (int x = -3; x < 10; x += 2) printf("%d %d %d %d %d|", sign(x), clamp(x, -1, 6), between(x), mask(x), !x + !!x * 2);
  printf("\n%d %d %d\n", compare(1, 2), compare(~0ul, 0), compare(5, 5));
  unsigned u = 5;
  long l = 5;
  printf("%d %d %d %d\n", (u == 5) + (l == 5), (u != 5) * 10, (l >= 5) << 3, ~(u > 4));
  return 0;
}
