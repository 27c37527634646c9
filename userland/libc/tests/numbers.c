// strtol and its family, abs, div, rand.
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  static const char *const texts[] = {
      "", "0", "-0", "+7", "  42", "\t\n-42x", "0x1f", "0X1F", "0x", "0xg", "010", "08", "-0x10", "--1", "+-1", "zz", "Zz9",
      "2147483647", "2147483648", "-2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
      "-9223372036854775809", "18446744073709551615", "18446744073709551616", "-18446744073709551615", "-1",
      "99999999999999999999999", "0b101", "1e5", "1_000", "777777777777777777777", "7fffffffffffffff", "ffffffffffffffff",
  };
  static const int bases[] = {0, 2, 8, 10, 16, 36, 1, 37, -3};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    for (size_t j = 0; j < sizeof bases / sizeof *bases; j++) {
      char *end = (char *)texts[i];
      errno = 0;
      long value = strtol(texts[i], &end, bases[j]);
      printf("%s/%d: %ld %d '%s' ", texts[i], bases[j], value, errno, end);
      end = (char *)texts[i];
      errno = 0;
      unsigned long positive = strtoul(texts[i], &end, bases[j]);
      printf("%lu %d '%s'\n", positive, errno, end);
    }
  printf("%d %ld %lld\n", atoi(" -12abc"), atol("123456789012"), atoll("-5"));
  printf("%" PRId64 " %" PRIx32 " %" PRIuMAX "\n", (int64_t)-5, (uint32_t)0xbeef, strtoumax("77", 0, 8));
  printf("%d %ld\n", abs(-3), labs(-4L));
  div_t d = div(-7, 2);
  ldiv_t l = ldiv(7, -2);
  printf("%d %d %ld %ld\n", d.quot, d.rem, l.quot, l.rem);
  for (int i = 0; i < 5; i++) printf("%d ", rand());
  srand(42);
  for (int i = 0; i < 400; i++) printf("%d ", rand());
  unsigned seed = 7;
  for (int i = 0; i < 5; i++) printf("%d ", rand_r(&seed));
  printf("\n");
  return 0;
}
