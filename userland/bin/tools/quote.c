/* See quote.h. */
#include "quote.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tool.h"

static int is_printed(unsigned char c) { return c >= 0x80 || isprint(c); }

/* The escape that C has for a character that cannot be printed. */
static char *escape(char *to, unsigned char c) {
  static const char from[] = "\a\b\f\n\r\t\v", letters[] = "abfnrtv";
  const char *known = c ? strchr(from, c) : 0;
  return to + (known ? sprintf(to, "\\%c", letters[known - from]) : sprintf(to, "\\%03o", c));
}

static char *with_escapes(char *to, const char *name, const char *also) {
  for (; *name; name++) {
    if (!is_printed((unsigned char)*name)) {
      to = escape(to, (unsigned char)*name);
      continue;
    }
    if (strchr(also, *name)) *to++ = '\\';
    *to++ = *name;
  }
  return to;
}

static int needs_quotes(const char *name, int escapes) {
  if (!*name || strchr("~#", *name) || name[strcspn(name, " !\"$&'()*;<=>?[\\^`|\t\n")]) return 1;
  if (strcmp(name, "{") == 0 || strcmp(name, "}") == 0) return 1;
  while (escapes && *name)
    if (!is_printed((unsigned char)*name++)) return 1;
  return 0;
}

static char *for_shell(char *to, const char *name, int escapes) {
  char mark = strchr(name, '\'') && !name[strcspn(name, "\"\\$`!\n\t")] ? '"' : '\'';
  *to++ = mark;
  for (int outside = 0; *name || outside; name++) { /* outside: within $'' */
    int special = escapes && *name && !is_printed((unsigned char)*name);
    if (special != outside) {
      to = stpcpy(to, special ? "'$'" : *name ? "''" : "'");
      outside = special;
      if (!*name) return to;
    }
    if (special) to = escape(to, (unsigned char)*name);
    else if (*name == '\'' && mark == '\'') to = stpcpy(to, "'\\''");
    else *to++ = *name;
  }
  *to++ = mark;
  return to;
}

char *quote(const char *name, enum quote_style style) {
  char *text = malloc(strlen(name) * 9 + 8), *to = text;
  if (!text) exit(tool_failed("malloc"));
  if (style == QUOTE_C) {
    *to++ = '"';
    to = with_escapes(to, name, "\"\\");
    *to++ = '"';
  } else if (style == QUOTE_ESCAPE) {
    to = with_escapes(to, name, " \\");
  } else if (style == QUOTE_SHELL_ALWAYS || (style != QUOTE_LITERAL && needs_quotes(name, style == QUOTE_SHELL_ESCAPE))) {
    to = for_shell(to, name, style == QUOTE_SHELL_ESCAPE);
  } else {
    to = stpcpy(to, name);
  }
  *to = 0;
  return text;
}
