// Structures as variable arguments: in registers, by reference, across the border to the stack.
#include <stdarg.h>
#include <stdio.h>

struct one { char c; };
struct two { long a, b; };
struct mid { int a, b, c; };
struct big { long a[5]; };

__attribute__((noinline)) static void show(const char *types, ...) {
  va_list list;
  va_start(list, types);
  for (; *types; types++) switch (*types) {
      case 'i': printf("%d ", va_arg(list, int)); break;
      case '1': printf("(%c) ", va_arg(list, struct one).c); break;
      case '2': {
        struct two s = va_arg(list, struct two);
        printf("(%ld %ld) ", s.a, s.b);
        break;
      }
      case 'm': {
        struct mid s = va_arg(list, struct mid);
        printf("(%d %d %d) ", s.a, s.b, s.c);
        break;
      }
      case 'b': {
        struct big s = va_arg(list, struct big);
        printf("(%ld %ld) ", s.a[0], s.a[4]);
        break;
      }
    }
  va_end(list);
  printf("\n");
}

int main(void) {
  struct one o = {'o'};
  struct two t = {1, 2};
  struct mid m = {3, 4, 5};
  struct big b = {{6, 7, 8, 9, 10}};
  show("12mb", o, t, m, b);
  show("i2i2i2i", 1, t, 2, t, 3, t, 4);
  show("2222", t, t, t, t);
  show("mmmmm", m, m, m, m, m);
  show("bbbbbbbbbb", b, b, b, b, b, b, b, b, b, b);
  show("1i1i1i1i1i", o, 1, o, 2, o, 3, o, 4, o, 5);
  return 0;
}
