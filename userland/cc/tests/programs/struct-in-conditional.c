// ?: and the comma on structures.
#include <stdio.h>

struct s { int a; long b; char c[20]; };

int main(void) {
  struct s x = {1, 2, "x"}, y = {3, 4, "y"};
  for (volatile int i = 0; i < 2; i++) {
    struct s z = i ? x : y;
    printf("%d %ld %s\n", z.a, z.b, z.c);
    printf("%s\n", (i ? x : y).c);
    z = (x.a++, i ? y : x);
    printf("%d %ld %s\n", z.a, z.b, z.c);
  }
  return 0;
}
