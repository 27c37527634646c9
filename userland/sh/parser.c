/*
 * The grammar (XCU 2.10) by recursive descent, one function a production.
 *
 * One file, although long: nearly every production calls another.
 *
 * A function that fails has printed one message and set `failed`; every caller then returns at once.
 */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct node *parse_list(struct parser *p, bool one_line);
static struct node *parse_one_command(struct parser *p);

/* Forgets the aliases whose text ends before `at`; whether one of them ended in a blank. */
static bool leave_aliases(struct parser *p, size_t at) {
  bool more = false;
  for (struct alias_use *u; (u = p->aliases) && u->end <= at;) {
    more |= u->more;
    p->aliases = u->outer;
    free(u->name);
    free(u);
  }
  return more;
}

void parser_init(struct parser *p, struct source source) {
  memset(p, 0, sizeof *p);
  p->source = source;
  p->line = 1;
  p->here_last = &p->here_first;
  text_clear(&p->text);
}

void parser_discard(struct parser *p) {
  leave_aliases(p, SIZE_MAX);
  text_clear(&p->text);
  p->pos = 0;
}

void parser_free(struct parser *p) {
  parser_discard(p);
  text_free(&p->source.ahead);
  text_free(&p->text);
}

void *parse_fail(struct parser *p, const char *fmt, ...) {
  if (p->failed) return NULL;
  char message[200];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(message, sizeof message, fmt, ap);
  va_end(ap);
  p->failed = true;
  sh.line = p->line;
  warn("syntax error: %s", message);
  return NULL;
}

/*
 * Replaces an alias in the text itself and reads on from there (XCU 2.3.1). Positions after the
 * replacement move with the text.
 */
static bool expand_alias(struct parser *p) {
  const char *s = word_literal(p->token_word);
  const char *value = s ? alias_get(s) : NULL;
  size_t start = p->token_start, old = p->token_end - start;
  if (!value) return false;
  for (struct alias_use *u = p->aliases; u; u = u->outer)
    if (strcmp(u->name, s) == 0) return false;
  size_t n = strlen(value);
  text_splice(&p->text, start, old, value, n);
  for (struct alias_use *u = p->aliases; u; u = u->outer) u->end += n - old;
  struct alias_use *use = xmalloc(sizeof *use);
  use->name = xstrdup(s);
  use->end = start + n;
  use->more = n && strchr(" \t", value[n - 1]);
  use->outer = p->aliases;
  p->aliases = use;
  p->pos = start;
  p->have_token = false;
  return true;
}

/* The next token. A word after an alias that ended in a blank may be an alias, too, wherever it stands. */
static enum token peek(struct parser *p) {
  bool may_be_alias = false;
  while (!p->failed && !p->have_token) {
    lex_token(p);
    p->have_token = true;
    if (leave_aliases(p, p->token_start)) may_be_alias = true;
    if (may_be_alias && p->token == T_WORD) expand_alias(p);
  }
  return p->failed ? T_EOF : p->token;
}

static void take(struct parser *p) {
  peek(p);
  p->have_token = false;
  p->taken_end = p->token_end;
}

static void *unexpected(struct parser *p) {
  if (peek(p) == T_WORD || p->token == T_IO_NUMBER) {
    int n = (int)(p->token_end - p->token_start);
    return parse_fail(p, "\"%.*s\" is not expected here", n < 60 ? n : 60, p->text.s + p->token_start);
  }
  if (p->token == T_EOF) return parse_fail(p, "end of input before the command is complete");
  return parse_fail(p, "\"%s\" is not expected here", token_name(p->token));
}

static bool at_word(struct parser *p, const char *reserved) {
  if (peek(p) != T_WORD) return false;
  const char *s = word_literal(p->token_word);
  return s && strcmp(s, reserved) == 0;
}

bool is_reserved(const char *s) {
  static const char *const reserved[] = {"!",  "{",  "}",   "case", "do", "done", "elif",  "else",
                                         "esac", "fi", "for", "if",   "in", "then", "until", "while"};
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (strcmp(reserved[i], s) == 0) return true;
  return false;
}

