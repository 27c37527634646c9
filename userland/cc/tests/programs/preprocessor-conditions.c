// #if and its kin; the values are those of intmax_t.
#include <stdio.h>

#define DEFINED
#define ZERO 0
#define FUNCTION(x) (x)

int main(void) {
#if 1 + 1 == 2 && !defined UNDEFINED && defined(DEFINED)
  printf("1 ");
#endif
#if ZERO
  printf("never ");
#elif UNDEFINED
  printf("never ");
#elif FUNCTION(3) > 2
  printf("2 ");
#else
  printf("never ");
#endif
#ifdef DEFINED
#ifndef UNDEFINED
  printf("3 ");
#else
#error never
#endif
#else
#if this is ( not ' looked at
#endif
#endif
#if -1 > 0u
  printf("4 ");
#endif
#if (1 ? 2 : 1 / 0) == 2 && (0 && 1 / 0) == 0
  printf("5 ");
#endif
#if 'a' == 97 && '\xff' > 0 && 0x7fffffffffffffff + 0 > 0 && 1 << 40
  printf("6 ");
#endif
#if ~0 == -1 && (5 ^ 3) == 6 && 7 % 4 == 3 && -7 / 2 == -3 && (1, 2) == 2
  printf("7 ");
#endif
#if 0
#if 1
  printf("never ");
#else
  printf("never ");
#endif
#elif 1
  printf("8 ");
#elif 1
  printf("never ");
#endif
#if defined __riscv && __riscv_xlen == 64 && defined __riscv_atomic && defined __LP64__ && defined __STDC__ && __STDC_VERSION__ == 201112L
  printf("9 ");
#endif
#if __CHAR_UNSIGNED__ && __SIZEOF_LONG__ == 8 && __INT_MAX__ == 2147483647 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  printf("10 ");
#endif
#if true
  printf("never ");
#endif
#ifdef __has_include
#if __has_include(<stdio.h>) && !__has_include(<no-such-file.h>)
  printf("11 ");
#endif
#endif
  printf("%d", __LINE__);
#line 1000 "other.c"
  printf(" %d %s", __LINE__, __FILE__);
  printf(" %d %d\n", __COUNTER__, __COUNTER__ + 0 > 0);
  return 0;
}
