// goto forward, backward, into and out of blocks and loops.
#include <stdio.h>

static int find(int (*grid)[4], int wanted) {
  int i, j;
  for (i = 0; i < 4; i++)
    for (j = 0; j < 4; j++)
      if (grid[i][j] == wanted) goto found;
  return -1;
found:
  return i * 10 + j;
}
static int count(int n) {
  int sum = 0;
again:
  if (n == 0) goto done;
  sum += n--;
  goto again;
done:
  return sum;
}
static int into(int x) {
  int r = 0;
  if (x) goto inside;
  while (r < 10) {
    r += 1;
  inside:
    r += 3;
  }
  return r;
}
static int declared(int x) {
  int *p = 0, n = 0;
back: {
  int inner = x + n;
  if (p == 0) {
    p = &n;
    (*p)++;
    goto back;
  }
  return inner;
}
}

int main(void) {
  int grid[4][4];
  for (int i = 0; i < 16; i++) grid[i / 4][i % 4] = i * i;
  printf("%d %d %d\n", find(grid, 49), find(grid, 225), find(grid, 50));
  printf("%d\n", count(10));
  printf("%d %d\n", into(0), into(1));
  printf("%d\n", declared(5));
  goto end;
  printf("never\n");
end:;
  int after = 1;
unused: __attribute__((unused));
  printf("%d\n", after);
  return 0;
}
