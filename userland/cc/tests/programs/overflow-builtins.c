// Arithmetic that says whether it overflowed, in all types.
#include <limits.h>
#include <stdio.h>

#define TEST(type, format, x, y)                                           \
  do {                                                                     \
    volatile type a = x, b = y;                                            \
    type r;                                                                \
    int o = __builtin_add_overflow(a, b, &r);                              \
    printf(#type " %d " format, o, r);                                     \
    o = __builtin_sub_overflow(a, b, &r);                                  \
    printf(" %d " format, o, r);                                           \
    o = __builtin_mul_overflow(a, b, &r);                                  \
    printf(" %d " format "\n", o, r);                                      \
  } while (0)

int main(void) {
  TEST(signed char, "%d", 100, 27);
  TEST(signed char, "%d", 100, 28);
  TEST(signed char, "%d", -128, 1);
  TEST(unsigned char, "%d", 200, 55);
  TEST(unsigned char, "%d", 16, 17);
  TEST(short, "%d", 32767, 1);
  TEST(unsigned short, "%d", 256, 256);
  TEST(int, "%d", INT_MAX, 1);
  TEST(int, "%d", INT_MIN, 1);
  TEST(int, "%d", 46341, 46341);
  TEST(int, "%d", -5, 7);
  TEST(unsigned, "%u", UINT_MAX, 1);
  TEST(unsigned, "%u", 65536, 65535);
  TEST(unsigned, "%u", 65536, 65536);
  TEST(long, "%ld", LONG_MAX, 1);
  TEST(long, "%ld", LONG_MIN, -1);
  TEST(long, "%ld", 3037000499, 3037000500);
  TEST(long, "%ld", 3037000500, 3037000500);
  TEST(unsigned long, "%lu", ULONG_MAX, 2);
  TEST(unsigned long, "%lu", 4294967296, 4294967295);
  TEST(unsigned long, "%lu", 4294967296, 4294967296);
  unsigned char narrow;
  volatile int wide = 300, minus = -1;
  printf("%d ", __builtin_add_overflow(wide, minus, &narrow));
  printf("%d\n", narrow);
  unsigned u;
  printf("%d ", __builtin_add_overflow(minus, 1u, &u));
  printf("%u ", u);
  printf("%d ", __builtin_sub_overflow(0u, 1u, &u));
  printf("%u\n", u);
  long l;
  printf("%d ", __builtin_mul_overflow(wide, 4000000000u, &l));
  printf("%ld\n", l);
  int i;
  printf("%d ", __builtin_mul_overflow(wide, 4000000000u, &i));
  printf("%d\n", i);
  return 0;
}
