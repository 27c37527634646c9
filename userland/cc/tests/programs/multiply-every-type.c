// Multiplication at every width and signedness.
#include <stdio.h>

#define TEST(type, format, ...)                                      \
  do {                                                               \
    static const type given[] = {__VA_ARGS__};                       \
    int count = sizeof given / sizeof *given;                        \
    for (int i = 0; i < count; i++)                                  \
      for (int j = 0; j < count; j++) {                              \
        volatile type a = given[i], b = given[j];                    \
        printf(#type " " format "\n", (type)(a * b));                \
      }                                                              \
  } while (0)

int main(void) {
  TEST(signed char, "%d", 0, 1, -1, 11, -12);
  TEST(unsigned char, "%d", 0, 1, 127, 128, 255);
  TEST(short, "%d", 0, 1, -1, 150, -181);
  TEST(unsigned short, "%d", 0, 1, 181, 32767, 32768);
  TEST(int, "%d", 0, 1, -1, 46340, -46340);
  TEST(unsigned, "%u", 0, 1, 65537, 2147483648u, 4294967295u);
  TEST(long, "%ld", 0, 1, -1, 3037000499, -3037000499);
  TEST(unsigned long, "%lu", 0, 1, 4294967297, 9223372036854775808u, 18446744073709551615u);
  return 0;
}
