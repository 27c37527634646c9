// Functions declared without parameters and defined in the old place.
#include <stdio.h>

int later();
static int nothing(void);
int main(void) {
  printf("%d %d\n", later(3, 4), nothing());
  int (*f)() = later;
  printf("%d\n", f(10, 20));
  int local(int);
  printf("%d\n", local(5));
  return 0;
}
int later(int a, int b) { return a * b; }
static int nothing(void) { return 9; }
int local(int x) { return -x; }
