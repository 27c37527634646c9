// Variable arguments of int: few, many, on the stack.
#include <stdarg.h>
#include <stdio.h>

__attribute__((noinline)) static int sum(int count, ...) {
  va_list list;
  va_start(list, count);
  int sum = 0;
  for (int i = 0; i < count; i++) sum = sum * 3 + va_arg(list, int);
  va_end(list);
  return sum;
}

int main(void) {
  printf("%d\n", sum(0));
  printf("%d\n", sum(1, 5));
  printf("%d\n", sum(7, 1, 2, 3, 4, 5, 6, 7));
  printf("%d\n", sum(8, 1, 2, 3, 4, 5, 6, 7, 8));
  printf("%d\n", sum(12, 1, 2, 3, 4, 5, 6, 7, 8, -9, -10, -11, -12));
  return 0;
}
