// <inttypes.h>, <stdint.h> and <limits.h>: formats, limits, exact widths.
#include <inttypes.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>

int main(void) {
  printf("%" PRId8 " %" PRIu16 " %" PRIx32 " %" PRId64 "\n", (int8_t)-5, (uint16_t)65535, (uint32_t)0xdeadbeef, INT64_MIN);
  printf("%d %d %d %d %u\n", SCHAR_MIN, SHRT_MAX, USHRT_MAX, INT_MIN, UINT_MAX);
  printf("%ld %lu %lld %llu\n", LONG_MAX, ULONG_MAX, LLONG_MIN, ULLONG_MAX);
  printf("%zu %zu %zu %zu\n", sizeof(int_least16_t), sizeof(intptr_t), sizeof(uintmax_t), sizeof(int_fast32_t));
  printf("%d %d\n", (int8_t)UINT8_MAX, (int16_t)0x8000 == INT16_MIN);
  printf("%lu %ld\n", UINT64_C(1) << 63, INT64_C(-1) >> 1);
  return 0;
}
