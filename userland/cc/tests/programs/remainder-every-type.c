// A remainder has the dividend's sign.
#include <stdio.h>

#define TEST(type, format, ...)                                      \
  do {                                                               \
    static const type given[] = {__VA_ARGS__};                       \
    int count = sizeof given / sizeof *given;                        \
    for (int i = 0; i < count; i++)                                  \
      for (int j = 0; j < count; j++) {                              \
        volatile type a = given[i], b = given[j];                    \
        if (b != 0) printf(#type " " format "\n", (type)(a % b));    \
      }                                                              \
  } while (0)

int main(void) {
  TEST(signed char, "%d", 0, 1, -1, 7, -7, 2, -2, 127, -128);
  TEST(unsigned char, "%d", 0, 1, 3, 127, 128, 255);
  TEST(short, "%d", 0, 1, -1, 7, -7, 2, -2, 32767, -32767);
  TEST(unsigned short, "%d", 0, 1, 10, 32768, 65535);
  TEST(int, "%d", 0, 1, -1, 7, -7, 2, -2, 2147483647, -2147483647);
  TEST(unsigned, "%u", 0, 1, 10, 2147483648u, 4294967295u);
  TEST(long, "%ld", 0, 1, -1, 7, -7, 2, -2, 9223372036854775807, -9223372036854775807);
  TEST(unsigned long, "%lu", 0, 1, 10, 9223372036854775808u, 18446744073709551615u);
  return 0;
}
