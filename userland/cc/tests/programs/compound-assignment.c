// Every compound assignment, where the operation is wider than the object.
#include <stdio.h>

#define TEST(type, start, by)                                    \
  do {                                                           \
    volatile type by_ = by;                                      \
    type a = start;                                              \
    a += by_; printf(#type " %lld", (long long)a);               \
    a -= 3; printf(" %lld", (long long)a);                       \
    a *= by_; printf(" %lld", (long long)a);                     \
    a /= 2; printf(" %lld", (long long)a);                       \
    a %= 100; printf(" %lld", (long long)a);                     \
    a <<= 2; printf(" %lld", (long long)a);                      \
    a >>= 1; printf(" %lld", (long long)a);                      \
    a |= by_; printf(" %lld", (long long)a);                     \
    a ^= 0x55; printf(" %lld", (long long)a);                    \
    a &= ~by_; printf(" %lld\n", (long long)a);                  \
  } while (0)

int main(void) {
  TEST(signed char, 20, 5);
  TEST(unsigned char, 200, 77);
  TEST(short, 2000, 12);
  TEST(unsigned short, 65000, 999);
  TEST(int, 100000, 777);
  TEST(unsigned, 4000000000u, 300000000);
  TEST(long, 5000000000, 1234567);
  TEST(unsigned long, 18446744073709551615u, 1000);
  unsigned char c = 250;
  c += 10;
  printf("%d\n", c);
  int i = 7;
  i += 3000000000;
  printf("%d\n", i);
  i = -1;
  i /= 2u;
  printf("%d\n", i);
  i = -8;
  i >>= 1ul;
  printf("%d\n", i);
  long l = 1;
  l <<= 40;
  l |= 1u << 31;
  printf("%ld\n", l);
  return 0;
}
