// Structures of ints, passed and returned by value.
#include <stdio.h>

#define SIZE(n)                                                                            \
  struct s##n { int m[n]; };                                                             \
  __attribute__((noinline)) static struct s##n make##n(int seed) {                         \
    struct s##n s;                                                                         \
    for (int i = 0; i < n; i++) s.m[i] = seed + i * 3;                                      \
    return s;                                                                              \
  }                                                                                        \
  __attribute__((noinline)) static long sum##n(int a, struct s##n s, struct s##n t, int b) { \
    long sum = a - b;                                                                      \
    for (int i = 0; i < n; i++) sum = sum * 7 + s.m[i] - t.m[i] * 2;                        \
    s.m[0] = 99;                                                                           \
    return sum + s.m[0];                                                                   \
  }                                                                                        \
  static void test##n(void) {                                                              \
    struct s##n s = make##n(5), t = make##n(50);                                           \
    printf("%zu %lx %lx", sizeof s, sum##n(1, s, t, 2), sum##n(3, make##n(9), s, 4));        \
    printf(" %d %d\n", (int)s.m[0], (int)t.m[n - 1]);                                       \
  }

SIZE(1)
SIZE(2)
SIZE(3)
SIZE(4)
SIZE(5)
SIZE(6)
SIZE(7)
SIZE(8)
SIZE(9)
SIZE(10)

int main(void) {
  test1();
  test2();
  test3();
  test4();
  test5();
  test6();
  test7();
  test8();
  test9();
  test10();
  return 0;
}
