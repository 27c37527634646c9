// Calls as arguments of calls, results that must survive.
#include <stdio.h>

#define N __attribute__((noinline)) static
N int f(int a, int b, int c) { return a * 100 + b * 10 + c; }
N long g(long a, int b) { return a * b; }
N int h(void) { static int n; return ++n; }

int main(void) {
  printf("%d\n", f(f(1, 2, 3) % 7, f(4, 5, 6) % 7, f(7, 8, 9) % 7));
  printf("%ld\n", g(g(g(2, 3), 4), (int)g(5, 6)));
  int a = h();
  int b = a + h() * 10;
  printf("%d\n", b + f(a, b, f(b, a, 1) % 10));
  long x = 3, y = 4;
  long r = x * g(y, 2) + y * g(x, 3) - g(x, 4) * g(y, 5);
  printf("%ld\n", r);
  printf("%d %d\n", f(a++, 0, 0), a);
  return 0;
}
