// static, inline and extern functions.
#include <stdio.h>

static inline int twice(int x) { return 2 * x; }
static inline int later(int x);
inline int both(int x) { return x + 1; }
extern inline int both(int x);
static int recursive_inline(int n);
static inline int recursive_inline(int n) { return n ? n + recursive_inline(n - 1) : 0; }
__attribute__((always_inline)) static inline int always(int *p) { return (*p)++; }
extern int twice(int);
static inline int later(int x) { return x * x; }

int main(void) {
  int n = 5;
  printf("%d %d %d %d\n", twice(4), later(5), both(6), recursive_inline(10));
  printf("%d", always(&n));
  printf(" %d\n", always(&n) + n * 0 + always(&n));
  printf("%d %d\n", n, (twice)(n));
  int (*f)(int) = later;
  printf("%d\n", f(9));
  return 0;
}
