// Code that nobody reaches must not disturb what is reached.
#include <stdio.h>
#include <stdlib.h>

static int f(int x) {
  if (x) return 1;
  else return 2;
  printf("never\n");
  return 3;
}
static int g(int x) {
  for (;;) {
    if (x++ > 5) return x;
    continue;
    x = 100;
  }
}
static int h(int x) {
  while (0) x = 5;
  if (0) {
  label:
    return x * 2;
  }
  if (x > 3) goto label;
  switch (x) {
    x = 100;
    case 1: return 10;
    default: break;
      x = 200;
  }
  do return x;
  while (1);
}
static _Noreturn void leave(int x) {
  printf("%d\n", x);
  exit(0);
}
static int k(int x) {
  if (x == 1) leave(42);
  return x;
}

int main(void) {
  printf("%d %d %d %d %d %d\n", f(0), f(1), g(0), h(4), h(1), h(2));
  printf("%d\n", k(0));
  k(1);
}
