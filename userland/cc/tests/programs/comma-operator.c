// The comma evaluates left to right and yields the right one.
#include <stdio.h>

int main(void) {
  int a = 1, b = 2, c;
  c = (a++, b += a, a * b);
  printf("%d %d %d\n", a, b, c);
  for (int i = 0, j = 10; i < j; i++, j--) printf("%d-%d ", i, j);
  printf("\n");
  int array[3] = {1, 2, 3};
  printf("%d %zu\n", array[a = 0, 2], sizeof(0, (char)1));
  printf("%d %d\n", (1, 2, 3), a);
  return 0;
}
