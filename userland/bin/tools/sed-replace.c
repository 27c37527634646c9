/* See sed-run.h: what s does to the pattern space. */
#include <ctype.h>
#include <stdlib.h>
#include "pattern.h"
#include "sed-run.h"
#include "tool.h"

/* Appends text, in upper or lower case as \U, \L (`mode`) and \u, \l (`once`) say. */
static void append_changed(const char *text, size_t size, char mode, char *once) {
  size_t begin = sed_run.result.size;
  space_append(&sed_run.result, text, size);
  for (size_t i = begin; i < sed_run.result.size; i++) {
    unsigned char *c = (unsigned char *)&sed_run.result.text[i];
    if (mode == 'U') *c = (unsigned char)toupper(*c);
    if (mode == 'L') *c = (unsigned char)tolower(*c);
    if (*once) *c = (unsigned char)(*once == 'u' ? toupper(*c) : tolower(*c));
    *once = 0;
  }
}

static void append_replacement(const struct command *c, const regmatch_t *m) {
  char mode = 0, once = 0;
  for (int i = 0; i < c->piece_count; i++) {
    const struct piece *p = &c->pieces[i];
    if (p->change == 'u' || p->change == 'l') once = p->change;
    else if (p->change) mode = p->change == 'E' ? 0 : p->change, once = 0;
    append_changed(p->text, p->size, mode, &once);
    if (p->group >= 0 && m[p->group].rm_so >= 0)
      append_changed(sed_run.pattern.text + m[p->group].rm_so, (size_t)(m[p->group].rm_eo - m[p->group].rm_so), mode, &once);
  }
}

/* Whether anything was replaced. */
int sed_replace(struct command *c) {
  const regex_t *regex = sed_used(c->regex);
  if ((size_t)c->groups > regex->re_nsub) exit(tool_complain("-e expression #1, char 0: invalid reference \\%d on `s' command's RHS", c->groups));
  regmatch_t m[10];
  size_t at = 0, from = 0, last_end = ~0UL; /* what is before `at` is in the result */
  unsigned long number = 0;
  int replaced = 0;
  sed_run.result.size = 0;
  while (from <= sed_run.pattern.size && pattern_find(regex, sed_run.pattern.text, from, sed_run.pattern.size, m, 10, 0)) {
    size_t begin = (size_t)m[0].rm_so, end = (size_t)m[0].rm_eo;
    /* Nothing right after a match is no match. */
    if ((end > begin || begin != last_end) && ++number >= (c->which ? c->which : 1)) {
      space_append(&sed_run.result, sed_run.pattern.text + at, begin - at);
      append_replacement(c, m);
      at = end;
      replaced = 1;
      if (!c->global) break;
    }
    last_end = end;
    from = end + (end == begin);
  }
  if (!replaced) return 0;
  space_append(&sed_run.result, sed_run.pattern.text + at, sed_run.pattern.size - at);
  struct space swap = sed_run.pattern;
  sed_run.pattern = sed_run.result;
  sed_run.result = swap;
  return 1;
}
