// Whatever becomes _Bool becomes 0 or 1.
#include <stdbool.h>
#include <stdio.h>

static _Bool make(long value) { return value; }
static int take(_Bool value) { return value; }

int main(void) {
  volatile int values[] = {0, 1, 2, -1, 256, 65536};
  for (int i = 0; i < 6; i++) {
    _Bool b = values[i];
    bool c = (bool)values[i];
    unsigned char cut = values[i];
    printf("%d %d %d %d\n", b, c, cut, take(values[i]));
  }
  printf("%d %d %d\n", make(0x100000000), make(0), make(-5));
  int object;
  _Bool p = &object, q = (int *)0;
  printf("%d %d\n", p, q);
  _Bool b = false;
  b += 5;
  printf("%d\n", b);
  b -= 1;
  printf("%d\n", b);
  b |= 4;
  printf("%d\n", b);
  b = b * 256;
  printf("%d %zu\n", b, sizeof b);
  b++;
  b++;
  printf("%d\n", b);
  b--;
  printf("%d\n", b);
  b ^= true;
  printf("%d %d\n", b, ~b);
  struct { bool a, b, c; } flags = {8, 0, &object};
  printf("%d %d %d\n", flags.a, flags.b, flags.c);
  return 0;
}
