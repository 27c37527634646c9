// GNU's a ?: b evaluates a once.
#include <stdio.h>

static int count;
static int next(void) { return count++; }

int main(void) {
  printf("%d\n", next() ?: 100);
  printf("%d\n", next() ?: 100);
  printf("%d\n", count);
  const char *name = 0;
  printf("%s\n", name ?: "nobody");
  name = "somebody";
  printf("%s\n", name ?: "nobody");
  long l = 0x100000000;
  printf("%ld\n", l ?: 1);
  return 0;
}