static bool accept_word(struct parser *p, const char *reserved) {
  if (!at_word(p, reserved)) return false;
  take(p);
  return true;
}

static bool expect_word(struct parser *p, const char *reserved) {
  if (accept_word(p, reserved)) return true;
  unexpected(p);
  return false;
}

static void skip_newlines(struct parser *p) {
  while (peek(p) == T_NEWLINE) take(p);
}

static struct node *new_node(struct parser *p, enum node_kind kind) {
  struct node *n = arena_alloc(p->arena, sizeof *n);
  n->kind = kind;
  n->line = p->line;
  return n;
}

static char *source_since(struct parser *p, size_t start) {
  size_t end = p->taken_end;
  while (end > start && strchr(" \t\n", p->text.s[end - 1])) end--;
  return arena_strndup(p->arena, p->text.s + start, end > start ? end - start : 0);
}

/* ---- redirections (XCU 2.7) ---- */

/* The delimiter of a here-document as it was written, its quotes removed. */
static char *delimiter_text(struct parser *p, bool *quoted) {
  size_t n = p->token_end - p->token_start, to = 0;
  char *s = arena_strndup(p->arena, p->text.s + p->token_start, n), quote = 0;
  for (size_t i = 0; i < n; i++) {
    char c = s[i];
    bool escape = c == '\\' && i + 1 < n && quote != '\'';
    if (escape && s[i + 1] == '\n') {
      i++;
    } else if (escape && (!quote || strchr("$`\"\\", s[i + 1]))) {
      *quoted = true;
      s[to++] = s[++i];
    } else if (quote ? c == quote : c == '\'' || c == '"') {
      *quoted = true;
      quote = quote ? 0 : c;
    } else {
      s[to++] = c;
    }
  }
  s[to] = 0;
  return s;
}

static bool is_redirection(enum token t) { return t >= T_LESS || t == T_IO_NUMBER; }

static struct redir *parse_redirection(struct parser *p) {
  struct redir *r = arena_alloc(p->arena, sizeof *r);
  r->fd = -1;
  if (peek(p) == T_IO_NUMBER) {
    r->fd = atoi(word_literal(p->token_word));
    take(p);
  }
  enum token op = peek(p);
  switch (op) {
    case T_LESS: r->kind = R_IN; break;
    case T_GREAT: r->kind = R_OUT; break;
    case T_CLOBBER: r->kind = R_CLOBBER; break;
    case T_DGREAT: r->kind = R_APPEND; break;
    case T_LESSGREAT: r->kind = R_BOTH; break;
    case T_LESSAND:
    case T_GREATAND: r->kind = R_DUP; break;
    case T_DLESS:
    case T_DLESSDASH: r->kind = R_HERE; break;
    default: return unexpected(p);
  }
  if (r->fd < 0)
    r->fd = op == T_GREAT || op == T_CLOBBER || op == T_DGREAT || op == T_GREATAND ? 1 : 0;
  r->strip_tabs = op == T_DLESSDASH;
  take(p);
  if (peek(p) != T_WORD && p->token != T_IO_NUMBER) return unexpected(p);
  r->target = p->token_word;
  if (r->kind == R_HERE) {
    r->delimiter = delimiter_text(p, &r->literal);
    *p->here_last = r; /* its body begins after the next newline */
    p->here_last = &r->here_next;
  }
  take(p);
  return r;
}

static void parse_redirections(struct parser *p, struct redir **last) {
  while (is_redirection(peek(p))) {
    struct redir *r = parse_redirection(p);
    if (!r) return;
    *last = r;
    last = &r->next;
  }
}

/* ---- simple commands ---- */

/* Splits NAME=… off the front of a word, or returns NULL if it is no assignment (XCU 2.10.2 rule 7). */
static struct assign *as_assignment(struct parser *p, struct word *w) {
  struct part *first = w->parts;
  if (!first || first->kind != PART_TEXT || first->quoted) return NULL;
  size_t n = name_length(first->text);
  if (!n || first->text[n] != '=') return NULL;
  struct assign *a = arena_alloc(p->arena, sizeof *a);
  a->name = arena_strndup(p->arena, first->text, n);
  a->value = w;
  if (first->text[n + 1]) first->text += n + 1;
  else w->parts = first->next;
  return a;
}

