/* What stands between delimiters in a sed script: regular expressions and their escapes (sed-cursor.h). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "pattern.h"
#include "sed-cursor.h"

int sed_extended;

char *sed_delimited(char delimiter, int is_regex) {
  char *result = sed_need(malloc(strlen(sed_at) + 1)), *to = result;
  int set = 0; /* inside [ ] */
  for (; *sed_at && *sed_at != '\n' && (*sed_at != delimiter || set); sed_at++) {
    if (set) {
      if (*sed_at == ']') set = 0;
    } else if (*sed_at == '[' && is_regex) {
      set = 1;
      *to++ = *sed_at;
      if (sed_at[1] == '^') *to++ = *++sed_at;
      if (sed_at[1] == ']') *to++ = *++sed_at;
      continue;
    } else if (*sed_at == '\\' && sed_at[1] && !(sed_at++, sed_at_end())) {
      if (*sed_at == 'n' && is_regex && delimiter != 'n') *to++ = '\n';
      else if (*sed_at == delimiter && (is_regex || delimiter != '&')) *to++ = delimiter;
      else if (*sed_at == '\n' && is_regex) *to++ = '\n';
      else *to++ = '\\', *to++ = *sed_at;
      continue;
    }
    if (set && *sed_at == '\\' && sed_at[1] == 'n') {
      *to++ = '\n';
      sed_at++;
      continue;
    }
    if (set && sed_at[0] == '[' && sed_at[1] && strchr(":.=", sed_at[1])) {
      const char close[] = {sed_at[1], ']', 0}, *end = strstr(sed_at + 2, close), *newline = strchr(sed_at, '\n');
      if (end && end < newline) {
        while (sed_at < end + 1) *to++ = *sed_at++;
      }
    }
    *to++ = *sed_at;
  }
  *to = 0;
  if (*sed_at != delimiter || (delimiter == '\n' && sed_at_end())) {
    free(result);
    return 0;
  }
  sed_at++;
  return result;
}

int sed_escaped(const char *from, int *c) {
  static const char letters[] = "aftvr", meanings[] = "\a\f\t\v\r", digits[] = "0123456789abcdef";
  const char *known = *from ? strchr(letters, *from) : 0;
  if (known) {
    *c = meanings[known - letters];
    return 1;
  }
  if (*from == 'c' && from[1]) {
    *c = toupper((unsigned char)from[1]) ^ 0x40;
    return 2 + (from[1] == '\\' && from[2] == '\\');
  }
  int base = *from == 'd' ? 10 : *from == 'o' ? 8 : *from == 'x' ? 16 : 0, most = base == 16 ? 2 : 3, used = 0;
  for (*c = 0; used < most && from[1 + used]; used++) {
    const char *digit = strchr(digits, tolower((unsigned char)from[1 + used]));
    if (!digit || digit - digits >= base) break;
    *c = *c * base + (int)(digit - digits);
  }
  *c &= 255;
  return base && used ? used + 1 : 0;
}

/* The regular expression with its escapes replaced, in a block of its own. A NUL cannot stand in it: it is what is no other. */
static char *unescape_regex(const char *from) {
  static const char nul[] = "[^\001-\377]";
  char *result = sed_need(malloc(strlen(from) * 3 + 1)), *to = result;
  for (int c, used; *from; from++) {
    if (*from != '\\' || !from[1]) {
      *to++ = *from;
    } else if ((used = sed_escaped(from + 1, &c))) {
      if (c) *to++ = (char)c;
      else to = stpcpy(to, nul);
      from += used;
    } else {
      *to++ = *from++;
      *to++ = *from;
    }
  }
  *to = 0;
  return result;
}

regex_t *sed_compile(const char *pattern, int flags) {
  if (!*pattern) {
    if (flags) sed_fail("no previous regular expression", "");
    return 0;
  }
  regex_t *regex = sed_need(malloc(sizeof *regex));
  char message[80], *plain = unescape_regex(pattern);
  int error = regcomp(regex, plain, flags | (sed_extended ? REG_EXTENDED : 0));
  if (error) {
    pattern_error(error, plain, message);
    sed_fail("%s", message);
  }
  free(plain);
  return regex;
}
