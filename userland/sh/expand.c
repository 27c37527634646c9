/*
 * Word expansion in POSIX's order (XCU 2.6): tilde, parameter, command and arithmetic expansion, then
 * field splitting, pathname expansion and quote removal.
 *
 * All of it is one pass: characters arrive with "was it quoted", a field grows in pattern form (quoted
 * special characters as \c), and when a field ends it is matched against files or its quoting removed.
 */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum splitting { BETWEEN, AFTER_BLANK, INSIDE };

struct expansion {
  struct text field; /* in pattern form */
  bool live;         /* the field exists, perhaps empty */
  bool glob;         /* it has an unquoted * ? or [ */
  bool pattern;      /* the result stays in pattern form */
  bool assignment;   /* ~ counts after ':' too */
  bool declaration;  /* … and after the first '=' */
  bool failed;
  enum splitting state;
  const char *ifs;
  struct fields *out; /* NULL: one string, no splitting */
};

void fields_add(struct fields *f, char *s) {
  /* Room for the NULL that ends an argument vector. */
  if (f->n + 1 >= f->cap) {
    int cap = f->cap ? f->cap * 2 : 8;
    char **v = arena_alloc(&sh.scratch, (size_t)cap * sizeof *v);
    if (f->n) memcpy(v, f->v, (size_t)f->n * sizeof *v);
    f->v = v;
    f->cap = cap;
  }
  f->v[f->n++] = s;
  f->v[f->n] = NULL;
}

static void put(struct expansion *e, int c, bool quoted) {
  e->live = true;
  e->state = INSIDE;
  if (quoted ? strchr("*?[]\\-!^", c) != NULL : c == '\\' && !e->pattern) text_byte(&e->field, '\\');
  else if (!quoted && (c == '*' || c == '?' || c == '[')) e->glob = true;
  text_byte(&e->field, c);
}

static void end_field(struct expansion *e) {
  if (!e->live) return;
  text_byte(&e->field, 0);
  if (e->glob && !sh.noglob && pattern_is_glob(e->field.s)) {
    glob_expand(e->field.s, e->out);
  } else {
    char *s = arena_strdup(&sh.scratch, e->field.s);
    pattern_unescape(s);
    fields_add(e->out, s);
  }
  text_clear(&e->field);
  e->live = e->glob = false;
}

/* XCU 2.6.5. Blanks around another separator belong to it. */
static void put_split(struct expansion *e, const char *s) {
  for (; *s; s++) {
    if (!strchr(e->ifs, *s)) {
      put(e, *s, false);
    } else if (*s == ' ' || *s == '\t' || *s == '\n') {
      if (e->state == INSIDE) {
        end_field(e);
        e->state = AFTER_BLANK;
      }
    } else {
      if (e->state == BETWEEN) e->live = true;
      end_field(e);
      e->state = BETWEEN;
    }
  }
}

static void put_value(struct expansion *e, const char *s, bool quoted) {
  if (quoted) {
    e->live = true;
    e->state = INSIDE;
  }
  if (!quoted && e->out) put_split(e, s);
  else
    for (; *s; s++) put(e, *s, quoted);
}

/* ---- tilde (XCU 2.6.1) ---- */

/* s begins with '~' unquoted. Returns how many characters were dealt with, 0 if it is literal. */
static size_t put_tilde(struct expansion *e, const char *s, bool at_end) {
  size_t n = strcspn(s, e->assignment ? "/:" : "/");
  if (!s[n] && !at_end) return 0;
  const char *home = n == 1 ? home_directory() : user_directory(s + 1, n - 1);
  if (!home) return 0;
  /* ~/x with HOME=/ is /x. */
  put_value(e, s[n] == '/' && strcmp(home, "/") == 0 ? "" : home, true);
  return n;
}

/* ---- parts ---- */

static void expand_parts(struct expansion *e, const struct word *w, bool in_operator);

