// Large static arrays with a few values; large automatic ones.
#include <stdio.h>

static int sparse[20000] = {[19999] = 1, [7] = 2};
static char zeros[100000];
static struct { int id; char name[12]; } table[100] = {[50] = {50, "fifty"}, [99] = {99, "last"}};

int main(void) {
  long sum = 0;
  for (int i = 0; i < 20000; i++) sum += sparse[i] * i;
  for (int i = 0; i < 100000; i++) sum += zeros[i];
  printf("%ld %s %s %d\n", sum, table[50].name, table[99].name, table[98].id);
  int local[3000] = {1, [2000] = 2};
  for (int i = 0; i < 3000; i++) sum += local[i] * i;
  printf("%ld\n", sum);
  return 0;
}
