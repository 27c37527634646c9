// Builtins of daily use.
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static int f(int x) {
  if (__builtin_expect(x > 3, 0)) return 1;
  switch (x & 1) {
    case 0: return 2;
    case 1: return 3;
  }
  __builtin_unreachable();
}
#define IS_CONSTANT(x) (__builtin_constant_p(x) ? "constant" : "not")

int main(void) {
  printf("%d %d %d\n", f(5), f(2), f(1));
  volatile int v = 1;
  printf("%s %s\n", IS_CONSTANT(5 * 3), IS_CONSTANT(v));
  printf("%d %d %d\n", __builtin_types_compatible_p(int, signed), __builtin_types_compatible_p(int, long),
         __builtin_types_compatible_p(int[], int[5]));
  printf("%zu %s\n", sizeof(__builtin_choose_expr(1, 'c', (char)2)), __builtin_choose_expr(0, 5, "chosen"));
  printf("%zu\n", __builtin_offsetof(struct { char a; long b; }, b));
  char buffer[20];
  __builtin_memset(buffer, 'x', sizeof buffer);
  __builtin_memcpy(buffer, "memcpy", 7);
  printf("%s %c %zu %d\n", buffer, buffer[10], __builtin_strlen(buffer), __builtin_strcmp(buffer, "memcpy"));
  printf("%d %ld\n", __builtin_abs(-5), __builtin_labs(-5l));
  printf("%d\n", __builtin_frame_address(0) != NULL && __builtin_return_address(0) != NULL);
  if (v == 2) __builtin_trap();
  long big = __builtin_expect(1l << 40, 1);
  printf("%ld\n", big);
  printf("%s\n", __func__);
  printf("%s\n", __FUNCTION__);
  return 0;
}