static void put_text(struct expansion *e, const struct part *p, bool first, bool split) {
  const char *s = p->text;
  if (p->quoted) {
    put_value(e, s, true);
    return;
  }
  bool may_be_tilde = first;
  while (*s) {
    size_t n = *s == '~' && may_be_tilde ? put_tilde(e, s, !p->next) : 0;
    if (!n) {
      char one[2] = {*s, 0};
      if (split && e->out) put_split(e, one);
      else put(e, *s, false);
      n = 1;
    }
    s += n;
    may_be_tilde = e->assignment && (s[-1] == ':' || (s[-1] == '=' && e->declaration));
    if (s[-1] == '=') e->declaration = false;
  }
}

static void fail_parameter(struct expansion *e, const struct part *p, const char *message) {
  warn("%s: %s", p->text, message);
  e->failed = true;
}

/* One of "$@" and its kin, possibly trimmed. */
static const char *nth_param(int i, const char *pattern, enum param_op op) {
  return pattern ? param_trim(sh.params[i], pattern, op) : sh.params[i];
}

static void put_all_params(struct expansion *e, const struct part *p, const char *pattern) {
  bool star = p->text[0] == '*';
  for (int i = 0; i < sh.nparams; i++) {
    if (i > 0) {
      if (e->out && !(star && p->quoted)) {
        end_field(e);
        e->state = BETWEEN;
      } else if (!star) {
        put(e, ' ', true);
      } else if (e->ifs[0]) {
        put(e, e->ifs[0], true);
      }
    }
    put_value(e, nth_param(i, pattern, p->op), p->quoted);
  }
  if (star && p->quoted) e->live = true;
}

/* Whether "$*" or "$@" has a character. */
static bool params_empty(const struct expansion *e, bool star) {
  if (sh.nparams > 1 && !(star && !e->ifs[0])) return false;
  for (int i = 0; i < sh.nparams; i++)
    if (*sh.params[i]) return false;
  return true;
}

static int character_count(const char *s) {
  int n = 0;
  for (; *s; s++) n += (*s & 0xc0) != 0x80;
  return n;
}

static void put_number(struct expansion *e, intmax_t n, bool quoted) {
  char number[24];
  snprintf(number, sizeof number, "%lld", (long long)n);
  put_value(e, number, quoted);
}

static void expand_param(struct expansion *e, const struct part *p) {
  char buf[24];
  bool all = p->text[0] == '@' || p->text[0] == '*';
  const char *value = all ? (sh.nparams ? "set" : NULL) : param_value(p->text, buf);
  if (all && p->colon && params_empty(e, p->text[0] == '*')) value = NULL;
  bool missing = !value || (p->colon && !*value);
  switch (p->op) {
    case OP_BAD: return fail_parameter(e, p, "bad substitution");
    case OP_DEFAULT:
      if (missing) {
        if (p->quoted) e->live = true;
        expand_parts(e, p->arg, true);
        return;
      }
      break;
    case OP_ALTERNATE:
      if (p->quoted) e->live = true;
      if (!missing) expand_parts(e, p->arg, true);
      return;
    case OP_ASSIGN:
      if (missing) {
        if (!name_length(p->text)) return fail_parameter(e, p, "cannot be assigned");
        char *s = expand_string(p->arg);
        if (!s || var_set(p->text, s) < 0) e->failed = true;
        else put_value(e, s, p->quoted);
        return;
      }
      break;
    case OP_ERROR:
      if (missing) {
        char *s = expand_string(p->arg);
        if (!s) e->failed = true;
        else fail_parameter(e, p, *s ? s : value ? "parameter null" : "parameter not set");
        return;
      }
      break;
    default: break;
  }
  if (!value && !all && sh.nounset) return fail_parameter(e, p, "parameter not set");
  if (p->op == OP_LENGTH) {
    put_number(e, all ? sh.nparams : value ? character_count(value) : 0, p->quoted);
    return;
  }
  char *pattern = NULL;
  if (p->op >= OP_SUFFIX) {
    pattern = expand_pattern(p->arg);
    if (!pattern) {
      e->failed = true;
      return;
    }
  }
  if (all) put_all_params(e, p, pattern);
  else if (!value) value = "", put_value(e, value, p->quoted);
  else put_value(e, pattern ? param_trim(value, pattern, p->op) : value, p->quoted);
}

