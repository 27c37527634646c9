/* echo and printf (XCU echo, printf). Floating conversions are absent: this shell has no floats. */
#include "sh.h"

#include <ctype.h>
#include <errno.h>
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
static bool put_escaped(struct text *t, const char *s) {
  while (*s) {
    int c = (unsigned char)*s++;
    if (c == '\\') s += escape(s, true, &c);
    if (c < 0) return false;
    text_byte(t, c);
  }
  return true;
}

static void out_bytes(const struct text *t) {
  for (size_t i = 0; i < t->len; i++) out_byte(t->s[i]);
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
    struct text t = {0};
    if (i > first) out_byte(' ');
    if (!escapes) {
      out_str(argv[i]);
      continue;
    }
    bool on = put_escaped(&t, argv[i]);
    out_bytes(&t);
    text_free(&t);
    if (!on) return 0;
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

/* The next argument as a number; c is the conversion it is for. */
static intmax_t take_number(struct printing *p, char c) {
  const char *s = take(p);
  char *end;
  if (!s || !*s) return 0;
  if (*s == '\'' || *s == '"') return (unsigned char)s[1];
  errno = 0;
  bool is_signed = c == 'd' || c == 'i' || *s == '-';
  intmax_t n = is_signed ? strtoll(s, &end, 0) : (intmax_t)strtoull(s, &end, 0);
  if (*end || end == s || errno) {
    warn("printf: %s: %s", s, errno ? strerror(errno) : "not a number");
    p->status = 1;
  }
  return n;
}

static void pad(int n) {
  while (n-- > 0) out_byte(' ');
}

/* Flags, width and precision of one conversion. */
struct field {
  char flags[8];
  int width, precision; /* precision -1: none given */
  bool left;
};

static void out_field(const struct field *f, const char *s, int n) {
  if (!f->left) pad(f->width - n);
  for (int i = 0; i < n; i++) out_byte(s[i]);
  if (f->left) pad(f->width - n);
}

static int shortened(const struct field *f, size_t n) {
  return f->precision >= 0 && (size_t)f->precision < n ? f->precision : (int)n;
}

/* Digits or '*', from *f on. A million columns are enough. */
static int take_size(struct printing *p, const char **f) {
  intmax_t n = 0;
  if (**f == '*') {
    n = take_number(p, 'd');
    ++*f;
  } else {
    while (isdigit((unsigned char)**f)) {
      n = n * 10 + *(*f)++ - '0';
      if (n > 1000000) n = 1000000;
    }
  }
  return n > 1000000 ? 1000000 : n < -1000000 ? -1000000 : (int)n;
}

static void out_number(struct printing *p, const struct field *f, char c) {
  intmax_t value = take_number(p, c);
  int room = f->width > f->precision ? f->width : f->precision;
  char *number = xmalloc((size_t)room + 32), spec[24];
  int n = f->precision >= 0
              ? (snprintf(spec, sizeof spec, "%%%s*.*ll%c", f->flags, c),
                 snprintf(number, (size_t)room + 32, spec, f->width, f->precision, (long long)value))
              : (snprintf(spec, sizeof spec, "%%%s*ll%c", f->flags, c),
                 snprintf(number, (size_t)room + 32, spec, f->width, (long long)value));
  for (int i = 0; i < n; i++) out_byte(number[i]);
  free(number);
}

/* s is after '%'. Returns what follows the conversion, or NULL to stop. */
static const char *conversion(struct printing *p, const char *s) {
  struct field f = {{0}, 0, -1, false};
  struct text t = {0};
  bool on = true;
  for (int n = 0; *s && strchr("-+ #0", *s); s++)
    if (!strchr(f.flags, *s)) f.flags[n++] = *s;
  f.width = take_size(p, &s);
  if (*s == '.') {
    s++;
    f.precision = take_size(p, &s);
    if (f.precision < 0) f.precision = -1;
  }
  if (f.width < 0) strcat(f.flags, strchr(f.flags, '-') ? "" : "-"), f.width = -f.width;
  f.left = strchr(f.flags, '-') != NULL;
  char c = *s ? *s++ : 0;
  if (c == '%') {
    out_byte('%');
  } else if (c == 'c') {
    const char *value = take(p);
    out_field(&f, value ? value : "", 1); /* of an empty string: the NUL that ends it */
  } else if (c == 's') {
    const char *value = take(p);
    out_field(&f, value, value ? shortened(&f, strlen(value)) : 0);
  } else if (c == 'b') {
    const char *value = take(p);
    on = put_escaped(&t, value ? value : "");
    out_field(&f, t.s, shortened(&f, t.len));
    text_free(&t);
  } else if (c && strchr("diuoxX", c)) {
    out_number(p, &f, c);
  } else {
    warn("printf: %%%c: unknown conversion", c ? c : ' ');
    p->status = 1;
    on = false;
  }
  return on ? s : NULL;
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
