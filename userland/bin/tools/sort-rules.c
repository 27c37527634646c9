/* See sort-rules.h. */
#include "sort-rules.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include "tool.h"

size_t sort_skip_blanks(const char *s, size_t at, size_t size) {
  while (at < size && isblank((unsigned char)s[at])) at++;
  return at;
}

/* Numbers of any length, with a fraction: sign, then digits. */
static int by_number(const char *a, size_t n, const char *b, size_t m) {
  size_t i = sort_skip_blanks(a, 0, n), j = sort_skip_blanks(b, 0, m);
  int minus_a = i < n && a[i] == '-', minus_b = j < m && b[j] == '-', result = 0;
  i += (size_t)minus_a;
  j += (size_t)minus_b;
  while (i < n && a[i] == '0') i++;
  while (j < m && b[j] == '0') j++;
  size_t x = i, y = j;
  while (x < n && isdigit((unsigned char)a[x])) x++;
  while (y < m && isdigit((unsigned char)b[y])) y++;
  int zero_a = x == i, zero_b = y == j;
  if (x - i != y - j) result = x - i < y - j ? -1 : 1;
  else result = memcmp(a + i, b + j, x - i);
  size_t p = x < n && a[x] == '.' ? x + 1 : n, q = y < m && b[y] == '.' ? y + 1 : m;
  for (;; p++, q++) {
    int has_p = p < n && isdigit((unsigned char)a[p]), has_q = q < m && isdigit((unsigned char)b[q]);
    int c = has_p ? a[p] : '0', d = has_q ? b[q] : '0';
    if (c != '0') zero_a = 0;
    if (d != '0') zero_b = 0;
    if (!result) result = c - d;
    if (!has_p && !has_q) break;
  }
  if (zero_a) minus_a = 0;
  if (zero_b) minus_b = 0;
  if (minus_a != minus_b) return minus_a ? -1 : 1;
  return minus_a ? -result : result;
}

/* A number with an exponent: its first digits, from the first that is not 0, and where the point is before them. */
struct general {
  int rank; /* 0: no number, 1: one that is none, 2: a number or infinity */
  int sign; /* 0 for zero */
  long exponent;
  char digits[41];
};

static struct general general(const char *s, size_t size) {
  struct general g = {.sign = 1};
  size_t at = sort_skip_blanks(s, 0, size), used = 0;
  if (at < size && (s[at] == '-' || s[at] == '+')) g.sign = s[at++] == '-' ? -1 : 1;
  if (size - at >= 3 && strncasecmp(s + at, "nan", 3) == 0) g.rank = 1;
  if (size - at >= 3 && strncasecmp(s + at, "inf", 3) == 0) g.rank = 2, g.exponent = 1L << 40, g.digits[used++] = '1';
  for (int point = 0; !g.rank || (g.rank == 2 && g.exponent < 1L << 39); at++) {
    if (at < size && s[at] == '.' && !point) {
      point = 1;
      continue;
    }
    if (at >= size || !isdigit((unsigned char)s[at])) break;
    g.rank = 2;
    if (s[at] == '0' && !used) {
      g.exponent -= point;
      continue;
    }
    g.exponent += !point;
    if (used < sizeof g.digits - 1) g.digits[used++] = s[at];
  }
  if (g.rank == 2 && at + 1 < size && (s[at] == 'e' || s[at] == 'E')) g.exponent += strtol(s + at + 1, 0, 10);
  while (used > 0 && g.digits[used - 1] == '0') g.digits[--used] = 0;
  if (used == 0) g.sign = 0, g.exponent = 0;
  return g;
}

static int by_general(const char *a, size_t n, const char *b, size_t m) {
  struct general x = general(a, n), y = general(b, m);
  if (x.rank != y.rank || x.rank < 2) return x.rank - y.rank;
  if (x.sign != y.sign || x.sign == 0) return x.sign - y.sign;
  int result = x.exponent != y.exponent ? (x.exponent > y.exponent) - (x.exponent < y.exponent) : strcmp(x.digits, y.digits);
  return x.sign < 0 ? -result : result;
}

static int unit(const char *s, size_t size) {
  static const char units[] = "KMGTPE";
  size_t at = sort_skip_blanks(s, 0, size);
  while (at < size && (isdigit((unsigned char)s[at]) || s[at] == '.' || s[at] == '-')) at++;
  const char *known = at < size && s[at] ? strchr(units, toupper((unsigned char)s[at])) : 0;
  return known ? (int)(known - units) + 1 : 0;
}

