/* See sed-run.h: whether a command's addresses choose the line. */
#include <stdlib.h>
#include "pattern.h"
#include "sed-run.h"
#include "tool.h"

static const regex_t *last_regex;

/* An empty expression is the one used last. */
const regex_t *sed_used(const regex_t *regex) {
  if (regex) last_regex = regex;
  if (!last_regex) exit(tool_complain("-e expression #1, char 0: no previous regular expression"));
  return last_regex;
}

static int matches(const regex_t *regex) {
  return pattern_find(sed_used(regex), sed_run.pattern.text, 0, sed_run.pattern.size, 0, 0, 0);
}

static int is_at(const struct address *a) {
  switch (a->kind) {
    case AT_LINE: return sed_run.line_number == a->line;
    case AT_STEP: return sed_run.line_number >= a->line && (sed_run.line_number - a->line) % a->step == 0;
    case AT_LAST: return sed_is_last();
    case AT_MATCH: return matches(a->regex);
    default: return 0;
  }
}

/* Begins a range at this line; it may end here as well. */
static void open_range(struct command *c) {
  c->active = 1;
  switch (c->to.kind) {
    case AT_LINE: c->last = c->to.line; break;
    case AFTER_LINES: c->last = sed_run.line_number + c->to.line; break;
    case TO_MULTIPLE:
      c->last = c->to.line == 0 ? 0 : (sed_run.line_number / c->to.line + 1) * c->to.line;
      break;
    default: return;
  }
  if (c->last <= sed_run.line_number) c->active = 0;
}

int sed_chosen(struct command *c) {
  if (c->from.kind == NO_ADDRESS) return 1;
  if (c->to.kind == NO_ADDRESS) return is_at(&c->from);
  if (c->from.kind == AT_ZERO && sed_run.line_number == 1 && !c->active && c->last == 0) {
    c->active = 1;
    c->last = 1; /* so that it begins only once */
  }
  if (c->active) {
    if (c->to.kind == AT_MATCH || c->to.kind == AT_LAST || c->to.kind == AT_STEP) {
      if (is_at(&c->to)) c->active = 0;
      return 1;
    }
    if (sed_run.line_number >= c->last) c->active = 0;
    if (sed_run.line_number <= c->last) return 1;
    /* it has been left behind meanwhile */
  }
  if (!is_at(&c->from)) return 0;
  open_range(c);
  return 1;
}
