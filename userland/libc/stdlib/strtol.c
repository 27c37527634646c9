/* Numbers from text (C11 7.22.1). One reader of digits; each function says its own limits. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

/* Reads an optional sign, prefix and digits. The magnitude saturates at `limit` (`limit_negative` after a minus)
   with ERANGE; `end` gets the first unread character, or the start when there was no digit. */
static unsigned long read_number(const char *text, char **end, int base, unsigned long limit,
                                 unsigned long limit_negative, int *negative) {
  const char *at = text;
  unsigned long value = 0;
  int any = 0, over = 0;
  *negative = 0;
  if (base < 0 || base == 1 || base > 36) {
    errno = EINVAL;
    if (end) *end = (char *)text;
    return 0;
  }
  while (isspace((unsigned char)*at)) at++;
  if (*at == '+' || *at == '-') *negative = *at++ == '-';
  if ((base == 0 || base == 16) && at[0] == '0' && (at[1] | 32) == 'x' &&
      isxdigit((unsigned char)at[2])) {
    at += 2;
    base = 16;
  }
  if (base == 0) base = *at == '0' ? 8 : 10;
  if (*negative) limit = limit_negative;
  for (;; at++, any = 1) {
    int digit = isdigit((unsigned char)*at)   ? *at - '0'
                : isalpha((unsigned char)*at) ? (*at | 32) - 'a' + 10
                                              : 36;
    if (digit >= base) break;
    if (over || value > limit / (unsigned)base ||
        value * (unsigned)base > limit - (unsigned)digit)
      over = 1;
    else
      value = value * (unsigned)base + (unsigned)digit;
  }
  if (end) *end = (char *)(any ? at : text);
  if (over) {
    errno = ERANGE;
    return limit;
  }
  return value;
}

long strtol(const char *restrict text, char **restrict end, int base) {
  int negative;
  unsigned long value =
      read_number(text, end, base, LONG_MAX, (unsigned long)LONG_MAX + 1, &negative);
  return (long)(negative ? -value : value);
}

unsigned long strtoul(const char *restrict text, char **restrict end, int base) {
  int negative, before = errno;
  errno = 0;
  unsigned long value = read_number(text, end, base, ULONG_MAX, ULONG_MAX, &negative);
  int over = errno == ERANGE; /* an overflow is not negated: ULONG_MAX whatever the sign */
  if (errno == 0) errno = before;
  return negative && !over ? -value : value;
}

long long strtoll(const char *restrict text, char **restrict end, int base) {
  return strtol(text, end, base);
}
unsigned long long strtoull(const char *restrict text, char **restrict end, int base) {
  return strtoul(text, end, base);
}
intmax_t strtoimax(const char *text, char **end, int base) { return strtol(text, end, base); }
uintmax_t strtoumax(const char *text, char **end, int base) { return strtoul(text, end, base); }
int atoi(const char *text) { return (int)strtol(text, 0, 10); }
long atol(const char *text) { return strtol(text, 0, 10); }
long long atoll(const char *text) { return strtol(text, 0, 10); }