static int by_version(const char *a, size_t n, const char *b, size_t m) {
  for (size_t i = 0, j = 0; i < n || j < m;) {
    if (i < n && j < m && isdigit((unsigned char)a[i]) && isdigit((unsigned char)b[j])) {
      size_t x = i, y = j;
      while (x < n && isdigit((unsigned char)a[x])) x++;
      while (y < m && isdigit((unsigned char)b[y])) y++;
      int result = by_number(a + i, x - i, b + j, y - j);
      if (result) return result;
      i = x;
      j = y;
      continue;
    }
    if (i >= n || j >= m || a[i] != b[j]) return i >= n ? -1 : j >= m ? 1 : (unsigned char)a[i] - (unsigned char)b[j];
    i++, j++;
  }
  return 0;
}

/* Which month the text begins with, from 1; 0 for none. */
static int month(const char *s, size_t size) {
  static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
  size_t at = sort_skip_blanks(s, 0, size);
  for (int i = 0; i < 12; i++)
    if (size - at >= 3 && strncasecmp(s + at, names + 3 * i, 3) == 0) return i + 1;
  return 0;
}

/* FNV-1a, begun with a seed: another order every time. */
static unsigned long scrambled(const char *s, size_t size) {
  static unsigned long seed;
  while (!seed) getentropy(&seed, sizeof seed);
  unsigned long hash = 14695981039346656037UL ^ seed;
  for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)s[i]) * 1099511628211UL;
  return hash ^ hash >> 29;
}

static int is_passed(const struct rules *r, unsigned char c) {
  return (r->dictionary && !isalnum(c) && !isblank(c)) || (r->printable && !isprint(c));
}

static int by_bytes(const struct rules *r, const char *a, size_t n, const char *b, size_t m) {
  size_t i = 0, j = 0;
  for (;; i++, j++) {
    while (i < n && is_passed(r, (unsigned char)a[i])) i++;
    while (j < m && is_passed(r, (unsigned char)b[j])) j++;
    if (i >= n || j >= m) return (i < n) - (j < m);
    int c = (unsigned char)a[i], d = (unsigned char)b[j];
    if (r->fold) c = toupper(c), d = toupper(d);
    if (c != d) return c - d;
  }
}

int sort_by_rules(const struct rules *r, const char *a, size_t n, const char *b, size_t m) {
  int result;
  switch (r->kind) {
    case 'g': result = by_general(a, n, b, m); break;
    case 'n': result = by_number(a, n, b, m); break;
    case 'h': {
      int minus_a = n > 0 && a[sort_skip_blanks(a, 0, n)] == '-', minus_b = m > 0 && b[sort_skip_blanks(b, 0, m)] == '-';
      int x = minus_a ? -unit(a, n) : unit(a, n), y = minus_b ? -unit(b, m) : unit(b, m);
      result = x != y ? x - y : by_number(a, n, b, m);
      break;
    }
    case 'M': result = month(a, n) - month(b, m); break;
    case 'R': {
      unsigned long x = scrambled(a, n), y = scrambled(b, m);
      result = (x > y) - (x < y);
      break;
    }
    case 'V': result = by_version(a, n, b, m); break;
    default: result = by_bytes(r, a, n, b, m);
  }
  return r->reverse ? -result : result;
}

int sort_set_rule(struct rules *r, int letter) {
  switch (letter) {
    case 'n':
    case 'g':
    case 'h':
    case 'M':
    case 'R':
    case 'V':
      if (r->kind && r->kind != letter) r->other = r->kind;
      r->kind = (char)letter;
      return 1;
    case 'i': r->printable = 1; return 1;
    case 'f': r->fold = 1; return 1;
    case 'd': r->dictionary = 1; return 1;
    case 'r': r->reverse = 1; return 1;
    case 'b': r->blanks = 1; return 1;
    default: return 0;
  }
}

void sort_check_rules(const struct rules *r) {
  char letters[8], *to = letters;
  int ignores = r->dictionary || r->printable, random = r->kind == 'R' || r->other == 'R', version = r->kind == 'V' || r->other == 'V';
  if (!r->kind || (!r->other && !(ignores && !random && !version))) return;
  if (random && version && !ignores) return;
  for (const char *c = "dfghiMnRV"; *c; c++)
    if (*c == r->kind || *c == r->other || (*c == 'd' && r->dictionary) || (*c == 'f' && r->fold) || (*c == 'i' && r->printable && !r->dictionary)) *to++ = *c;
  *to = 0;
  tool_complain("options '-%s' are incompatible", letters);
  exit(2);
}
