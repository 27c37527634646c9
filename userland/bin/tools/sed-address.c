/* The addresses before a command of sed, as POSIX has them, with GNU's N~STEP, +N, ~N and 0 (sed-cursor.h). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "sed-cursor.h"

static struct address address(void) {
  struct address a = {.kind = NO_ADDRESS};
  if (isdigit((unsigned char)*sed_at)) {
    a.kind = AT_LINE;
    a.line = sed_number();
    sed_skip(" \t");
    if (*sed_at == '~') {
      sed_at++;
      sed_skip(" \t");
      a.step = sed_number();
      if (a.step > 0) a.kind = AT_STEP;
    }
    if (a.kind == AT_LINE && a.line == 0) a.kind = AT_ZERO;
  } else if (*sed_at == '+' || *sed_at == '~') {
    a.kind = *sed_at++ == '+' ? AFTER_LINES : TO_MULTIPLE;
    sed_skip(" \t");
    a.line = sed_number();
  } else if (*sed_at == '$') {
    sed_at++;
    a.kind = AT_LAST;
  } else if (*sed_at == '/' || *sed_at == '\\') {
    if (*sed_at == '\\') sed_at++;
    char delimiter = *sed_at && !sed_at_end() ? *sed_at++ : 0, *pattern = delimiter ? sed_delimited(delimiter, 1) : 0;
    int flags = 0;
    if (!pattern) sed_fail("unterminated address regex", "");
    for (sed_skip(" \t"); *sed_at == 'I' || *sed_at == 'M'; sed_at++, sed_skip(" \t")) flags |= *sed_at == 'I' ? REG_ICASE : REG_NEWLINE;
    a.kind = AT_MATCH;
    a.regex = sed_compile(pattern, flags);
    free(pattern);
  }
  return a;
}

void sed_addresses(struct command *c) {
  c->from = address();
  if (c->from.kind == AFTER_LINES || c->from.kind == TO_MULTIPLE) sed_fail("invalid usage of +N or ~N as first address", "");
  sed_skip(" \t");
  if (*sed_at == ',' && c->from.kind != NO_ADDRESS) {
    sed_at++;
    sed_skip(" \t");
    c->to = address();
    if (c->to.kind == NO_ADDRESS) sed_at += !sed_at_end(), sed_fail("unexpected `,'", "");
    if (c->to.kind == AT_ZERO) c->to.kind = AT_LINE;
    sed_skip(" \t");
  }
  if (c->from.kind == AT_ZERO && c->to.kind != AT_MATCH && (c->to.kind != NO_ADDRESS || *sed_at != 'r')) {
    sed_at += !sed_at_end();
    sed_fail("invalid usage of line address 0", "");
  }
  if (*sed_at != '!') return;
  sed_at++;
  c->inverted = 1;
  sed_skip(" \t");
  if (*sed_at == '!') sed_at++, sed_fail("multiple `!'s", "");
}
