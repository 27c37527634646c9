// Computations that an optimiser may move, merge or drop.
#include <stdio.h>

static int table[64];
__attribute__((noinline)) static int sum(const int *a, int n, int k, int j) {
  int s = 0;
  for (int i = 0; i < n; i++) {
    s += a[i] * (k * j + 3);
    s ^= k / (j + 1);
    if (i % 8 == 7) s -= a[k & 7] + a[k & 7];
  }
  return s;
}
__attribute__((noinline)) static int dead(int x) {
  int unused = x * 7, y = x + 1;
  y = x + 2;
  unused += y;
  int z = y - y, w = y ^ y, v = y & 0, u = y * 1, t = y / 1, r = y | 0;
  return z + w + v + u + t + r + (x == x) + (x < x);
}
__attribute__((noinline)) static int division(int n, int d) {
  int s = 0;
  for (int i = 0; i < n; i++)
    if (d != 0) s += 100 / d;
  return s;
}

int main(void) {
  for (int i = 0; i < 64; i++) table[i] = i * i - 7 * i;
  printf("%d %d\n", sum(table, 64, 5, 6), sum(table, 0, 1, 2));
  printf("%d %d\n", dead(5), dead(-9));
  printf("%d %d\n", division(10, 3), division(10, 0));
  int a = table[3], b = table[3];
  table[3] = 1;
  int c = table[3];
  printf("%d %d\n", a - b, c);
  return 0;
}
