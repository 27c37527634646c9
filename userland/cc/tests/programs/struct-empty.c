// GNU's structure without members has no size and takes no argument register.
#include <stdio.h>

struct nothing {};
__attribute__((noinline)) static int f(int a, struct nothing n, int b) { (void)n; return a * 10 + b; }
__attribute__((noinline)) static struct nothing g(void) { struct nothing n; return n; }

int main(void) {
  struct nothing n = g();
  printf("%zu %d\n", sizeof n, f(1, n, 2));
  struct { int a; struct nothing n; int b; } s = {1, {}, 2};
  printf("%zu %d %d\n", sizeof s, s.a, s.b);
  return 0;
}
