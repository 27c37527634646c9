/* What POSIX, BSD and GNU have beside C's <string.h>. */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

void *memccpy(void *restrict to, const void *restrict from, int last, size_t size) {
  unsigned char *at = to;
  for (const unsigned char *source = from; size-- > 0;)
    if ((*at++ = *source++) == (unsigned char)last) return at;
  return 0;
}

void *rawmemchr(const void *in, int byte) {
  const unsigned char *at = in;
  while (*at != (unsigned char)byte) at++;
  return (void *)at;
}

/* The write goes through a volatile pointer, so that no compiler takes it for useless. */
void explicit_bzero(void *to, size_t size) {
  for (volatile unsigned char *at = to; size-- > 0;) *at++ = 0;
}

/* As numbers where both have digits; a part that begins with 0 counts as behind the point: 00 < 01 < 0 < 1. */
int strverscmp(const char *left, const char *right) {
  size_t at = 0, start = 0;
  int zeros = 1;
  for (; left[at] == right[at]; at++) {
    if (!left[at]) return 0;
    if (!isdigit((unsigned char)left[at])) start = at + 1, zeros = 1;
    else if (left[at] != '0') zeros = 0;
  }
  int l = (unsigned char)left[at], r = (unsigned char)right[at];
  if (start < at && left[start] == '0') {
    /* A fraction: a longer run of zeros is less. */
    if (zeros && isdigit(l) && isdigit(r)) return l - r;
    if (zeros && (isdigit(l) || isdigit(r))) return isdigit(l) ? -1 : 1;
    return l - r;
  }
  if (l == '0' && start == at && isdigit(r)) return -1;
  if (r == '0' && start == at && isdigit(l)) return 1;
  size_t i = at, j = at;
  while (isdigit((unsigned char)left[i])) i++;
  while (isdigit((unsigned char)right[j])) j++;
  if (i != j && (start < at || (i > at && j > at))) return i < j ? -1 : 1;
  return l - r;
}

char *index(const char *text, int c) { return strchr(text, c); }
char *rindex(const char *text, int c) { return strrchr(text, c); }
int bcmp(const void *left, const void *right, size_t size) { return memcmp(left, right, size); }

int ffsl(long value) {
  for (int bit = 0; bit < 64; bit++)
    if (value >> bit & 1) return bit + 1;
  return 0;
}

int ffsll(long long value) { return ffsl((long)value); }

void swab(const void *restrict from, void *restrict to, ssize_t size) {
  const char *source = from;
  char *target = to;
  for (; size > 1; size -= 2, source += 2, target += 2) {
    char first = source[0];
    target[0] = source[1];
    target[1] = first;
  }
}
