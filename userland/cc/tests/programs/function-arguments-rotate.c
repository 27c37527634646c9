// Arguments that change places need care when registers are assigned in parallel.
#include <stdio.h>

__attribute__((noinline)) static int digits(int a, int b, int c, int d, int e, int f, int g, int h) {
  return ((((((a * 10 + b) * 10 + c) * 10 + d) * 10 + e) * 10 + f) * 10 + g) * 10 + h;
}
__attribute__((noinline)) static int rotate(int a, int b, int c, int d, int e, int f, int g, int h) { return digits(b, c, d, e, f, g, h, a); }
__attribute__((noinline)) static int reverse(int a, int b, int c, int d, int e, int f, int g, int h) { return digits(h, g, f, e, d, c, b, a); }
__attribute__((noinline)) static int swap(int a, int b, int c, int d, int e, int f, int g, int h) { return digits(b, a, d, c, f, e, h, g); }
__attribute__((noinline)) static int same(int a, int b, int c, int d, int e, int f, int g, int h) { return digits(a, a, c, b, e, h, h, d); }
__attribute__((noinline)) static int down(int n, int a, int b, int c) { return n == 0 ? a * 100 + b * 10 + c : down(n - 1, c, a, b); }

int main(void) {
  printf("%d\n", digits(1, 2, 3, 4, 5, 6, 7, 8));
  printf("%d\n", rotate(1, 2, 3, 4, 5, 6, 7, 8));
  printf("%d\n", reverse(1, 2, 3, 4, 5, 6, 7, 8));
  printf("%d\n", swap(1, 2, 3, 4, 5, 6, 7, 8));
  printf("%d\n", same(1, 2, 3, 4, 5, 6, 7, 8));
  for (int i = 0; i < 4; i++) printf("%d ", down(i, 1, 2, 3));
  printf("\n");
  return 0;
}
