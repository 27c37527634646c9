// __builtin_*_overflow of every mixture of types: GCC manual 6.56.
#include <stdio.h>

static unsigned long digest = 14695981039346656037ul;
static void mix(unsigned long value) { digest = (digest ^ value) * 1099511628211ul; }

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
static const long values[] = {
    0, 1, 2, -1, -2, 3, 127, 128, 255, 256, -128, -129, 32767, 32768, 65535, 65536, -32768, -32769,
    2147483647, 2147483648, 4294967295, 4294967296, -2147483648, -2147483649, 3037000500, -3037000500,
    9223372036854775807, -9223372036854775807 - 1, 4611686018427387904, -4611686018427387904, 6148914691236517205,
};

#define ONE(a_type, b_type, r_type)                                                  \
  for (unsigned i = 0; i < LENGTH(values); i++)                                      \
    for (unsigned j = 0; j < LENGTH(values); j++) {                                  \
      a_type a = (a_type)values[i];                                                  \
      b_type b = (b_type)values[j];                                                  \
      r_type r;                                                                      \
      mix(__builtin_add_overflow(a, b, &r)), mix((unsigned long)r);                  \
      mix(__builtin_sub_overflow(a, b, &r)), mix((unsigned long)r);                  \
      mix(__builtin_mul_overflow(a, b, &r)), mix((unsigned long)r);                  \
      mix(__builtin_add_overflow_p(a, b, (r_type)0));                                \
    }
#define RESULTS(a_type, b_type)                                                      \
  ONE(a_type, b_type, signed char)                                                   \
  ONE(a_type, b_type, unsigned char)                                                 \
  ONE(a_type, b_type, short)                                                         \
  ONE(a_type, b_type, int)                                                           \
  ONE(a_type, b_type, unsigned)                                                      \
  ONE(a_type, b_type, long)                                                          \
  ONE(a_type, b_type, unsigned long)                                                 \
  printf("%s %s %lx\n", #a_type, #b_type, digest);

int main(void) {
  RESULTS(signed char, unsigned)
  RESULTS(int, int)
  RESULTS(int, unsigned)
  RESULTS(unsigned, unsigned)
  RESULTS(int, long)
  RESULTS(unsigned, long)
  RESULTS(long, long)
  RESULTS(long, unsigned long)
  RESULTS(unsigned long, long)
  RESULTS(unsigned long, unsigned long)
  RESULTS(unsigned long, short)
  return 0;
}
