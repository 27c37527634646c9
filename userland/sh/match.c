/*
 * Pattern matching notation (XCU 2.13): * ? [set] and \c, over UTF-8.
 *
 * Expansion hands quoted characters over as \c, so a pattern string carries its own quoting.
 */
#include "sh.h"

#include <ctype.h>
#include <string.h>

/* A '[' that nothing closes is a character: the command `[` must not read the directory. */
bool pattern_is_glob(const char *p) {
  bool open = false;
  for (; *p; p++) {
    if (*p == '\\' && p[1]) p++;
    else if (*p == '*' || *p == '?' || (*p == ']' && open)) return true;
    else if (*p == '[') open = true;
  }
  return false;
}

void pattern_unescape(char *s) {
  char *to = s;
  for (; *s; s++) {
    if (*s == '\\' && s[1]) s++;
    *to++ = *s;
  }
  *to = 0;
}

static long decode(const char *s, int n) {
  long c = (unsigned char)s[0];
  if (n > 1) c &= 0x7f >> n;
  for (int i = 1; i < n; i++) c = c << 6 | (s[i] & 0x3f);
  return c;
}

/* One member of a set, and past it. */
static long set_member(const char **p) {
  if (**p == '\\' && (*p)[1]) ++*p;
  int n = utf8_length(*p, strlen(*p));
  long c = decode(*p, n);
  *p += n;
  return c;
}

/* p is just after '['. Returns the position after ']', or NULL when it is no set at all. */
static const char *match_set(const char *p, long c, bool *matched) {
  bool negated = *p == '!' || *p == '^', found = false, first = true;
  if (negated) p++;
  for (; *p && (first || *p != ']'); first = false) {
    if (p[0] == '[' && p[1] == ':') {
      const char *end = strstr(p + 2, ":]");
      if (end) {
        int (*has)(int) = __class_named(p + 2, (size_t)(end - p - 2));
        if (has && c < 128 && has((int)c)) found = true;
        p = end + 2;
        continue;
      }
    }
    long low = set_member(&p), high = low;
    if (p[0] == '-' && p[1] && p[1] != ']') {
      p++;
      high = set_member(&p);
    }
    if (c >= low && c <= high) found = true;
  }
  if (*p != ']') return NULL;
  *matched = found != negated;
  return p + 1;
}

/* A star retries from one character further on; only the latest star ever needs to. */
bool pattern_match(const char *p, const char *s) {
  const char *star = NULL, *star_s = NULL;
  for (;;) {
    bool ok = false;
    const char *next_p = p;
    int n = *s ? utf8_length(s, strlen(s)) : 0;
    if (*p == '*') {
      star = ++p;
      star_s = s;
      continue;
    }
    if (!*p && !*s) return true;
    if (*s && *p) {
      if (*p == '?') {
        ok = true;
        next_p = p + 1;
      } else {
        const char *after = *p == '[' ? match_set(p + 1, decode(s, n), &ok) : NULL;
        if (after) {
          next_p = after;
        } else {
          const char *q = *p == '\\' && p[1] ? p + 1 : p;
          ok = *q == *s;
          n = 1;
          next_p = q + 1;
        }
      }
    }
    if (ok) {
      p = next_p;
      s += n;
    } else {
      if (!star || !*star_s) return false;
      star_s += utf8_length(star_s, strlen(star_s));
      p = star;
      s = star_s;
    }
  }
}
