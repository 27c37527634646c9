/* echo and printf (XCU echo, printf). Floating conversions are absent: this shell has no floats. */
#include "sh.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * One escape, s at the character after the backslash. Returns how many characters it took and puts the
 * byte in *c; -1 in *c means "stop printing" (\c). zero_octal: \0nnn as echo and %b have it.
 */
static int escape(const char *s, bool zero_octal, int *c) {
  static const char from[] = "abefnrtv\\", to[] = "\a\b\033\f\n\r\t\v\\";
  const char *known = *s ? strchr(from, *s) : NULL;
  if (known) {
    *c = to[known - from];
    return 1;
  }
  if (*s == 'c' && zero_octal) {
    *c = -1;
    return 1;
  }
  if (*s == 'x' && isxdigit((unsigned char)s[1])) {
    char digits[3] = {s[1], isxdigit((unsigned char)s[2]) ? s[2] : 0, 0};
    *c = (int)strtol(digits, NULL, 16);
    return 1 + (int)strlen(digits);
  }
  if (*s >= '0' && *s <= '7') {
    int n = 0, most = zero_octal && *s == '0' ? 4 : 3, value = 0;
    while (n < most && s[n] >= '0' && s[n] <= '7') value = value * 8 + s[n++] - '0';
    *c = value & 255;
    return n;
  }
  *c = '\\';
  return 0;
}

/* False when \c ended the output. */
static bool out_escaped(const char *s) {
  while (*s) {
    int c = (unsigned char)*s++;
    if (c == '\\') s += escape(s, true, &c);
    if (c < 0) return false;
    out_byte(c);
  }
  return true;
}

int builtin_echo(int argc, char **argv) {
  bool newline = true, escapes = false;
  int i = 1;
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    if (argv[i][1 + strspn(argv[i] + 1, "neE")]) break;
    for (const char *s = argv[i] + 1; *s; s++) {
      if (*s == 'n') newline = false;
      else escapes = *s == 'e';
    }
  }
  for (int first = i; i < argc; i++) {
    if (i > first) out_byte(' ');
    if (!escapes) out_str(argv[i]);
    else if (!out_escaped(argv[i])) return 0;
  }
  if (newline) out_byte('\n');
  return 0;
}

/* ---- printf ---- */

struct printing {
  char **argv;
  int argc, next, status;
};

static const char *take(struct printing *p) {
  return p->next < p->argc ? p->argv[p->next++] : NULL;
}

static intmax_t take_number(struct printing *p) {
  const char *s = take(p);
  char *end;
  if (!s || !*s) return 0;
  if (*s == '\'' || *s == '"') return (unsigned char)s[1];
  intmax_t n = *s == '-' ? strtoll(s, &end, 0) : (intmax_t)strtoull(s, &end, 0);
  if (*end || end == s) {
    warn("printf: %s: not a number", s);
    p->status = 1;
  }
  return n;
}

static void pad(int n, char c) {
  while (n-- > 0) out_byte(c);
}

static void out_field(const char *s, int width, int precision, bool left) {
  int n = (int)strlen(s);
  if (precision >= 0 && precision < n) n = precision;
  if (!left) pad(width - n, ' ');
  for (int i = 0; i < n; i++) out_byte(s[i]);
  if (left) pad(width - n, ' ');
}

/* f is after '%'. Returns what follows the conversion, or NULL to stop. */
static const char *conversion(struct printing *p, const char *f) {
  char flags[8], spec[40], number[80];
  int n = 0, width = 0, precision = -1;
  while (*f && strchr("-+ #0", *f)) {
    if (n < 5) flags[n++] = *f;
    f++;
  }
  flags[n] = 0;
  if (*f == '*') width = (int)take_number(p), f++;
  else while (isdigit((unsigned char)*f)) width = width * 10 + *f++ - '0';
  if (*f == '.') {
    precision = 0;
    if (*++f == '*') precision = (int)take_number(p), f++;
    else while (isdigit((unsigned char)*f)) precision = precision * 10 + *f++ - '0';
  }
  bool left = strchr(flags, '-') != NULL;
  if (width < 0) left = true, width = -width;
  const char *s;
  char c = *f++;
  switch (c) {
    case '%': out_byte('%'); return f;
    case 'c':
      s = take(p);
      number[0] = s ? *s : 0;
      number[1] = 0;
      out_field(number, width, -1, left);
      return f;
    case 's': s = take(p); out_field(s ? s : "", width, precision, left); return f;
    case 'b': s = take(p); return !s || out_escaped(s) ? f : NULL;
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X': {
      intmax_t value = take_number(p);
      if (precision > 60) precision = 60;
      if (precision >= 0) snprintf(spec, sizeof spec, "%%%s.%dll%c", flags, precision, c);
      else snprintf(spec, sizeof spec, "%%%s%dll%c", flags, width > 70 ? 70 : width, c);
      snprintf(number, sizeof number, spec, (long long)value);
      out_field(number, width, -1, left);
      return f;
    }
    default:
      warn("printf: %%%c: unknown conversion", c ? c : ' ');
      p->status = 1;
      return NULL;
  }
}

int builtin_printf(int argc, char **argv) {
  int i = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
  if (i >= argc) {
    warn("printf: usage: printf FORMAT [ARGUMENT...]");
    return 2;
  }
  struct printing p = {argv, argc, i + 1, 0};
  /* The format is used again while it consumes arguments. */
  int before;
  do {
    before = p.next;
    for (const char *f = argv[i]; *f;) {
      int c = (unsigned char)*f++;
      if (c == '%') {
        if (!(f = conversion(&p, f))) return p.status;
        continue;
      }
      if (c == '\\') f += escape(f, false, &c);
      out_byte(c);
    }
  } while (p.next < argc && p.next > before);
  return p.status;
}
