// Bit-fields of static objects, in arrays and nested.
#include <stdio.h>

struct point { int x : 10, y : 10; unsigned tag : 4; };
static struct point one = {-5, 300, 9};
static const struct point table[] = {{1, 2, 3}, {.tag = 15, .x = -512}, [4] = {.y = -1}};
static struct { char c; struct point p; int i : 3; } outer = {'x', {7, 8, 9}, -4};

int main(void) {
  printf("%d %d %u\n", one.x, one.y, one.tag);
  for (int i = 0; i < 5; i++) printf("%d %d %u\n", table[i].x, table[i].y, table[i].tag);
  printf("%c %d %d %u %d\n", outer.c, outer.p.x, outer.p.y, outer.p.tag, outer.i);
  static struct point copy;
  copy = table[1];
  copy.y = 11;
  printf("%d %d %u\n", copy.x, copy.y, copy.tag);
  return 0;
}
