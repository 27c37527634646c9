// Structures of 1 to 40 bytes, passed and returned by value.
#include <stdio.h>

#define SIZE(n)                                                                            \
  struct s##n { unsigned char m[n]; };                                                             \
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
SIZE(11)
SIZE(12)
SIZE(13)
SIZE(14)
SIZE(15)
SIZE(16)
SIZE(17)
SIZE(18)
SIZE(19)
SIZE(20)
SIZE(21)
SIZE(22)
SIZE(23)
SIZE(24)
SIZE(25)
SIZE(26)
SIZE(27)
SIZE(28)
SIZE(29)
SIZE(30)
SIZE(31)
SIZE(32)
SIZE(33)
SIZE(34)
SIZE(35)
SIZE(36)
SIZE(37)
SIZE(38)
SIZE(39)
SIZE(40)

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
  test11();
  test12();
  test13();
  test14();
  test15();
  test16();
  test17();
  test18();
  test19();
  test20();
  test21();
  test22();
  test23();
  test24();
  test25();
  test26();
  test27();
  test28();
  test29();
  test30();
  test31();
  test32();
  test33();
  test34();
  test35();
  test36();
  test37();
  test38();
  test39();
  test40();
  return 0;
}
