// Loops that run never, once, and exactly to their borders.
#include <limits.h>
#include <stdio.h>

static int count(int from, int to, int step) {
  int n = 0;
  for (int i = from; i < to; i += step) n++;
  return n;
}
static int count_long(long from, long to) {
  int n = 0;
  while (from <= to) {
    n++;
    from++;
  }
  return n;
}
static int do_count(int from, int to) {
  int n = 0;
  do n++;
  while (++from < to);
  return n;
}

int main(void) {
  printf("%d %d %d %d %d\n", count(0, 0, 1), count(0, 1, 1), count(5, 3, 1), count(0, 10, 3), count(-5, 5, 5));
  printf("%d %d %d\n", count_long(5, 4), count_long(5, 5), count_long(-2, 2));
  printf("%d %d %d\n", do_count(0, 0), do_count(5, 1), do_count(0, 4));
  printf("%d\n", count(INT_MAX - 2, INT_MAX, 1));
  int n = 0;
  for (int i = INT_MAX - 1; i > 0 && n < 5; i -= 1000000000) n++;
  printf("%d\n", n);
  return 0;
}
