/* echo: prints its arguments; -n without the newline, -e with escapes, -E without (as GNU's). */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tools/tool.h"

/* Prints `text` with its escapes; whether \c said to stop. */
static int put_escaped(const char *text) {
  static const char letters[] = "abefnrtv\\", meanings[] = "\a\b\033\f\n\r\t\v\\";
  for (; *text; text++) {
    const char *letter;
    if (*text != '\\' || !text[1]) {
      putchar(*text);
      continue;
    }
    if (*++text == 'c') return 1;
    if (*text >= '0' && *text <= '7') {
      int value = *text - '0', most = *text == '0' ? 3 : 2;
      for (int i = 0; i < most && text[1] >= '0' && text[1] <= '7'; i++) value = value * 8 + *++text - '0';
      putchar(value);
    } else if (*text == 'x' && isxdigit((unsigned char)text[1])) {
      char digits[3] = {*++text, 0, 0};
      if (isxdigit((unsigned char)text[1])) digits[1] = *++text;
      putchar((int)strtol(digits, 0, 16));
    } else if ((letter = strchr(letters, *text))) {
      putchar(meanings[letter - letters]);
    } else {
      putchar('\\');
      putchar(*text);
    }
  }
  return 0;
}

int main(int argc, char **argv) {
  int newline = 1, escapes = 0, at = 1;
  for (; at < argc && argv[at][0] == '-' && argv[at][1]; at++) {
    if (argv[at][1 + strspn(argv[at] + 1, "neE")]) break; /* not an option: it is printed */
    for (const char *option = argv[at] + 1; *option; option++) {
      if (*option == 'n') newline = 0;
      else escapes = *option == 'e';
    }
  }
  for (int first = at; at < argc; at++) {
    if (at > first) putchar(' ');
    if (!escapes) fputs(argv[at], stdout);
    else if (put_escaped(argv[at])) return tool_finish(0);
  }
  if (newline) putchar('\n');
  return tool_finish(0);
}
