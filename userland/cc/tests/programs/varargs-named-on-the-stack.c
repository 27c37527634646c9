// More named arguments than registers before the variable ones.
#include <stdarg.h>
#include <stdio.h>

__attribute__((noinline)) static long f7(int a, int b, int c, int d, int e, int f, int g, ...) {
  va_list list;
  va_start(list, g);
  long x = va_arg(list, long), y = va_arg(list, int);
  va_end(list);
  return a + b + c + d + e + f + g + x * 100 + y * 10000;
}
__attribute__((noinline)) static long f8(int a, int b, int c, int d, int e, int f, int g, int h, ...) {
  va_list list;
  va_start(list, h);
  long x = va_arg(list, long), y = va_arg(list, int);
  va_end(list);
  return a + b + c + d + e + f + g + h + x * 100 + y * 10000;
}
__attribute__((noinline)) static long f10(int a, int b, int c, int d, int e, int f, int g, int h, char i, long j, ...) {
  va_list list;
  va_start(list, j);
  long x = va_arg(list, long), y = va_arg(list, int);
  va_end(list);
  return a + b + c + d + e + f + g + h + i + j + x * 100 + y * 10000;
}

int main(void) {
  printf("%ld\n", f7(1, 2, 3, 4, 5, 6, 7, 8l, 9));
  printf("%ld\n", f8(1, 2, 3, 4, 5, 6, 7, 8, 9l, 10));
  printf("%ld\n", f10(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11l, 12));
  return 0;
}
