/* Classes, cases and widths of wide characters (C11 7.30, wcwidth(3)). In the locale C there is nothing beyond ASCII. The ranges
   are those of Unicode for the scripts that are commonest; a letter of a rarer one is a graph and no letter. */
#include <ctype.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include "wide.h"

struct range {
  unsigned short first, last;
};

static const struct range letters[] = {
    {0xaa, 0xaa},     {0xb5, 0xb5},     {0xba, 0xba},     {0xc0, 0xd6},     {0xd8, 0xf6},     {0xf8, 0x2c1},    {0x370, 0x373},
    {0x376, 0x377},   {0x37b, 0x37d},   {0x37f, 0x37f},   {0x386, 0x386},   {0x388, 0x3f5},   {0x3f7, 0x481},   {0x48a, 0x52f},
    {0x531, 0x556},   {0x560, 0x588},   {0x5d0, 0x5ea},   {0x620, 0x64a},   {0x671, 0x6d3},   {0x904, 0x939},   {0xe01, 0xe30},
    {0x10a0, 0x10ff}, {0x1100, 0x11ff}, {0x1e00, 0x1fbc}, {0x3041, 0x3096}, {0x30a1, 0x30fa}, {0x3400, 0x4dbf}, {0x4e00, 0x9fff},
    {0xac00, 0xd7a3},
};

/* Characters that take no place of their own, and those that take two. */
static const struct range combining[] = {
    {0x300, 0x36f}, {0x483, 0x489}, {0x591, 0x5bd}, {0x610, 0x61a}, {0x64b, 0x65f}, {0x200b, 0x200f}, {0x20d0, 0x20f0}, {0xfe00, 0xfe0f},
};
static const struct range doubled[] = {
    {0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0x33ff}, {0x3400, 0x4dbf}, {0x4e00, 0x9fff},
    {0xa000, 0xa4c6}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe30, 0xfe6f}, {0xff01, 0xff60},
};

static int is_in(const struct range *ranges, size_t count, wint_t c) {
  for (size_t at = 0; at < count; at++) {
    wint_t first = ranges[at].first, last = ranges[at].last;
    if (c >= first && c <= last) return 1;
  }
  return 0;
}
#define IN(ranges, c) is_in(ranges, sizeof(ranges) / sizeof *(ranges), c)

/* Where capital letters and small ones lie: a range of either, and how far apart; 1: capitals are even, small ones odd; 2: the
   other way round. */
static const struct {
  unsigned short first, last;
  short step;
} cases[] = {
    {0xc0, 0xd6, 32},   {0xd8, 0xde, 32},   {0x100, 0x12f, 1}, {0x132, 0x137, 1},  {0x139, 0x148, 2},   {0x14a, 0x177, 1},
    {0x179, 0x17e, 2},  {0x1cd, 0x1dc, 2},  {0x1de, 0x1ef, 1}, {0x1f8, 0x21f, 1},  {0x222, 0x233, 1},   {0x370, 0x373, 1},
    {0x391, 0x3a1, 32}, {0x3a3, 0x3ab, 32}, {0x3d8, 0x3ef, 1}, {0x400, 0x40f, 80}, {0x410, 0x42f, 32},  {0x460, 0x481, 1},
    {0x48a, 0x4bf, 1},  {0x4c1, 0x4ce, 2},  {0x4d0, 0x52f, 1}, {0x531, 0x556, 48}, {0x1e00, 0x1e95, 1}, {0x1ea0, 0x1eff, 1},
};

/* Pairs that follow no rule: capital, small. */
static const struct range pairs[] = {
    {0x178, 0xff}, {0x386, 0x3ac}, {0x388, 0x3ad}, {0x389, 0x3ae}, {0x38a, 0x3af}, {0x38c, 0x3cc}, {0x38e, 0x3cd}, {0x38f, 0x3ce}, {0x4c0, 0x4cf},
};

