// Comparisons of unsigned values, as values and as conditions.
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
  TEST(unsigned char, 0, 1, 127, 128, 255);
  TEST(unsigned short, 0, 1, 32767, 32768, 65535);
  TEST(unsigned, 0, 1, 2147483647, 2147483648u, 4294967295u);
  TEST(unsigned long, 0, 1, 9223372036854775807, 9223372036854775808u, 18446744073709551615u);
  return 0;
}
