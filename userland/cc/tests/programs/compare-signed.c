// Comparisons of signed values, as values and as conditions.
#include <stdio.h>

#define TEST(type, ...)                                                                        \
  do {                                                                                         \
    static const type given[] = {__VA_ARGS__};                                                 \
    int count = sizeof given / sizeof *given;                                                  \
    for (int i = 0; i < count; i++)                                                            \
      for (int j = 0; j < count; j++) {                                                        \
        volatile type a = given[i], b = given[j];                                              \
        int taken = 0;                                                                         \
        if (a < b) taken |= 1;                                                                 \
        if (a <= b) taken |= 2;                                                                \
        if (a > b) taken |= 4;                                                                 \
        if (a >= b) taken |= 8;                                                                \
        if (a == b) taken |= 16;                                                               \
        if (a != b) taken |= 32;                                                               \
        printf(#type " %d%d%d%d%d%d %d\n", a < b, a <= b, a > b, a >= b, a == b, a != b, taken); \
      }                                                                                        \
  } while (0)

int main(void) {
  TEST(signed char, 0, 1, -1, 127, -128);
  TEST(short, 0, 1, -1, 32767, -32768);
  TEST(int, 0, 1, -1, 2147483647, -2147483647 - 1);
  TEST(long, 0, 1, -1, 9223372036854775807, -9223372036854775807 - 1);
  return 0;
}
