// Conditions of all types, and dangling else.
#include <stdio.h>

static const char *sign(long n) {
  if (n > 0)
    return "plus";
  else if (n < 0)
    return "minus";
  else
    return "zero";
}
static int dangling(int a, int b) {
  int r = 0;
  if (a)
    if (b) r = 1;
    else r = 2;
  return r;
}

int main(void) {
  printf("%s %s %s %s\n", sign(5), sign(-5), sign(0), sign(1l << 40));
  printf("%d %d %d\n", dangling(1, 1), dangling(1, 0), dangling(0, 1));
  volatile long high = 1l << 32;
  volatile unsigned char byte = 128;
  void *volatile pointer = 0;
  int array[1];
  if (high) printf("high ");
  if ((int)high) printf("low ");
  if (byte) printf("byte ");
  if (!pointer) printf("null ");
  if (array) printf("array ");
  if (main) printf("function ");
  if (byte & 0x80) printf("bit ");
  if (!(byte & 1)) printf("even ");
  if (high == 0x100000000 && byte > 100 || pointer) printf("and ");
  if (byte < 100 || (high > 5 && !pointer)) printf("or ");
  if (!(byte == 128 && high) ) printf("never");
  if ((byte > 3) == (high > 3)) printf("same");
  printf("\n");
  if (0) printf("never\n");
  if (1)
    ;
  else
    printf("never\n");
  return 0;
}
