// Designators of members and elements, in any order, overriding, with gaps.
#include <stdio.h>

struct point { int x, y, z; };
static struct point p1 = {.z = 3, .x = 1};
static int sparse[] = {[5] = 50, [2] = 20, 30, [0] = 1};
static int override[4] = {1, 2, 3, 4, [1] = 20, 30};
static struct { int n; struct point at[3]; char *name; } deep = {
    .at[1].y = 5, .at[2] = {7, 8, 9}, "after", .n = 1, .at[0] = {.y = 2}};
static int matrix[3][3] = {[1][2] = 12, [0] = {1, 2}, [2] = {[1] = 21}};
enum { RED, GREEN, BLUE, COLOURS };
static const char *const names[COLOURS] = {[BLUE] = "blue", [RED] = "red", [GREEN] = "green"};

int main(void) {
  printf("%d %d %d\n", p1.x, p1.y, p1.z);
  for (unsigned i = 0; i < sizeof sparse / sizeof *sparse; i++) printf("%d ", sparse[i]);
  printf("\n");
  for (int i = 0; i < 4; i++) printf("%d ", override[i]);
  printf("\n%d %s", deep.n, deep.name ? deep.name : "none");
  for (int i = 0; i < 3; i++) printf(" %d,%d,%d", deep.at[i].x, deep.at[i].y, deep.at[i].z);
  printf("\n");
  for (int i = 0; i < 9; i++) printf("%d ", matrix[i / 3][i % 3]);
  printf("\n%s %s %s\n", names[0], names[1], names[2]);
  int n = 4;
  struct point local = {.y = n * n, .x = n, .y = n + 1};
  printf("%d %d %d\n", local.x, local.y, local.z);
  int automatic[6] = {[5] = 0, [3] = n, n + 1};
  printf("%d %d %d\n", automatic[3], automatic[4], automatic[5]);
  return 0;
}
