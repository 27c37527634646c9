// Locals whose addresses go elsewhere, and come back changed.
#include <stdio.h>

static int *kept;
__attribute__((noinline)) static void keep(int *p) { kept = p; }
__attribute__((noinline)) static void poke(int v) { *kept = v; }
static void divide(int a, int b, int *quotient, int *remainder) {
  *quotient = a / b;
  *remainder = a % b;
}
static void swap(long *a, long *b) {
  long t = *a;
  *a = *b;
  *b = t;
}

int main(void) {
  int x = 1;
  keep(&x);
  poke(5);
  int y = x * 2;
  poke(y + 1);
  printf("%d %d\n", x, y);
  int q, r;
  divide(17, 5, &q, &r);
  printf("%d %d\n", q, r);
  long a = 3, b = 4;
  for (int i = 0; i < 5; i++) {
    swap(&a, &b);
    a += i;
  }
  printf("%ld %ld\n", a, b);
  char c = 'a';
  char *pc = &c;
  for (int i = 0; i < 3; i++) ++*pc;
  printf("%c\n", c);
  return 0;
}
