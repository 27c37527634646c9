// Parameters that are changed, addressed, and narrower than registers.
#include <stdio.h>

__attribute__((noinline)) static int count_down(int n, unsigned char step) {
  int turns = 0;
  while (n > 0) {
    n -= step;
    step += 50;
    turns++;
  }
  return turns * 1000 + step;
}
__attribute__((noinline)) static int through(int n, int *p, int a, int b, int c, int d, int e, int f, int on_stack) {
  int *q = &n;
  *q += *p;
  int *s = &on_stack;
  *s *= 2;
  a = b = c = d = e = f;
  return n + on_stack + a + b + c + d + e;
}
static int array(int a[3]) {
  a++;
  return a[0] + sizeof a;
}

int main(void) {
  int x = 10, list[3] = {1, 2, 3};
  printf("%d\n", count_down(1000, 100));
  printf("%d\n", through(1, &x, 2, 3, 4, 5, 6, 7, 8));
  printf("%d\n", array(list));
  return 0;
}
