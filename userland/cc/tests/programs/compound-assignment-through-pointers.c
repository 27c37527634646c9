// The place of a compound assignment is evaluated once.
#include <stdio.h>

static int at;
static int values[5] = {1, 2, 3, 4, 5};
static int *next(void) { return &values[at++]; }

int main(void) {
  *next() += 10;
  *next() *= 10;
  ++*next();
  (*next())--;
  values[at++] <<= 3;
  for (int i = 0; i < 5; i++) printf("%d ", values[i]);
  printf("%d\n", at);
  int a, b, c;
  a = b = c = 7;
  a += b -= c *= 2;
  printf("%d %d %d\n", a, b, c);
  char narrow;
  int wide = narrow = 300;
  printf("%d %d\n", narrow, wide);
  return 0;
}
