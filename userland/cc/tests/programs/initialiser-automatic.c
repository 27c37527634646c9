// Automatic objects: values computed at run time, zeros for the rest, anew at each entry.
#include <stdio.h>

struct s { int a; char b[5]; struct { long c; short d; } e; };
static int calls;
static int next(void) { return ++calls; }
static long sum(void) {
  struct s s = {next(), {next(), 'x'}, {.d = next()}};
  s.b[4]++;
  s.e.c++;
  return s.a * 1000 + s.b[0] * 100 + s.b[1] + s.b[2] + s.b[3] + s.b[4] * 10000 + s.e.c * 100000 + s.e.d;
}

int main(void) {
  printf("%ld\n", sum());
  printf("%ld\n", sum());
  for (int i = 0; i < 3; i++) {
    int local[50] = {i, i + 1};
    char text[10] = "ab";
    printf("%d %d %d %d %s %d\n", local[0], local[1], local[2], local[49], text, text[9]);
    local[49] = 7;
    text[9] = 8;
  }
  struct s empty = {}, zero = {0};
  printf("%d %ld %d %d\n", empty.a, empty.e.c, zero.b[3], zero.e.d);
  int x = x = 5;
  int count[] = {1, 2, 3, sizeof *count};
  printf("%d %d\n", x, count[3]);
  return 0;
}
