// Large results through a hidden pointer: into variables, members, array elements, through pointers.
#include <stdio.h>

struct matrix { int m[3][3]; };
static struct matrix multiply(struct matrix a, struct matrix b) {
  struct matrix c = {{{0}}};
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      for (int k = 0; k < 3; k++) c.m[i][j] += a.m[i][k] * b.m[k][j];
  return c;
}
static struct matrix power(struct matrix a, int n) {
  if (n == 0) return (struct matrix){{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  struct matrix half = power(a, n / 2);
  half = multiply(half, half);
  return n % 2 ? multiply(half, a) : half;
}
static void show(struct matrix a) {
  for (int i = 0; i < 3; i++) printf("%d %d %d\n", a.m[i][0], a.m[i][1], a.m[i][2]);
}

int main(void) {
  struct matrix f = {{{1, 1, 0}, {1, 0, 0}, {0, 0, 2}}};
  show(power(f, 20));
  struct matrix array[2];
  array[1] = power(f, 3);
  struct matrix *p = array;
  *p = multiply(array[1], f);
  show(array[0]);
  struct { char c; struct matrix m; } holder;
  holder.m = power(f, 5);
  show(holder.m);
  f = multiply(f, f);
  show(f);
  power(f, 1);
  printf("%d\n", power(f, 2).m[2][2]);
  return 0;
}
