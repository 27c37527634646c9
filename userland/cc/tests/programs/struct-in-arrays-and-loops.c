// Arrays of structures that are walked in all ways.
#include <stdio.h>

struct particle { short x, y; int v; char tag; };
static struct particle world[20];

int main(void) {
  for (int i = 0; i < 20; i++) world[i] = (struct particle){i, -i, i * i, 'a' + i};
  int sum = 0;
  for (struct particle *p = world; p < world + 20; p += 3) {
    p->x += p->v;
    p->y--;
    sum += p->x * p->y;
  }
  printf("%d\n", sum);
  for (int i = 19; i >= 0; i -= 4) printf("%c%d,%d ", world[i].tag, world[i].x, world[i].y);
  struct particle *last = &world[19], *first = world;
  printf("%ld ", (long)(last - first));
  while (first < last) {
    struct particle t = *first;
    *first++ = *last;
    *last-- = t;
  }
  printf("%c%c %zu\n", world[0].tag, world[19].tag, sizeof *world);
  return 0;
}
