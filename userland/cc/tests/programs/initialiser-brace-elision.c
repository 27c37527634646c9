// Inner braces may be left out; strings and structures stop the flattening.
#include <stdio.h>

struct pair { int a, b; };
static int grid[2][3] = {1, 2, 3, 4, 5};
static struct pair pairs[] = {1, 2, 3, 4, 5, 6};
static struct { struct pair p; int c[2]; struct { char x, y; } d; } mixed = {1, 2, 3, 4, 'x', 'y'};
static struct { struct pair p; int c[2]; int e; } partly = {{1}, 3, 4, 5};
static char words[][6] = {"one", "two", {'s', 'i', 'x', 0}, "seven"};
static struct { char name[4]; int n; } named[] = {"abc", 1, "abcd", 2, {{'x'}, 3}};
static int scalar = {7};

int main(void) {
  for (int i = 0; i < 6; i++) printf("%d ", grid[i / 3][i % 3]);
  printf("%zu %d %d\n", sizeof pairs / sizeof *pairs, pairs[1].b, pairs[2].a);
  printf("%d %d %d %d %c%c\n", mixed.p.a, mixed.p.b, mixed.c[0], mixed.c[1], mixed.d.x, mixed.d.y);
  printf("%d %d %d %d %d\n", partly.p.a, partly.p.b, partly.c[0], partly.c[1], partly.e);
  for (int i = 0; i < 4; i++) printf("%s ", words[i]);
  for (int i = 0; i < 3; i++) printf("%.4s-%d ", named[i].name, named[i].n);
  printf("%d\n", scalar);
  struct pair source = {10, 20};
  struct { struct pair p, q; int r; } from_struct = {source, 1, 2, 3};
  printf("%d %d %d %d %d\n", from_struct.p.a, from_struct.p.b, from_struct.q.a, from_struct.q.b, from_struct.r);
  struct pair automatic[2] = {source, {source.b, source.a}};
  printf("%d %d\n", automatic[0].b, automatic[1].a);
  return 0;
}
