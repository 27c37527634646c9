/* regcomp(3), regexec(3) and their companions. A compiled expression remembers what it learns while it is used, so two
   threads must not use one at the same time. */
#include <ctype.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "program.h"

static int is_word(int c) { return c >= 0 && (isalnum(c) || c == '_'); }

int __regex_holds(const struct program *p, int op, int before, int after, int eflags) {
  int lines = p->flags & REG_NEWLINE;
  switch (op) {
    case OP_LINE_START: return before < 0 ? !(eflags & REG_NOTBOL) : lines && before == '\n';
    case OP_LINE_END: return after < 0 ? !(eflags & REG_NOTEOL) : lines && after == '\n';
    case OP_TEXT_START: return before < 0;
    case OP_TEXT_END: return after < 0;
    case OP_WORD_START: return !is_word(before) && is_word(after);
    case OP_WORD_END: return is_word(before) && !is_word(after);
    case OP_WORD_EDGE: return is_word(before) != is_word(after);
    default: return is_word(before) == is_word(after);
  }
}

/* With which bytes a match can begin; none are known when it can be empty. */
static int find_first(struct program *p) {
  short *stack = malloc((size_t)p->size * 3);
  if (!stack) return 0;
  unsigned char *seen = (unsigned char *)(stack + p->size);
  int depth = 1;
  memset(seen, 0, (size_t)p->size);
  stack[0] = 0;
  p->skips = 1;
  while (depth > 0 && p->skips) {
    int at = stack[--depth];
    const struct instruction *i = &p->code[at];
    if (i->op <= OP_SET) {
      for (unsigned c = 0; c < 256; c++)
        if (takes(p, i, c)) add_to_set(p->first, c);
      continue;
    }
    if (i->op == OP_MATCH || i->op == OP_SAME) p->skips = 0;
    int next[2] = {at + (i->op == OP_SPLIT || i->op == OP_JUMP ? i->x : 1), at + i->y};
    for (int n = 0; p->skips && n <= (i->op == OP_SPLIT); n++)
      if (!seen[next[n]]) {
        seen[next[n]] = 1;
        stack[depth++] = (short)next[n];
      }
  }
  free(stack);
  return 1;
}

int regcomp(regex_t *restrict to, const char *restrict pattern, int flags) {
  struct program *p = calloc(1, sizeof *p);
  to->__program = p;
  if (!p) return REG_ESPACE;
  p->flags = flags;
  int error = __regex_parse(p, pattern);
  if (!error && !find_first(p)) error = REG_ESPACE;
  to->re_nsub = p->groups;
  if (error) regfree(to);
  return error;
}

int regexec(const regex_t *restrict regex, const char *restrict text, size_t count,
            regmatch_t matches[restrict], int flags) {
  struct program *p = regex->__program;
  const unsigned char *base = (const unsigned char *)text;
  struct subject s = {base, base, 0, flags};
  regoff_t places[2 * GROUPS_MAX];
  if (flags & REG_STARTEND) {
    s.start = base + matches[0].rm_so;
    s.end = base + matches[0].rm_eo;
  } else {
    s.end = base + strlen(text);
  }
  if (p->flags & REG_NOSUB) count = 0;
  int groups = count > p->groups ? (int)p->groups + 1 : count > 0 ? (int)count : 1, result = 0;
  /* The cheap question first; its machine does not know REG_NOTEOL. */
  if (p->back_references) {
    result = __regex_backtrack(p, &s, groups, places);
  } else {
    if (!(flags & REG_NOTEOL)) result = __regex_dfa(p, &s);
    if (result == 0 && (count > 0 || flags & REG_NOTEOL)) result = __regex_threads(p, &s, groups, places);
  }
  for (size_t i = 0; result == 0 && i < count; i++) {
    int known = i < (size_t)groups;
    matches[i].rm_so = known ? places[2 * i] : -1;
    matches[i].rm_eo = known ? places[2 * i + 1] : -1;
  }
  return result;
}

size_t regerror(int error, const regex_t *restrict regex, char *restrict to, size_t size) {
  static const char *const texts[] = {
      "Success",
      "No match",
      "Invalid regular expression",
      "Invalid collation character",
      "Invalid character class name",
      "Trailing backslash",
      "Invalid back reference",
      "Unmatched [, [^, [:, [., or [=",
      "Unmatched ( or \\(",
      "Unmatched \\{",
      "Invalid content of \\{\\}",
      "Invalid range end",
      "Memory exhausted",
      "Invalid preceding regular expression",
      "Premature end of regular expression",
      "Regular expression too big",
      "Unmatched ) or \\)",
  };
  (void)regex;
  const char *text = error >= 0 && error <= REG_ERPAREN ? texts[error] : "Unknown error";
  if (size > 0) snprintf(to, size, "%s", text);
  return strlen(text) + 1;
}

void regfree(regex_t *regex) {
  struct program *p = regex->__program;
  if (!p) return;
  __regex_dfa_free(p->dfa);
  free(p->code);
  free(p->set);
  free(p);
  regex->__program = 0;
}
