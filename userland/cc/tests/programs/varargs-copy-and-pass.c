// va_copy, and va_lists that are handed on.
#include <stdarg.h>
#include <stdio.h>

static int add(int count, va_list list) {
  int sum = 0;
  while (count--) sum += va_arg(list, int);
  return sum;
}
static int twice(int count, ...) {
  va_list list, copy;
  va_start(list, count);
  va_copy(copy, list);
  int first = add(count, list), second = add(count, copy);
  va_end(copy);
  va_end(list);
  return first * 1000 + second;
}
static int through_pointer(va_list *list) { return va_arg(*list, int); }
static int alternate(int count, ...) {
  va_list list;
  va_start(list, count);
  int sum = 0;
  for (int i = 0; i < count; i += 2) {
    sum = sum * 10 + through_pointer(&list);
    sum = sum * 10 + va_arg(list, int);
  }
  va_end(list);
  return sum;
}
__attribute__((format(printf, 1, 2))) static void say(const char *format, ...) {
  char buffer[64];
  va_list list;
  va_start(list, format);
  vsnprintf(buffer, sizeof buffer, format, list);
  va_end(list);
  printf("<%s>\n", buffer);
}

int main(void) {
  printf("%d\n", twice(3, 10, 20, 30));
  printf("%d\n", twice(10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  printf("%d\n", alternate(6, 1, 2, 3, 4, 5, 6));
  say("%d %s %c %x %ld", 1, "two", '3', 0x44, 55555555555);
  return 0;
}
