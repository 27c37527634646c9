// Reads after writes through pointers that do alias.
#include <stdio.h>

__attribute__((noinline)) static int alias(int *a, int *b) {
  *a = 1;
  *b = 2;
  return *a;
}
__attribute__((noinline)) static long bytes(long *l, unsigned char *c) {
  *l = 0;
  c[1] = 5;
  return *l;
}
struct s { int x, y; };
__attribute__((noinline)) static int members(struct s *a, int *p) {
  a->x = 1;
  *p = 7;
  a->y = a->x;
  return a->y;
}
static int counter;
__attribute__((noinline)) static void bump(void) { counter++; }
__attribute__((noinline)) static int across(void) {
  int before = counter;
  bump();
  return counter - before;
}

int main(void) {
  int n, m;
  long l;
  struct s s;
  printf("%d %d\n", alias(&n, &m), alias(&n, &n));
  printf("%ld\n", bytes(&l, (unsigned char *)&l));
  printf("%d %d\n", members(&s, &n), members(&s, &s.x));
  printf("%d\n", across());
  int local = 5, *p = &local;
  *p = 6;
  local++;
  printf("%d %d\n", local, *p);
  return 0;
}