static struct node *parse_function(struct parser *p, struct node *n, const char *name) {
  take(p);
  if (peek(p) != T_RPAREN) return unexpected(p);
  take(p);
  if (!name || name_length(name) != strlen(name)) return parse_fail(p, "bad function name");
  skip_newlines(p);
  n->kind = N_FUNCTION;
  n->name = arena_strdup(p->arena, name);
  n->words = NULL;
  n->first = parse_one_command(p);
  return n;
}

static struct node *parse_simple(struct parser *p) {
  struct node *n = new_node(p, N_SIMPLE);
  struct assign **assigns = &n->assigns;
  struct word **words = &n->words;
  struct redir **redirs = &n->redirs;
  for (;;) {
    enum token t = peek(p);
    if (is_redirection(t)) {
      if (!(*redirs = parse_redirection(p))) return NULL;
      redirs = &(*redirs)->next;
    } else if (t == T_WORD) {
      struct assign *a = n->words ? NULL : as_assignment(p, p->token_word);
      if (a) {
        *assigns = a;
        assigns = &a->next;
      } else {
        if (!n->words && expand_alias(p)) continue;
        *words = p->token_word;
        words = &p->token_word->next;
      }
      take(p);
    } else if (t == T_LPAREN && n->words && !n->words->next && !n->assigns && !n->redirs) {
      return parse_function(p, n, word_literal(n->words));
    } else {
      break;
    }
  }
  if (p->failed) return NULL;
  if (!n->words && !n->assigns && !n->redirs) return unexpected(p);
  return n;
}

/* ---- compound commands (XCU 2.9.4) ---- */

/* A list that must not be empty; ends before a reserved word, ')' or ';;'. */
static struct node *parse_body(struct parser *p) {
  struct node *n = parse_list(p, false);
  return n || p->failed ? n : unexpected(p);
}

static struct node *parse_if(struct parser *p) {
  struct node *n = new_node(p, N_IF);
  if (!(n->first = parse_body(p)) || !expect_word(p, "then")) return NULL;
  if (!(n->second = parse_body(p))) return NULL;
  if (accept_word(p, "elif")) return (n->third = parse_if(p)) ? n : NULL;
  if (accept_word(p, "else") && !(n->third = parse_body(p))) return NULL;
  return expect_word(p, "fi") ? n : NULL;
}

static struct node *parse_do_group(struct parser *p) {
  if (!expect_word(p, "do")) return NULL;
  struct node *body = parse_body(p);
  return body && expect_word(p, "done") ? body : NULL;
}

static struct node *parse_loop(struct parser *p, enum node_kind kind) {
  struct node *n = new_node(p, kind);
  if (!(n->first = parse_body(p))) return NULL;
  return (n->second = parse_do_group(p)) ? n : NULL;
}

static struct node *parse_for(struct parser *p) {
  struct node *n = new_node(p, N_FOR);
  const char *name = peek(p) == T_WORD ? word_literal(p->token_word) : NULL;
  if (!name || !*name || name_length(name) != strlen(name)) return parse_fail(p, "bad variable in for");
  n->name = arena_strdup(p->arena, name);
  take(p);
  skip_newlines(p);
  if (accept_word(p, "in")) {
    struct word **last = &n->words;
    n->has_in = true;
    for (; peek(p) == T_WORD || p->token == T_IO_NUMBER; take(p)) {
      *last = p->token_word;
      last = &p->token_word->next;
    }
    if (peek(p) != T_SEMI && p->token != T_NEWLINE) return unexpected(p);
    take(p);
  } else if (peek(p) == T_SEMI) {
    take(p);
  }
  skip_newlines(p);
  return (n->second = parse_do_group(p)) ? n : NULL;
}

