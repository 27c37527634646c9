/* Numbers from wide text (wcstol(3)): digits are ASCII, so they are copied and read by the functions for bytes. */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <wchar.h>
#include <wctype.h>

/* Copies the longest part that could be a number: blanks, a sign, letters and digits. 66 are enough for base 2, 0b and a sign;
   of leading zeros and blanks there may be more. */
static const wchar_t *copy(const wchar_t *text, char *to, size_t room, size_t *skipped) {
  const wchar_t *at = text;
  char *end = to + room - 1;
  while (iswspace((wint_t)*at)) at++;
  if (*at == '+' || *at == '-') *to++ = (char)*at++;
  *skipped = (size_t)(at - text);
  while (at[0] == '0' && at[1] == '0') at++, ++*skipped;
  for (const wchar_t *from = at; to < end && *from > 0 && *from < 0x80 && isalnum(*from); from++) *to++ = (char)*from;
  *to = 0;
  return at;
}

#define READER(name, type, narrow) \
  type name(const wchar_t *restrict text, wchar_t **restrict end, int base) { \
    char bytes[128], *stop; \
    size_t skipped; \
    const wchar_t *digits = copy(text, bytes, sizeof bytes, &skipped); \
    type value = narrow(bytes, &stop, base); \
    int sign = *bytes == '+' || *bytes == '-'; \
    if (end) *end = (wchar_t *)(stop == bytes ? text : digits + (stop - bytes - sign)); \
    return value; \
  }

READER(wcstol, long, strtol)
READER(wcstoul, unsigned long, strtoul)
READER(wcstoll, long long, strtoll)
READER(wcstoull, unsigned long long, strtoull)
READER(wcstoimax, intmax_t, strtoimax)
READER(wcstoumax, uintmax_t, strtoumax)
