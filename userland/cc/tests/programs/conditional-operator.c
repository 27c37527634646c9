// ?: evaluates one of two operands and converts it to their common type.
#include <stdio.h>

static int side;
static int left(void) { return side = 1; }
static int right(void) { return side = 2; }

int main(void) {
  for (volatile int i = 0; i < 2; i++) {
    int value = i ? left() : right();
    printf("%d %d\n", value, side);
    printf("%ld\n", (long)(i ? -1 : 1u));
    printf("%ld\n", i ? -1 : 1l);
    printf("%zu %zu %zu\n", sizeof(i ? 1 : 1l), sizeof(i ? (char)1 : (char)2), sizeof(i ? 1u : 1));
    printf("%s\n", i ? "one" : "zero");
    printf("%d\n", i == 0 ? 10 : i == 1 ? 11 : 12);
    int a = 5, b = 6;
    *(i ? &a : &b) = 9;
    printf("%d %d\n", a, b);
    i ? (void)left() : (void)right();
    printf("%d\n", side);
  }
  int *p = &side;
  void *v = 0;
  printf("%d %d\n", (side ? p : 0) == p, *(side ? p : (int *)v));
  return 0;
}