static wint_t mapped(wint_t c, int to_upper) {
  if (c < 0x80) return (wint_t)(to_upper ? toupper((int)c) : tolower((int)c));
  if (!__is_utf8 || c > 0x1eff) return c;
  for (size_t at = 0; at < sizeof pairs / sizeof *pairs; at++) {
    wint_t upper = pairs[at].first, lower = pairs[at].last;
    if (c == (to_upper ? lower : upper)) return to_upper ? upper : lower;
  }
  for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
    int step = cases[at].step;
    wint_t first = cases[at].first, last = cases[at].last;
    if (step <= 2) {
      if (c < first || c > last) continue;
      int is_upper = (int)(c & 1) == (step == 2);
      return is_upper == to_upper ? c : is_upper ? c + 1 : c - 1;
    }
    if (!to_upper && c >= first && c <= last) return c + (wint_t)step;
    if (to_upper && c >= first + (wint_t)step && c <= last + (wint_t)step) return c - (wint_t)step;
  }
  /* Two small letters that share their capital with another. */
  return !to_upper ? c : c == 0x3c2 ? 0x3a3 : c == 0xb5 ? 0x39c : c;
}

wint_t towupper(wint_t c) { return mapped(c, 1); }
wint_t towlower(wint_t c) { return mapped(c, 0); }

int iswprint(wint_t c) {
  if (c < 0x80 || !__is_utf8) return c < 0x80 && isprint((int)c);
  return c >= 0xa0 && c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff) && (c & 0xfffe) != 0xfffe && c != 0x2028 && c != 0x2029;
}

int iswspace(wint_t c) {
  if (c < 0x80 || !__is_utf8) return c < 0x80 && isspace((int)c);
  return c == 0x1680 || (c >= 0x2000 && c <= 0x200a && c != 0x2007) || c == 0x2028 || c == 0x2029 || c == 0x205f || c == 0x3000;
}

int iswalpha(wint_t c) { return c < 0x80 ? isalpha((int)c) : __is_utf8 && (IN(letters, c) || (c >= 0x20000 && c <= 0x323af)); }
int iswdigit(wint_t c) { return c - '0' < 10; }
int iswxdigit(wint_t c) { return c < 0x80 && isxdigit((int)c); }
int iswalnum(wint_t c) { return iswalpha(c) || iswdigit(c); }
int iswblank(wint_t c) { return c == '\t' || (iswspace(c) && iswprint(c)); }
int iswcntrl(wint_t c) { return c < 32 || c == 127 || (__is_utf8 && ((c >= 0x80 && c < 0xa0) || c == 0x2028 || c == 0x2029)); }
int iswgraph(wint_t c) { return iswprint(c) && !iswspace(c); }
int iswlower(wint_t c) { return c < 0x80 ? islower((int)c) : towupper(c) != c || c == 0xdf; }
int iswupper(wint_t c) { return towlower(c) != c; }
int iswpunct(wint_t c) { return iswgraph(c) && !iswalnum(c); }

wctype_t wctype(const char *name) {
  static const struct {
    char name[8];
    wctype_t type;
  } classes[] = {
      {"alnum", iswalnum}, {"alpha", iswalpha}, {"blank", iswblank}, {"cntrl", iswcntrl}, {"digit", iswdigit}, {"graph", iswgraph},
      {"lower", iswlower}, {"print", iswprint}, {"punct", iswpunct}, {"space", iswspace}, {"upper", iswupper}, {"xdigit", iswxdigit},
  };
  for (size_t at = 0; at < sizeof classes / sizeof *classes; at++)
    if (strcmp(name, classes[at].name) == 0) return classes[at].type;
  return 0;
}

int iswctype(wint_t c, wctype_t type) { return type ? type(c) : 0; }

wctrans_t wctrans(const char *name) { return strcmp(name, "tolower") == 0 ? "lower" : strcmp(name, "toupper") == 0 ? "upper" : 0; }
wint_t towctrans(wint_t c, wctrans_t mapping) { return mapping ? mapped(c, *mapping == 'u') : c; }

int wcwidth(wchar_t wide) {
  wint_t c = (wint_t)wide;
  if (c == 0) return 0;
  if (!iswprint(c)) return -1;
  if (IN(combining, c)) return 0;
  return IN(doubled, c) || (c >= 0x1f300 && c <= 0x1f64f) || (c >= 0x1f680 && c <= 0x1f6ff) || (c >= 0x1f900 && c <= 0x1f9ff) ||
                 (c >= 0x20000 && c <= 0x3fffd)
             ? 2
             : 1;
}

int wcswidth(const wchar_t *text, size_t count) {
  int total = 0;
  for (; count > 0 && *text; text++, count--) {
    int width = wcwidth(*text);
    if (width < 0) return -1;
    total += width;
  }
  return total;
}
