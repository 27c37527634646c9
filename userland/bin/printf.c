/* printf: arguments by a format, which is used again as long as arguments are left (XCU printf); no floating point. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tools/screen.h"
#include "tools/tool.h"

static const char usage[] =
    "printf FORMAT [ARGUMENT]...\n"
    "Prints the arguments by FORMAT: %s %c %d %i %u %o %x %X with flags, width and precision, %b (a text with escapes), %q (a\n"
    "word for the shell), %%; \\n \\t \\a \\b \\f \\r \\v \\e \\\\ \\NNN \\xHH \\c (stops).\n";

static char **arguments;
static int status;

/* One escape after a backslash: how long it is. In %b octal numbers may begin with a 0 more. \c ends everything. */
static size_t put_escape(const char *s, int in_argument) {
  static const char from[] = "abefnrtv\\\"", to[] = "\a\b\033\f\n\r\t\v\\\"";
  const char *known = *s ? strchr(from, *s) : 0;
  size_t size = 0;
  int value = 0;
  if (known) {
    putchar(to[known - from]);
    return 1;
  }
  if (*s == 'c') exit(tool_finish(status));
  if (*s == 'x') {
    if (!isxdigit((unsigned char)s[1])) {
      tool_complain("missing hexadecimal number in escape");
      exit(1);
    }
    for (size = 1; size < 3 && isxdigit((unsigned char)s[size]); size++)
      value = value * 16 + (isdigit((unsigned char)s[size]) ? s[size] - '0' : (s[size] | 32) - 'a' + 10);
  } else if (*s == 'u' || *s == 'U') {
    size_t most = *s == 'u' ? 4 : 8;
    char digits[9], utf8[4];
    for (size = 0; size < most && isxdigit((unsigned char)s[1 + size]); size++) digits[size] = s[1 + size];
    digits[size] = 0;
    if (size < most) {
      tool_complain("missing hexadecimal number in escape");
      exit(1);
    }
    unsigned long character = strtoul(digits, 0, 16);
    if (character < 0x110000) fwrite(utf8, 1, (size_t)screen_encode((int)character, utf8), stdout);
    return size + 1;
  } else if (*s >= '0' && *s <= '7') {
    size_t most = in_argument && *s == '0' ? 4 : 3;
    for (; size < most && s[size] >= '0' && s[size] <= '7'; size++) value = value * 8 + s[size] - '0';
  } else {
    putchar('\\');
    return 0;
  }
  putchar(value & 255);
  return size;
}

static void put_escaped(const char *s) {
  while (*s) {
    if (*s == '\\') s += 1 + put_escape(s + 1, 1);
    else putchar(*s++);
  }
}

static const char *next(void) { return *arguments ? *arguments++ : 0; }

static long next_number(int is_signed) {
  const char *text = next();
  char *end;
  if (!text) return 0;
  if (*text == '"' || *text == '\'') return (unsigned char)text[1];
  errno = 0;
  long value = is_signed ? strtol(text, &end, 0) : (long)strtoul(text, &end, 0);
  if (errno) status = tool_complain("'%s': %s", text, strerror(errno));
  else if (end == text && *text) status = tool_complain("'%s': expected a numeric value", text);
  else if (*end) status = tool_complain("'%s': value not completely converted", text);
  return value;
}

static void put_quoted(const char *s) {
  if (*s && !s[strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-./:,@%^")]) {
    fputs(s, stdout);
    return;
  }
  putchar('\'');
  for (; *s; s++) {
    if (*s == '\'') fputs("'\\''", stdout);
    else putchar(*s);
  }
  putchar('\'');
}

/* After the %; returns what comes after the conversion. */
static const char *convert(const char *f) {
  char format[40];
  const char *start = f, *text;
  int width = 0, precision = -1;
  size_t flags = strspn(f, "-+ #0'");
  f += flags;
  if (*f == '*') width = (int)next_number(1), f++;
  else width = (int)strtol(f, (char **)&f, 10);
  if (*f == '.') {
    f++;
    if (*f == '*') precision = (int)next_number(1), f++;
    else precision = (int)strtol(f, (char **)&f, 10);
  }
  while (*f == 'l' || *f == 'h' || *f == 'j' || *f == 'z') f++;
  char kind = *f ? *f++ : 0;
  int number = kind && strchr("diouxX", kind) != 0;
  snprintf(format, sizeof format, "%%%.*s*.*%s%c", flags > 8 ? 8 : (int)flags, start, number ? "l" : "", kind);
  if (number) {
    printf(format, width, precision, next_number(kind == 'd' || kind == 'i'));
  } else if (kind == 's') {
    printf(format, width, precision, (text = next()) ? text : "");
  } else if (kind == 'c') {
    text = next();
    snprintf(format, sizeof format, "%%%.*s*s", flags > 8 ? 8 : (int)flags, start);
    printf(format, width, (char[]){text ? *text : 0, 0});
    if (!text || !*text) putchar(0);
  } else if (kind == 'b') {
    put_escaped((text = next()) ? text : "");
  } else if (kind == 'q') {
    put_quoted((text = next()) ? text : "");
  } else {
    tool_complain("%%%.*s: invalid conversion specification", (int)(f - start), start);
    exit(1);
  }
  return f;
}

int main(int argc, char **argv) {
  tool_start(argc, argv, usage);
  int first = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
  if (first >= argc) {
    tool_complain("missing operand");
    tool_bad_usage();
  }
  arguments = argv + first + 1;
  char **before;
  do {
    before = arguments;
    for (const char *f = argv[first]; *f;) {
      if (*f == '%' && f[1] == '%') putchar('%'), f += 2;
      else if (*f == '%') f = convert(f + 1);
      else if (*f == '\\') f += 1 + put_escape(f + 1, 0);
      else putchar(*f++);
    }
  } while (*arguments && arguments > before);
  if (*arguments) tool_complain("warning: ignoring excess arguments, starting with '%s'", *arguments);
  return tool_finish(status);
}
