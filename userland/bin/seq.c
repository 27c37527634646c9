/* seq: counts; -s sets what stands between, -w pads with zeros. Numbers are kept as whole multiples of the last decimal
   that any of them has, so that no sum is ever rounded. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tools/tool.h"

static const char usage[] =
    "seq [-w] [-f FORMAT] [-s TEXT] [FIRST [STEP]] LAST\n"
    "Counts from FIRST (1) to LAST by STEP (1); numbers may have decimals.\n"
    "  -s TEXT  between the numbers   -w  pads with zeros   -f FORMAT  prints each so: %g, %5g, %.2f, %03g\n";


static _Noreturn void refuse(const char *text) {
  tool_complain("invalid floating point argument: '%s'", text);
  tool_bad_usage();
}

static int decimals_of(const char *text) {
  const char *at = text + (*text == '-' || *text == '+'), *point = strchr(at, '.');
  size_t digits = strspn(at, "0123456789.");
  if (digits == 0 || at[digits] || (point && strchr(point + 1, '.')) || (point && digits == 1)) refuse(text);
  size_t decimals = point ? strlen(point + 1) : 0;
  if (decimals > 17) refuse(text);
  return (int)decimals;
}

/* The number in units of the last of `decimals` digits. */
static long scaled(const char *text, int decimals) {
  long value = 0;
  int after = -1;
  for (const char *at = text + (*text == '-' || *text == '+'); *at; at++) {
    if (*at == '.') {
      after = 0;
      continue;
    }
    if (after >= 0) after++;
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, *at - '0', &value)) refuse(text);
  }
  for (int left = decimals - (after < 0 ? 0 : after); left > 0; left--)
    if (__builtin_mul_overflow(value, 10, &value)) refuse(text);
  return *text == '-' ? -value : value;
}

/* The value with `decimals` digits behind the point, of which `shown` are shown, in at least `width` characters. */
static const char *spelled(long value, int decimals, int shown, int width, int zeros, char to[64]) {
  unsigned long left = value < 0 ? 0 - (unsigned long)value : (unsigned long)value;
  char digits[64], *end = digits + sizeof digits - 1, *at = end;
  for (; decimals > shown; decimals--) left = (left + (decimals == shown + 1 ? 5 : 0)) / 10;
  *at = 0;
  for (int place = 0; place <= shown || left > 0; place++) {
    int is_known = place >= shown - decimals; /* the last ones may be zeros that nobody gave */
    if (place == shown && shown > 0) *--at = '.';
    *--at = (char)('0' + (is_known ? left % 10 : 0));
    if (is_known) left /= 10;
  }
  int used = (int)(end - at) + (value < 0), blanks = width > used ? width - used : 0;
  snprintf(to, 64, "%*s%s%.*s%s", zeros ? 0 : blanks, "", value < 0 ? "-" : "", zeros ? blanks : 0,
           "0000000000000000000000000000000000000000", at);
  return to;
}

/* A part of the format in which %% is %. */
static const char *unescaped(const char *from, const char *end, char to[256]) {
  size_t size = 0;
  for (; from < end && size < 255; from++) {
    to[size++] = *from;
    if (*from == '%' && from[1] == '%') from++;
  }
  to[size] = 0;
  return to;
}

int main(int argc, char **argv) {
  const char *between = "\n", *format = 0;
  int pad = 0, at = 1;
  tool_start(argc, argv, usage);
  for (; at < argc && argv[at][0] == '-' && !isdigit((unsigned char)argv[at][1]) && argv[at][1] != '.'; at++) {
    if (strcmp(argv[at], "--") == 0) {
      at++;
      break;
    }
    if (strcmp(argv[at], "-w") == 0 || strcmp(argv[at], "--equal-width") == 0) pad = 1;
    else if (strncmp(argv[at], "-s", 2) == 0 && (argv[at][2] || at + 1 < argc)) between = argv[at][2] ? argv[at] + 2 : argv[++at];
    else if (strncmp(argv[at], "--separator=", 12) == 0) between = argv[at] + 12;
    else if (strncmp(argv[at], "--format=", 9) == 0) format = argv[at] + 9;
    else if (strncmp(argv[at], "-f", 2) == 0 && (argv[at][2] || at + 1 < argc)) format = argv[at][2] ? argv[at] + 2 : argv[++at];
    else {
      if (argv[at][1] == '-') tool_complain("unrecognized option '%s'", argv[at]);
      else tool_complain((argv[at][1] == 's' || argv[at][1] == 'f') && !argv[at][2] ? "option requires an argument -- '%c'" : "invalid option -- '%c'", argv[at][1]);
      tool_bad_usage();
    }
  }
  int count = argc - at;
  if (count < 1 || count > 3) {
    if (count < 1) tool_complain("missing operand");
    else tool_complain("extra operand '%s'", argv[at + 3]);
    tool_bad_usage();
  }
  const char *texts[3] = {count > 1 ? argv[at] : "1", count > 2 ? argv[at + 1] : "1", argv[argc - 1]};
  int decimals = 0, shown = 0;
  for (int i = 0; i < 3; i++) {
    int own = decimals_of(texts[i]);
    if (own > decimals) decimals = own;
    if (i < 2 && own > shown) shown = own;
  }
  long first = scaled(texts[0], decimals), step = scaled(texts[1], decimals), last = scaled(texts[2], decimals);
  if (step == 0) {
    tool_complain("invalid Zero increment value: '%s'", texts[1]);
    tool_bad_usage();
  }
  char text[64];
  int width = 0;
  const char *before = "", *after = "";
  if (format) {
    const char *percent = strchr(format, '%');
    while (percent && percent[1] == '%') percent = strchr(percent + 2, '%');
    size_t flags = percent ? strspn(percent + 1, "0-+ #") : 0;
    char *end;
    width = percent ? (int)strtol(percent + 1 + flags, &end, 10) : 0;
    long precision = percent && *end == '.' ? strtol(end + 1, &end, 10) : -1;
    if (!percent || !*end || !strchr("gfe", *end)) {
      if (!percent) return tool_complain("format '%s' has no %% directive", format);
      return tool_complain(*end ? "format '%s' has unknown %%%c directive" : "format '%s' ends in %%", format, *end);
    }
    for (const char *more = end; (more = strchr(more + 1, '%')); more++)
      if (more[1] != '%') return tool_complain("format '%s' has too many %% directives", format);
    pad = flags > 0 && memchr(percent + 1, '0', flags) != 0;
    if (*end == 'f') shown = precision >= 0 ? (int)precision : 6;
    static char head[256], tail[256];
    before = unescaped(format, percent, head);
    after = unescaped(end + 1, end + 1 + strlen(end + 1), tail);
  } else if (pad) {
    int a = (int)strlen(spelled(first, decimals, shown, 0, 0, text));
    int b = (int)strlen(spelled(last, decimals, shown, 0, 0, text));
    width = a > b ? a : b;
  }
  int any = 0;
  for (long value = first; step > 0 ? value <= last : value >= last;) {
    printf("%s%s%s%s", any ? between : "", before, spelled(value, decimals, shown, width, pad, text), after);
    any = 1;
    if (__builtin_add_overflow(value, step, &value)) break;
  }
  if (any) putchar('\n');
  return tool_finish(0);
}
