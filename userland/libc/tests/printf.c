// The printf family: every flag, width, precision and length against every integer conversion.
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void number(const char *flags, const char *width, const char *precision, const char *conversion) {
  static const long values[] = {0, 1, -1, 42, -42, INT_MAX, INT_MIN, LONG_MAX, LONG_MIN, 255, 4096};
  char format[32];
  snprintf(format, sizeof format, "%%%s%s%s%s", flags, width, precision, conversion);
  printf("%s:", format);
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    putchar('[');
    if (strchr(conversion, 'l') || strchr(conversion, 'z') || strchr(conversion, 'j')) printf(format, values[i]);
    else printf(format, (int)values[i]);
    putchar(']');
  }
  putchar('\n');
}

int main(void) {
  static const char *const flags[] = {"", "-", "+", " ", "#", "0", "-0", "+0", " 0", "#0", "#-", "+#0"};
  static const char *const widths[] = {"", "1", "8", "25"};
  static const char *const precisions[] = {"", ".", ".0", ".3", ".20"};
  static const char *const conversions[] = {"d", "u", "x", "X", "o", "ld", "lx", "lo", "lu", "hd", "hhd", "hhu", "hx", "zu", "jd", "i"};
  for (size_t a = 0; a < sizeof flags / sizeof *flags; a++)
    for (size_t b = 0; b < sizeof widths / sizeof *widths; b++)
      for (size_t c = 0; c < sizeof precisions / sizeof *precisions; c++)
        for (size_t d = 0; d < sizeof conversions / sizeof *conversions; d++)
          number(flags[a], widths[b], precisions[c], conversions[d]);
  static const char *const strings[] = {"%s", "%10s", "%-10s", "%.2s", "%10.2s", "%-10.2s", "%.0s", "%.20s"};
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
    printf(strings[i], "hello");
    printf("|");
    printf(strings[i], "");
    printf("|");
    printf(strings[i], (char *)(uintptr_t)0);
    printf("|\n");
  }
  int position = 0, rest = 0;
  printf("%c%5c%-5c|%%|%n%s\n", 'a', 'b', 'c', &position, "x");
  printf("%d %p %p %10p %-10p|\n", position, (void *)0, (void *)0x1234, (void *)0x12, (void *)0x12);
  printf("%*d|%-*d|%*d|%.*d|%.*d|\n", 6, 1, 6, 2, -6, 3, 4, 4, -4, 5);
  errno = ENOENT;
  printf("%m|%20m|%s\n", strerror(EPERM));
  char small[8];
  rest = snprintf(small, sizeof small, "%s-%d", "overflow", 12345);
  printf("%d %s\n", rest, small);
  rest = snprintf(0, 0, "%08.3lx", 0xabcUL);
  printf("%d\n", rest);
  char *text;
  rest = asprintf(&text, "%s %s", "made", "to measure");
  printf("%d %s\n", rest, text);
  free(text);
  fflush(stdout);
  dprintf(1, "straight to %s %d\n", "descriptor", 1);
  printf("%s %d\n", "a long line to cross the buffer's end many times:", printf("%3000s|%-3000s|\n", "right", "left"));
  return 0;
}
