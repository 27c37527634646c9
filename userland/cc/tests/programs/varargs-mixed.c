// Variable arguments of all types, promoted.
#include <stdarg.h>
#include <stdio.h>

__attribute__((noinline)) static void show(const char *types, ...) {
  va_list list;
  va_start(list, types);
  for (; *types; types++) switch (*types) {
      case 'i': printf("%d ", va_arg(list, int)); break;
      case 'u': printf("%u ", va_arg(list, unsigned)); break;
      case 'l': printf("%ld ", va_arg(list, long)); break;
      case 'U': printf("%lu ", va_arg(list, unsigned long)); break;
      case 's': printf("%s ", va_arg(list, char *)); break;
      case 'p': printf("%d ", *va_arg(list, int *)); break;
    }
  va_end(list);
  printf("\n");
}

int main(void) {
  int n = 42;
  char c = 'c';
  signed char sc = -3;
  short s = -300;
  unsigned short us = 65535;
  _Bool b = 1;
  show("iiiiii", c, sc, s, us, b, n);
  show("uUlisp", 4294967295u, 18446744073709551615u, -1l, -1, "text", &n);
  show("lilililililil", 1l, 2, 3l, 4, 5l, 6, 7l, 8, 9l, 10, -11l, -12, -13l);
  show("ssssssssss", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
  return 0;
}
