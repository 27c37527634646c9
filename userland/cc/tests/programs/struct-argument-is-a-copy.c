// The callee's changes stay with it, for small and for large structures.
#include <stdio.h>

struct small { int a[2]; };
struct large { int a[20]; };
__attribute__((noinline)) static int change_small(struct small s) { return s.a[0] += 5; }
__attribute__((noinline)) static int change_large(struct large s) { return s.a[0] += 5, s.a[19] = 1, s.a[0]; }
__attribute__((noinline)) static int both(struct large s, struct large *same) { s.a[3] = 1; return same->a[3] += 2; }
__attribute__((noinline)) static struct large inc(struct large s) { for (int i = 0; i < 20; i++) s.a[i]++; return s; }

int main(void) {
  struct small s = {{1, 2}};
  struct large l = {{1, 2, 3, 4}};
  printf("%d %d\n", change_small(s), s.a[0]);
  printf("%d %d %d\n", change_large(l), l.a[0], l.a[19]);
  printf("%d ", both(l, &l));
  printf("%d\n", l.a[3]);
  l = inc(l);
  l = inc(inc(l));
  printf("%d %d\n", l.a[0], l.a[19]);
  return 0;
}
