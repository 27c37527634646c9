// Arguments of twice the registers' alignment begin at an even one.
#include <stdio.h>

struct aligned { _Alignas(16) long a; long b; };
#define N __attribute__((noinline)) static
N long f(int x, struct aligned s, int y) { return x + s.a * 3 + s.b * 5 + y * 7; }
N long g(int a, int b, int c, int d, int e, int f, int x, struct aligned s, int y) { return a + b + c + d + e + f + x + s.a * 3 + s.b * 5 + y * 7; }
N long h(struct aligned s, char c, struct aligned t) { return s.a + t.a * 3 + s.b * 5 + t.b * 7 + c; }
N struct aligned make(long a) { return (struct aligned){a, a + 1}; }

int main(void) {
  printf("%zu %zu\n", sizeof(struct aligned), _Alignof(struct aligned));
  printf("%ld\n", f(1, (struct aligned){2, 3}, 4));
  printf("%ld\n", g(1, 2, 3, 4, 5, 6, 7, (struct aligned){8, 9}, 10));
  printf("%ld\n", h(make(1), 'c', make(100)));
  return 0;
}
