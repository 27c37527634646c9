// & | ^ ~ at every width, and what promotion makes of the upper bits.
#include <stdio.h>

#define TEST(type, ...)                                                                     \
  do {                                                                                      \
    static const type given[] = {__VA_ARGS__};                                              \
    int count = sizeof given / sizeof *given;                                               \
    for (int i = 0; i < count; i++)                                                         \
      for (int j = 0; j < count; j++) {                                                     \
        volatile type a = given[i], b = given[j];                                           \
        printf(#type " %llx %llx %llx %llx %llx\n", (long long)(a & b), (long long)(a | b), \
               (long long)(a ^ b), (long long)~a, (long long)(type)~b);                     \
      }                                                                                     \
  } while (0)

int main(void) {
  TEST(signed char, 0, 1, -1, 0x55, -128);
  TEST(unsigned char, 0, 1, 0xaa, 0xff);
  TEST(short, 0, 1, -1, 0x5555, -32768);
  TEST(unsigned short, 0, 1, 0xaaaa, 0xffff);
  TEST(int, 0, 1, -1, 0x55555555);
  TEST(unsigned, 0, 1, 0xaaaaaaaa, 0xffffffff);
  TEST(long, 0, 1, -1, 0x5555555555555555);
  TEST(unsigned long, 0, 1, 0xaaaaaaaaaaaaaaaa, 0xffffffffffffffff);
  return 0;
}
