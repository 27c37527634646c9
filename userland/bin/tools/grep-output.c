/* See grep-output.h. */
#include "grep-output.h"
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "grep-match.h"

struct grep_style grep_style = {.after_name = 1, .end_of_line = '\n', .between = "--"};

static const char *of_name = "35", *of_number = "32", *of_offset = "32", *of_mark = "36", *of_match = "01;31", *of_context_match = "01;31";
static const char *clear = "\033[K"; /* to the end of the row, because a wrapped line would carry a background on */

void grep_read_colors(void) {
  char *text = getenv("GREP_COLORS"), *copy = text ? strdup(text) : 0;
  for (char *one = copy ? strtok(copy, ":") : 0; one; one = strtok(0, ":")) {
    if (strcmp(one, "ne") == 0) clear = "";
    if (strncmp(one, "fn=", 3) == 0) of_name = one + 3;
    if (strncmp(one, "ln=", 3) == 0) of_number = one + 3;
    if (strncmp(one, "bn=", 3) == 0) of_offset = one + 3;
    if (strncmp(one, "se=", 3) == 0) of_mark = one + 3;
    if (strncmp(one, "ms=", 3) == 0 || strncmp(one, "mt=", 3) == 0) of_match = one + 3;
    if (strncmp(one, "mc=", 3) == 0 || strncmp(one, "mt=", 3) == 0) of_context_match = one + 3;
  }
}

static void put_colored(const char *color, const char *text, size_t size) {
  int colored = grep_style.colored && size > 0 && *color;
  if (colored) printf("\033[%sm%s", color, clear);
  fwrite(text, 1, size, stdout);
  if (colored) printf("\033[m%s", clear);
}

void grep_put_name(const char *name, char end) {
  put_colored(of_name, name, strlen(name));
  if (!grep_style.after_name) putchar(0);
  else if (end == '\n') putchar('\n');
  else put_colored(of_mark, &end, 1);
}

static void put_number(const char *color, unsigned long number, char mark) {
  char text[24];
  put_colored(color, text, (size_t)snprintf(text, sizeof text, "%*lu", grep_style.width, number));
  put_colored(of_mark, &mark, 1);
}

static void put_prefix(const char *name, unsigned long number, unsigned long offset, size_t size, char mark) {
  if (grep_style.with_name > 0) grep_put_name(name, mark);
  if (grep_style.with_number) put_number(of_number, number, mark);
  if (grep_style.with_offset) put_number(of_offset, offset, mark);
  if (grep_style.aligned && size > 0 && (grep_style.with_name > 0 || grep_style.with_number || grep_style.with_offset)) putchar('\t');
}

/* The matches of a line one by one, each in a line of its own or within the rest. */
static void put_matches(const char *name, unsigned long number, unsigned long offset, const char *line, size_t size, char mark) {
  regmatch_t m;
  size_t at = 0;
  const char *color = mark == ':' ? of_match : of_context_match;
  for (size_t from = 0; from <= size && grep_find(line, from, size, &m);) {
    size_t length = (size_t)(m.rm_eo - m.rm_so);
    if (length > 0) {
      if (grep_style.only_matching) put_prefix(name, number, offset + (size_t)m.rm_so, length, mark);
      else fwrite(line + at, 1, (size_t)m.rm_so - at, stdout);
      put_colored(color, line + m.rm_so, length);
      if (grep_style.only_matching) putchar(grep_style.end_of_line);
      at = (size_t)m.rm_eo;
    }
    from = (size_t)m.rm_eo + (length == 0);
  }
  if (!grep_style.only_matching) fwrite(line + at, 1, size - at, stdout);
}

void grep_put_line(const char *name, unsigned long number, unsigned long offset, const char *line, size_t size, char mark) {
  int matching = (mark == ':') != grep_style.invert;
  if (!grep_style.only_matching) put_prefix(name, number, offset, size, mark);
  if (matching && (grep_style.only_matching || grep_style.colored)) put_matches(name, number, offset, line, size, mark);
  else if (!grep_style.only_matching) fwrite(line, 1, size, stdout);
  if (!grep_style.only_matching) putchar(grep_style.end_of_line);
}

void grep_put_between(void) {
  if (!grep_style.between) return;
  put_colored(of_mark, grep_style.between, strlen(grep_style.between));
  putchar('\n');
}
