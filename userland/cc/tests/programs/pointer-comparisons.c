// Comparing pointers, with null and with each other.
#include <stdio.h>

int main(void) {
  int array[5] = {0}, *p = array, *q = array + 5, *null = 0;
  printf("%d%d%d%d%d%d\n", p < q, p <= q, p > q, p >= q, p == q, p != q);
  printf("%d%d%d\n", !p, !null, null == 0);
  printf("%d%d\n", p && q, p && null);
  printf("%d%d\n", (void *)p == array, (char *)p + 20 == (char *)q);
  int count = 0;
  for (int *at = array; at < q; at++) count++;
  while (q-- > p) count += 10;
  printf("%d\n", count);
  printf("%d\n", null ? 1 : p ? 2 : 3);
  if (p) printf("set ");
  if (!null) printf("null\n");
  return 0;
}