static struct node *parse_case(struct parser *p) {
  struct node *n = new_node(p, N_CASE);
  struct case_item **last = &n->items;
  if (peek(p) != T_WORD) return unexpected(p);
  n->words = p->token_word;
  take(p);
  skip_newlines(p);
  if (!expect_word(p, "in")) return NULL;
  for (skip_newlines(p); !at_word(p, "esac"); skip_newlines(p)) {
    struct case_item *item = arena_alloc(p->arena, sizeof *item);
    struct word **pattern = &item->patterns;
    *last = item;
    last = &item->next;
    if (peek(p) == T_LPAREN) take(p);
    for (;;) {
      if (peek(p) != T_WORD) return unexpected(p);
      *pattern = p->token_word;
      pattern = &p->token_word->next;
      take(p);
      if (peek(p) != T_PIPE) break;
      take(p);
    }
    if (peek(p) != T_RPAREN) return unexpected(p);
    take(p);
    item->body = parse_list(p, false);
    if (p->failed) return NULL;
    if (peek(p) != T_DSEMI && p->token != T_SEMI_AND) break;
    item->falls = p->token == T_SEMI_AND;
    take(p);
  }
  return expect_word(p, "esac") ? n : NULL;
}

static struct node *parse_compound(struct parser *p) {
  struct node *n;
  if (peek(p) == T_LPAREN) {
    n = new_node(p, N_SUBSHELL);
    take(p);
    if (!(n->first = parse_body(p))) return NULL;
    if (peek(p) != T_RPAREN) return unexpected(p);
    take(p);
    return n;
  }
  if (accept_word(p, "{")) {
    n = new_node(p, N_GROUP);
    return (n->first = parse_body(p)) && expect_word(p, "}") ? n : NULL;
  }
  if (accept_word(p, "if")) return parse_if(p);
  if (accept_word(p, "while")) return parse_loop(p, N_WHILE);
  if (accept_word(p, "until")) return parse_loop(p, N_UNTIL);
  if (accept_word(p, "for")) return parse_for(p);
  if (accept_word(p, "case")) return parse_case(p);
  return NULL;
}

/* Where a command may begin: what an alias or a reserved word would be here (XCU 2.4). */
static bool ends_list(struct parser *p) {
  static const char *const closers[] = {"then", "else", "elif", "fi", "do", "done", "esac", "}"};
  while (peek(p) == T_WORD) {
    const char *s = word_literal(p->token_word);
    if (!s) return false;
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
      if (strcmp(s, closers[i]) == 0) return true;
    if (is_reserved(s) || !expand_alias(p)) return false;
  }
  return p->token == T_EOF || p->token == T_RPAREN || p->token == T_DSEMI || p->token == T_SEMI_AND;
}

static struct node *parse_one_command(struct parser *p) {
  struct node *n = NULL;
  bool ends = ends_list(p);
  size_t start = peek(p) == T_EOF ? p->pos : p->token_start;
  if (++p->depth > 200) return parse_fail(p, "nested too deeply");
  n = ends || at_word(p, "!") ? unexpected(p) : parse_compound(p);
  if (n) parse_redirections(p, &n->redirs);
  else if (!p->failed) n = parse_simple(p);
  p->depth--;
  if (p->failed) return NULL;
  n->source = source_since(p, start);
  return n;
}

/* ---- pipelines and lists (XCU 2.9.2, 2.9.3) ---- */

static struct node *parse_pipeline(struct parser *p) {
  bool negated = !ends_list(p) && accept_word(p, "!");
  size_t start = peek(p) == T_EOF ? p->pos : p->token_start;
  struct node *n = parse_one_command(p);
  if (!n) return NULL;
  if (peek(p) == T_PIPE) {
    struct node *pipeline = new_node(p, N_PIPELINE);
    pipeline->first = n;
    while (peek(p) == T_PIPE) {
      take(p);
      skip_newlines(p);
      if (!(n->next = parse_one_command(p))) return NULL;
      n = n->next;
    }
    n = pipeline;
    n->source = source_since(p, start);
  }
  if (negated) {
    struct node *not = new_node(p, N_NOT);
    not->first = n;
    not->source = n->source;
    n = not;
  }
  return n;
}

