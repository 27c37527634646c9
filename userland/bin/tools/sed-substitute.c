/* sed's s and y, and the pieces that s puts in (sed-cursor.h). */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sed-cursor.h"

static char *add_piece(struct command *c, char *text, size_t size, int group, char change) {
  c->pieces = sed_need(realloc(c->pieces, (size_t)(c->piece_count + 1) * sizeof *c->pieces));
  c->pieces[c->piece_count++] = (struct piece){text, size, group, change};
  return text + size;
}

static void replacement(struct command *c, char *with) {
  char *from = with, *to = with, change = 0; /* the text is made shorter in place */
  for (char *s = with; *s; s++) {
    int group = -1, value, used;
    if (*s == '&') {
      group = 0;
    } else if (*s == '\\' && s[1]) {
      s++;
      if (isdigit((unsigned char)*s)) {
        group = *s - '0';
      } else if (strchr("ULulE", *s)) {
        add_piece(c, from, (size_t)(to - from), -1, change);
        from = to = s + 1;
        change = *s;
        continue;
      } else if ((used = sed_escaped(s, &value))) {
        *to++ = (char)value;
        s += used - 1;
        continue;
      } else {
        *to++ = *s == 'n' ? '\n' : *s;
        continue;
      }
    } else {
      *to++ = *s;
      continue;
    }
    if (c->regex && (size_t)group > c->regex->re_nsub) {
      char which[24];
      snprintf(which, sizeof which, "%d", group);
      sed_fail("invalid reference \\%s on `s' command's RHS", which);
    }
    if (group > c->groups) c->groups = group;
    add_piece(c, from, (size_t)(to - from), group, change);
    change = 0;
    from = to = s + 1;
  }
  add_piece(c, from, (size_t)(to - from), -1, change);
}

void sed_substitute(struct command *c) {
  char delimiter = *sed_at && !sed_at_end() ? *sed_at++ : 0, *pattern = 0, *with = 0;
  if (delimiter && delimiter != '\n' && delimiter != '\\') pattern = sed_delimited(delimiter, 1);
  if (pattern) with = sed_delimited(delimiter, 0);
  if (!with) sed_fail("unterminated `s' command", "");
  int flags = 0;
  for (;; sed_at++) {
    if (isdigit((unsigned char)*sed_at)) {
      if (c->which) sed_at++, sed_fail("multiple number options to `s' command", "");
      c->which = sed_number();
      if (c->which == 0) sed_fail("number option to `s' command may not be zero", "");
      sed_at--;
    } else if (*sed_at == 'g' || *sed_at == 'p') {
      int *flag = *sed_at == 'g' ? &c->global : &c->print;
      if (*flag) sed_at++, sed_fail(*flag == 1 && flag == &c->global ? "multiple `g' options to `s' command" : "multiple `p' options to `s' command", "");
      *flag = 1;
    } else if (*sed_at == 'i' || *sed_at == 'I') flags |= REG_ICASE;
    else if (*sed_at == 'm' || *sed_at == 'M') flags |= REG_NEWLINE;
    else if (*sed_at == 'e') c->runs = 1;
    else if (*sed_at != ' ') break;
  }
  if (*sed_at == 'w') {
    sed_at++;
    c->output = sed_output();
  } else if (!strchr("\n;}#", *sed_at)) {
    sed_at++;
    sed_fail("unknown option to `s'", "");
  }
  c->regex = sed_compile(pattern, flags);
  replacement(c, with);
  free(pattern);
}

static int mapped(char **s) {
  int value, used;
  if (**s != '\\' || !(*s)[1]) return (unsigned char)*(*s)++;
  char c = *++*s;
  if ((used = sed_escaped(*s, &value))) {
    *s += used;
    return value & 255;
  }
  ++*s;
  if (c != 'n' && c != '\\') { /* the backslash is one of them */
    --*s;
    return '\\';
  }
  return c == 'n' ? '\n' : c;
}

void sed_translate(struct command *c) {
  char delimiter = *sed_at && !sed_at_end() ? *sed_at++ : 0, *from = delimiter ? sed_delimited(delimiter, 0) : 0, *to = from ? sed_delimited(delimiter, 0) : 0;
  if (!to) sed_fail("unterminated `y' command", "");
  c->map = sed_need(malloc(256));
  for (int i = 0; i < 256; i++) c->map[i] = (unsigned char)i;
  unsigned char *known = sed_need(calloc(256, 1));
  while (*from && *to) {
    int one = mapped(&from), other = mapped(&to);
    if (!known[one]) c->map[one] = (unsigned char)other;
    known[one] = 1;
  }
  free(known);
  if (*from || *to) sed_fail("strings for `y' command are different lengths", "");
}
