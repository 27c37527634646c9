// Arrays of arrays: indexing, sizes, parameters, decay.
#include <stdio.h>

static int cube[2][3][4];
static long sum(int a[][3][4], int n) {
  long s = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < 3; j++)
      for (int k = 0; k < 4; k++) s = s * 3 + a[i][j][k];
  return s;
}
static int last(int a[static 4]) { return a[3]; }
static int typed(int a[const 4]) { return sizeof a; }

int main(void) {
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 3; j++)
      for (int k = 0; k < 4; k++) cube[i][j][k] = i * 100 + j * 10 + k;
  printf("%zu %zu %zu %zu\n", sizeof cube, sizeof cube[0], sizeof cube[0][0], sizeof cube[0][0][0]);
  printf("%ld %d %d\n", sum(cube, 2), last(cube[1][2]), typed(cube[0][0]));
  printf("%d %d %d\n", *(*(*(cube + 1) + 2) + 3), (*cube)[1][2], cube[1][0][-1]);
  int *flat = &cube[0][0][0];
  printf("%d %d\n", flat[23], *(flat + 12));
  printf("%ld %ld\n", &cube[1][2] - &cube[0][1] + 0l, (long)((char *)&cube[1][2][3] - (char *)cube));
  char text[3][5] = {"ab", "cdef"};
  text[2][0] = text[1][3];
  for (int i = 0; i < 3; i++) printf("[%s]", text[i]);
  printf("%zu\n", sizeof text);
  short wide[100][200];
  for (int i = 0; i < 100; i++)
    for (int j = 0; j < 200; j++) wide[i][j] = i ^ j;
  int x = 0;
  for (int j = 0; j < 200; j += 7)
    for (int i = 0; i < 100; i += 3) x += wide[i][j];
  printf("%d\n", x);
  return 0;
}