static struct node *parse_and_or(struct parser *p) {
  size_t start = peek(p) == T_EOF ? p->pos : p->token_start;
  struct node *n = parse_pipeline(p);
  while (n && (peek(p) == T_AND_IF || p->token == T_OR_IF)) {
    struct node *both = new_node(p, p->token == T_AND_IF ? N_AND : N_OR);
    take(p);
    skip_newlines(p);
    both->first = n;
    if (!(both->second = parse_pipeline(p))) return NULL;
    both->source = source_since(p, start);
    n = both;
  }
  return n;
}

/*
 * and_or commands separated by ; & and newlines. one_line: stops after the first newline. NULL without
 * `failed` is an empty list.
 */
static struct node *parse_list(struct parser *p, bool one_line) {
  struct node *list = NULL;
  if (!one_line) skip_newlines(p);
  while (!ends_list(p)) {
    /* An alias may have begun with it. */
    if (p->token == T_NEWLINE) {
      if (one_line) break;
      take(p);
      continue;
    }
    struct node *n = parse_and_or(p);
    if (!n) return NULL;
    enum token t = peek(p);
    if (t == T_AMP) {
      struct node *background = new_node(p, N_BACKGROUND);
      background->first = n;
      background->source = n->source;
      n = background;
    }
    if (list) {
      struct node *both = new_node(p, N_LIST);
      both->first = list;
      both->second = n;
      list = both;
    } else {
      list = n;
    }
    if (t == T_AMP || t == T_SEMI) take(p);
    else if (t != T_NEWLINE) break;
    if (one_line && peek(p) == T_NEWLINE) break;
    if (!one_line) skip_newlines(p);
  }
  return p->failed ? NULL : list;
}

struct node *parse_until(struct parser *p, enum token end) {
  /* The token state belongs to whoever is reading the word that this is part of. */
  enum token token = p->token;
  size_t token_start = p->token_start, token_end = p->token_end, taken_end = p->taken_end;
  bool have_token = p->have_token;
  struct redir *here_first = p->here_first, **here_last = p->here_last;
  p->have_token = false;
  p->here_first = NULL;
  p->here_last = &p->here_first;
  struct node *n = NULL;
  if (++p->depth > 200) parse_fail(p, "nested too deeply");
  else n = parse_list(p, false);
  p->depth--;
  if (!p->failed && peek(p) != end) unexpected(p);
  /* A here-document that began in $( ) and has not met a newline yet has its body after the next. */
  struct redir *left = p->here_first, **left_last = p->here_last;
  p->token = token;
  p->token_start = token_start;
  p->token_end = token_end;
  p->taken_end = taken_end;
  p->have_token = have_token;
  p->here_first = here_first;
  p->here_last = here_first ? here_last : &p->here_first;
  if (left) {
    *p->here_last = left;
    p->here_last = left_last;
  }
  return n;
}

enum parsed parse_command(struct parser *p, struct node **tree) {
  /* Forget what earlier commands were made of. */
  text_splice(&p->text, 0, p->pos, "", 0);
  leave_aliases(p, p->pos);
  for (struct alias_use *u = p->aliases; u; u = u->outer) u->end -= p->pos;
  p->pos = 0;
  p->begun = p->failed = p->interrupted = p->have_token = false;
  p->depth = 0;
  p->here_first = NULL;
  p->here_last = &p->here_first;
  *tree = NULL;
  if (peek(p) == T_EOF && !p->failed) return PARSE_EOF;
  if (p->token == T_NEWLINE && !p->failed) return PARSE_EMPTY;
  *tree = parse_list(p, true);
  if (!p->failed && peek(p) != T_NEWLINE && p->token != T_EOF) unexpected(p);
  if (p->failed) return PARSE_FAILED;
  if (!*tree) return PARSE_EMPTY;
  p->have_token = false;
  return PARSE_OK;
}
