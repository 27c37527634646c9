// Structures of bit-fields by value.
#include <stdio.h>

struct flags { unsigned a : 3, b : 7; int c : 12; unsigned long d : 50; };
__attribute__((noinline)) static struct flags bump(struct flags f, int by) {
  f.a += by;
  f.b -= by;
  f.c *= by;
  f.d <<= by;
  return f;
}

int main(void) {
  struct flags f = {1, 2, 3, 4};
  for (int i = 1; i < 5; i++) {
    f = bump(f, i);
    printf("%u %u %d %lu\n", f.a, f.b, f.c, (unsigned long)f.d);
  }
  return 0;
}
