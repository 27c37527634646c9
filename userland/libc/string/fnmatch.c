/* fnmatch(3): * ? [set] and \c. Only the last star is ever tried again, so that no pattern takes long: what fits between two
   stars fits best as far left as possible. */
#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

static int fold(int c, int flags) { return flags & FNM_CASEFOLD ? tolower(c) : c; }

/* Past the set that begins after `p`, or null when nothing closes it: then [ is a character. */
static const char *match_set(const char *p, int c, int flags, int *matches) {
  int inverted = *p == '!' || *p == '^', found = 0;
  p += inverted;
  for (const char *first = p; *p != ']' || p == first; p++) {
    const char *end;
    if (p[0] == '[' && p[1] == ':' && (end = strstr(p + 2, ":]"))) {
      int (*has)(int) = __class_named(p + 2, (size_t)(end - p - 2));
      found |= has && has(c);
      p = end + 1;
      continue;
    }
    if (*p == '\\' && p[1] && !(flags & FNM_NOESCAPE)) p++;
    if (!*p || (*p == '/' && flags & FNM_PATHNAME)) return 0;
    int low = (unsigned char)*p, high = low;
    if (p[1] == '-' && p[2] && p[2] != ']') {
      p += 2;
      if (*p == '\\' && p[1] && !(flags & FNM_NOESCAPE)) p++;
      high = (unsigned char)*p;
    }
    found |= (c >= low && c <= high) || (fold(c, flags) >= fold(low, flags) && fold(c, flags) <= fold(high, flags));
  }
  *matches = found != inverted;
  return p + 1;
}

/* Whether a dot at `t` may only be matched by a dot. */
static int is_hidden(const char *text, const char *t, int flags) {
  return flags & FNM_PERIOD && *t == '.' && (t == text || (flags & FNM_PATHNAME && t[-1] == '/'));
}

/* Past what one piece of the pattern (not a star) takes, or null when it does not take *t. */
static const char *piece(const char *p, const char *text, const char *t, int flags) {
  int c = (unsigned char)*t, matches;
  int special = !(c == '/' && flags & FNM_PATHNAME) && !is_hidden(text, t, flags);
  if (*p == '?') return special ? p + 1 : 0;
  if (*p == '[') {
    const char *end = match_set(p + 1, c, flags, &matches);
    if (end) return special && matches ? end : 0;
  }
  if (*p == '\\' && !(flags & FNM_NOESCAPE) && !*++p) return 0;
  return fold((unsigned char)*p, flags) == fold(c, flags) ? p + 1 : 0;
}

int fnmatch(const char *pattern, const char *text, int flags) {
  const char *p = pattern, *t = text, *star = 0, *from = 0;
  for (;;) {
    if (*p == '*') {
      if (is_hidden(text, t, flags)) return FNM_NOMATCH;
      star = ++p;
      from = t;
      continue;
    }
    if (!*t || (*t == '/' && !*p && flags & FNM_LEADING_DIR)) {
      if (!*p) return 0;
      if (!*t) return FNM_NOMATCH;
    } else {
      const char *next = *p ? piece(p, text, t, flags) : 0;
      if (next) {
        p = next;
        if (*t++ == '/' && flags & FNM_PATHNAME) star = 0; /* no star reaches over it */
        continue;
      }
    }
    if (!star || (*from == '/' && flags & FNM_PATHNAME)) return FNM_NOMATCH;
    p = star;
    t = ++from;
  }
}
