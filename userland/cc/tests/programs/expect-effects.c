// All arguments of __builtin_expect are evaluated, like any function's.
#include <stdio.h>

int main(void) {
  int z = 10;
  if (__builtin_expect(z > 10, z++)) printf("taken\n");
  printf("%d\n", z);
  long v = __builtin_expect(z, (z += 5, 1));
  printf("%ld %d\n", v, z);
  return 0;
}
