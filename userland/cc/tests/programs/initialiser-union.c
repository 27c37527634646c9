// A union begins with its first member, or with the one that is named.
#include <stdio.h>

union u { char c; int i; long l; int list[2]; };
static union u first = {300}, named = {.l = 0x1122334455667788}, listed = {.list = {1, 2}};
static struct { int tag; union u value; } pairs[] = {{1, {'a'}}, {2, {.i = 500}}, {3, .value.l = 7}, {4, .value = {.list[1] = 9}}};

int main(void) {
  printf("%d %d %lx %d %d\n", first.c, first.i, named.l, listed.list[0], listed.list[1]);
  printf("%c %d %ld %lx\n", pairs[0].value.c, pairs[1].value.i, pairs[2].value.l, pairs[3].value.l);
  union u local = {.i = pairs[1].value.i + 1};
  printf("%d\n", local.i);
  static struct { union { int a; char b[4]; }; int c; } anonymous = {{.b = {1, 2, 3, 4}}, 5};
  printf("%x %d\n", anonymous.a, anonymous.c);
  return 0;
}
