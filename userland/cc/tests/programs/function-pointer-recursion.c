// A function that calls itself through a pointer, and callbacks with a context.
#include <stdio.h>
#include <stdlib.h>

typedef unsigned long (*step)(void *, unsigned long);
static unsigned long factorial(void *self, unsigned long n) { return n < 2 ? 1 : n * (*(step *)self)(self, n - 1); }
static int by_value(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static int by_last_digit(const void *a, const void *b) {
  int x = *(const int *)a % 10, y = *(const int *)b % 10;
  return x != y ? x - y : by_value(a, b);
}
static void each(int *from, int count, void (*visit)(int, void *), void *context) {
  while (count--) visit(*from++, context);
}
static void sum(int value, void *context) { *(long *)context += value; }
static void print(int value, void *context) { printf("%s%d", (char *)context, value); }

int main(void) {
  step f = factorial;
  printf("%lu\n", f(&f, 15));
  int values[] = {42, 17, 93, 8, 51, 26, 75, 60, 39};
  qsort(values, 9, sizeof *values, by_value);
  each(values, 9, print, " ");
  qsort(values, 9, sizeof *values, by_last_digit);
  each(values, 9, print, ",");
  long total = 0;
  each(values, 9, sum, &total);
  printf("\n%ld\n", total);
  return 0;
}
