// The common type of two operands.
#include <stdio.h>

#define NAME(x) _Generic((x), int: "int", unsigned: "unsigned", long: "long", unsigned long: "unsigned long", \
                         long long: "long long", unsigned long long: "unsigned long long")
#define ROW(type)                                                                                       \
  printf(#type ": %s %s %s %s %s %s %s %s %s\n", NAME((type)1 + (char)1), NAME((type)1 + (short)1),       \
         NAME((type)1 + (unsigned short)1), NAME((type)1 + 1), NAME((type)1 + 1u), NAME((type)1 + 1l),    \
         NAME((type)1 + 1ul), NAME((type)1 + 1ll), NAME((type)1 + 1ull))

int main(void) {
  ROW(_Bool);
  ROW(char);
  ROW(signed char);
  ROW(unsigned char);
  ROW(short);
  ROW(unsigned short);
  ROW(int);
  ROW(unsigned);
  ROW(long);
  ROW(unsigned long);
  ROW(long long);
  ROW(unsigned long long);
  volatile int minus = -1;
  volatile unsigned u = 5;
  printf("%u %ld %lu\n", minus + u, minus + 5l, minus + 3ul);
  printf("%u %d\n", minus / u, minus / 5);
  printf("%u\n", minus % u);
  printf("%lu\n", minus * 1ul);
  printf("%ld\n", (long)u * minus);
  return 0;
}
