// Where C orders evaluation, everybody sees it.
#include <stdio.h>

static int trace(int value) {
  printf("%d ", value);
  return value;
}

int main(void) {
  int i = 0;
  (i = trace(1)) && (i = trace(i + 1)) && (i = trace(i + 1));
  printf("= %d\n", i);
  i = (trace(1), trace(2), trace(3));
  printf("= %d\n", i);
  i = trace(0) || trace(0) || trace(7) || trace(8);
  printf("= %d\n", i);
  int a = trace(1), b = trace(a + 1), c = trace(b + 1);
  printf("= %d\n", a + b + c);
  for (trace(10); i < 3; i = trace(i + 1)) trace(100);
  printf("\n");
  return 0;
}
