// Each integer type to each other one.
#include <stdio.h>

#define TO(to, from)                                              \
  do {                                                            \
    volatile from source = (from)value;                           \
    volatile to target = (to)source;                              \
    printf("%llx ", (unsigned long long)(long long)target);       \
    target = source;                                              \
    printf("%lld ", (long long)(to)source + (long long)target);   \
  } while (0)
#define FROM(from)                                                                                     \
  do {                                                                                                 \
    TO(_Bool, from); TO(char, from); TO(signed char, from); TO(unsigned char, from); TO(short, from);  \
    TO(unsigned short, from); TO(int, from); TO(unsigned, from); TO(long, from); TO(unsigned long, from); \
    printf("\n");                                                                                      \
  } while (0)

static void test(unsigned long value) {
  FROM(_Bool);
  FROM(char);
  FROM(signed char);
  FROM(unsigned char);
  FROM(short);
  FROM(unsigned short);
  FROM(int);
  FROM(unsigned);
  FROM(long);
  FROM(unsigned long);
}

int main(void) {
  test(0);
  test(0x7f);
  test(0x80);
  test(0xffff);
  test(0x8000);
  test(0x12345678);
  test(0x89abcdef);
  test(0x0123456700000000);
  test(0xfedcba9876543210);
  return 0;
}
