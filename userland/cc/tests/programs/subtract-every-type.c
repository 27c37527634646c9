// Subtraction at every width and signedness.
#include <stdio.h>

#define TEST(type, format, ...)                                      \
  do {                                                               \
    static const type given[] = {__VA_ARGS__};                       \
    int count = sizeof given / sizeof *given;                        \
    for (int i = 0; i < count; i++)                                  \
      for (int j = 0; j < count; j++) {                              \
        volatile type a = given[i], b = given[j];                    \
        printf(#type " " format "\n", (type)(a - b));                \
      }                                                              \
  } while (0)

int main(void) {
  TEST(signed char, "%d", 0, 1, -1, 60, -64);
  TEST(unsigned char, "%d", 0, 1, 127, 128, 255);
  TEST(short, "%d", 0, 1, -1, 16000, -16384);
  TEST(unsigned short, "%d", 0, 1, 32767, 32768, 65535);
  TEST(int, "%d", 0, 1, -1, 1000000000, -1073741824);
  TEST(unsigned, "%u", 0, 1, 2147483647, 2147483648u, 4294967295u);
  TEST(long, "%ld", 0, 1, -1, 4000000000000000000, -4611686018427387904);
  TEST(unsigned long, "%lu", 0, 1, 9223372036854775807, 9223372036854775808u, 18446744073709551615u);
  return 0;
}
