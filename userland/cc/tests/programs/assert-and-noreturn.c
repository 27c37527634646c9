// assert that holds, functions that do not return, results that are ignored.
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>

noreturn static void leave(int status) {
  printf("leaving\n");
  exit(status);
}
static int checked(int x) {
  assert(x > 0);
  assert(x < 100 && "small enough");
  if (x == 42) leave(0);
  return x;
}

int main(void) {
  (void)checked(5);
  checked(6);
  assert(checked(7) == 7);
  printf("%d\n", checked(8));
  checked(42);
  abort();
}
