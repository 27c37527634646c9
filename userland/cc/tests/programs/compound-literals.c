// Compound literals: values, lvalues, addresses, arrays, in loops, static.
#include <stdio.h>

struct point { int x, y; };
static struct point *origin = &(struct point){10, 20};
static int *list = (int[]){1, 2, 3};
static const char **names = (const char *[]){"a", "b", 0};
static int sum(const int *p, int n) {
  int s = 0;
  while (n--) s += *p++;
  return s;
}
static int area(struct point p) { return p.x * p.y; }

int main(void) {
  printf("%d %d %s\n", origin->x + origin->y, list[2], names[1]);
  printf("%d\n", sum((int[]){1, 2, 3, 4, 5}, 5));
  printf("%d %d\n", area((struct point){3, 4}), area((struct point){.y = 5}));
  struct point *p = &(struct point){1, 2};
  p->x += 10;
  printf("%d %d\n", p->x, p->y);
  (struct point){7, 8}.x;
  printf("%d\n", (struct point){7, 8}.y);
  struct point assigned;
  assigned = (struct point){.x = p->x};
  printf("%d %d\n", assigned.x, assigned.y);
  int *kept[3];
  for (int i = 0; i < 3; i++) {
    kept[i] = (int[2]){i, i * i};
    printf("%d ", kept[i][1]);
    kept[i][1] = 100;
  }
  printf("\n%s %zu\n", (char[]){"text"}, sizeof(int[]){1, 2, 3});
  printf("%d\n", ++(int){41});
  const char *text = (char[4]){'a', 'b'};
  printf("%s %d\n", text, text[3]);
  printf("%d\n", (int){5} + *&(int){6});
  return 0;
}
