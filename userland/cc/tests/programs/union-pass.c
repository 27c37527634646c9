// Unions by value: as arguments, results, members and variable arguments.
#include <stdarg.h>
#include <stdio.h>

union small { char c; short s; int i; };
union mixed { long l; char text[12]; };
union large { int a[10]; char tag; };
struct tagged { enum { NUMBER, TEXT } kind; union { long number; const char *text; } as; };
#define N __attribute__((noinline)) static
N union small grow(union small u) { u.i *= 3; return u; }
N union mixed spell(union mixed u, char c) { u.text[0] = c; u.text[11] = 'z'; return u; }
N union large fill(union large u, int n) { for (int i = 0; i < 10; i++) u.a[i] += n * i; return u; }
N struct tagged number(long n) { return (struct tagged){NUMBER, {.number = n}}; }
N struct tagged text(const char *t) { return (struct tagged){.kind = TEXT, .as.text = t}; }
N void show(int count, ...) {
  va_list list;
  va_start(list, count);
  while (count--) {
    struct tagged t = va_arg(list, struct tagged);
    if (t.kind == NUMBER) printf("%ld ", t.as.number);
    else printf("%s ", t.as.text);
  }
  printf("%c\n", va_arg(list, union mixed).text[0]);
  va_end(list);
}

int main(void) {
  printf("%d\n", grow(grow((union small){.i = 7})).i);
  union mixed m = spell((union mixed){.l = 0x4141414141414141}, 'b');
  printf("%c%c%c %d\n", m.text[0], m.text[1], m.text[11], m.text[9]);
  union large l = fill(fill((union large){{1, 2, 3}}, 2), 3);
  printf("%d %d %d\n", l.a[1], l.a[9], l.tag);
  show(5, number(1), text("two"), number(-3), text("four"), number(5), m);
  return 0;
}