static void expand_part(struct expansion *e, const struct part *p, bool first, bool in_operator) {
  char *s;
  intmax_t n;
  switch (p->kind) {
    case PART_TEXT: put_text(e, p, first, in_operator); break;
    case PART_PARAM: expand_param(e, p); break;
    case PART_COMMAND:
      s = command_output(p->body);
      if (!s) e->failed = true;
      else put_value(e, s, p->quoted);
      break;
    case PART_ARITH:
      s = expand_string(p->arg);
      if (!s || arith_eval(s, &n) < 0) e->failed = true;
      else put_number(e, n, p->quoted);
      break;
  }
}

/* in_operator: the word of ${x-word}, whose unquoted text is split like a value. */
static void expand_parts(struct expansion *e, const struct word *w, bool in_operator) {
  for (const struct part *p = w->parts; p && !e->failed; p = p->next)
    expand_part(e, p, p == w->parts, in_operator);
}

static void begin(struct expansion *e, struct fields *out) {
  memset(e, 0, sizeof *e);
  e->out = out;
  e->ifs = var_get("IFS");
  if (!e->ifs) e->ifs = " \t\n";
  text_clear(&e->field);
}

static char *expand_single(const struct word *w, bool assignment, bool pattern) {
  struct expansion e;
  char *s = NULL;
  begin(&e, NULL);
  e.assignment = e.declaration = assignment;
  e.pattern = pattern;
  expand_parts(&e, w, false);
  if (!e.failed) {
    s = arena_strdup(&sh.scratch, e.field.s);
    if (!pattern) pattern_unescape(s);
  }
  text_free(&e.field);
  return s;
}

/* export, readonly and local take NAME=word as an assignment (POSIX.1-2024 XCU 2.9.1.1). */
static bool is_declaration(const struct word *w) {
  const char *s = word_literal(w);
  while (s && strcmp(s, "command") == 0 && w->next) s = word_literal(w = w->next);
  return s && (strcmp(s, "export") == 0 || strcmp(s, "readonly") == 0 || strcmp(s, "local") == 0);
}

static bool is_assignment(const struct word *w) {
  const struct part *p = w->parts;
  size_t n = p && p->kind == PART_TEXT && !p->quoted ? name_length(p->text) : 0;
  return n && p->text[n] == '=';
}

int expand_words(const struct word *w, struct fields *out) {
  struct expansion e;
  bool declares = w && is_declaration(w);
  begin(&e, out);
  for (; w && !e.failed; w = w->next) {
    if (declares && is_assignment(w)) {
      char *s = expand_single(w, true, false);
      if (s) fields_add(out, s);
      else e.failed = true;
      continue;
    }
    e.state = BETWEEN;
    expand_parts(&e, w, false);
    if (!e.failed) end_field(&e);
  }
  text_free(&e.field);
  return e.failed ? -1 : 0;
}

char *expand_string(const struct word *w) { return expand_single(w, false, false); }
char *expand_assignment(const struct word *w) { return expand_single(w, true, false); }
char *expand_pattern(const struct word *w) { return expand_single(w, false, true); }

/* PS1 and PS2 undergo parameter expansion (XCU 2.5.3). */
char *expand_prompt(const char *s) {
  struct source source = {.kind = SOURCE_STRING, .string = s};
  struct parser p;
  struct arena *tree = arena_new();
  parser_init(&p, source);
  p.arena = tree;
  struct word *w = lex_word(&p, Q_HERE);
  char *expanded = p.failed ? NULL : expand_string(w);
  parser_free(&p);
  arena_drop(tree);
  return expanded ? expanded : arena_strdup(&sh.scratch, s);
}
