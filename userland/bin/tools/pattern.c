/* See pattern.h. */
#include "pattern.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tool.h"

void pattern_error(int error, const char *pattern, char to[80]) {
  /* regcomp tells parentheses that are not closed from those that are not open no more than POSIX does. */
  char *opened;
  if (error == REG_EPAREN && asprintf(&opened, "\\(%s", pattern) >= 0) {
    regex_t regex;
    int other = regcomp(&regex, opened, 0);
    if (!other) regfree(&regex);
    if (other != REG_EPAREN) error = REG_ERPAREN;
    free(opened);
  }
  regerror(error, 0, to, 80);
}

void pattern_compile(regex_t *to, const char *pattern, int flags, int status) {
  char text[80];
  int error = regcomp(to, pattern, flags);
  if (!error) return;
  pattern_error(error, pattern, text);
  tool_complain("%s", text);
  exit(status);
}

int pattern_find(const regex_t *regex, const char *text, size_t from, size_t size, regmatch_t *matches, size_t count,
                 int flags) {
  regmatch_t range = {(regoff_t)from, (regoff_t)size}, *places = count > 0 ? matches : &range;
  *places = range;
  int result = regexec(regex, text, count, places, flags | REG_STARTEND);
  if (result == REG_ESPACE) {
    tool_complain("the expression takes too long, or too much memory");
    exit(2);
  }
  return result == 0;
}

char *pattern_of_text(const char *text, size_t size) {
  char *pattern = malloc(size * 2 + 1), *to = pattern;
  if (!pattern) exit(tool_failed("malloc"));
  for (size_t i = 0; i < size; i++) {
    if (text[i] && strchr("\\[].*^$", text[i])) *to++ = '\\';
    *to++ = text[i];
  }
  *to = 0;
  return pattern;
}
