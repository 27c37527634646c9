/*
 * Tokens (XCU 2.3): operators, newlines, words, and the numbers before redirections.
 *
 * The text of the whole current command stays in the parser's buffer, so looking ahead any distance is
 * a matter of resetting `pos`. Here-document bodies are taken when the newline after `<<` is read.
 */
#include "sh.h"

#include <ctype.h>
#include <string.h>

static bool more_input(struct parser *p) {
  while (p->pos >= p->text.len) {
    if (p->failed) return false;
    enum fill f = source_fill(&p->source, &p->text, p->begun);
    if (f == FILL_INTERRUPT) p->interrupted = p->failed = true;
    if (f != FILL_OK) return false;
  }
  return true;
}

int lex_peek_raw(struct parser *p) {
  return more_input(p) ? (unsigned char)p->text.s[p->pos] : -1;
}

int lex_get_raw(struct parser *p) {
  int c = lex_peek_raw(p);
  if (c >= 0) p->pos++;
  if (c == '\n') p->line++;
  return c;
}

/* A backslash before a newline joins lines (XCU 2.2.1). */
int lex_peek(struct parser *p) {
  for (;;) {
    int c = lex_peek_raw(p);
    if (c != '\\') return c;
    p->pos++;
    int next = more_input(p) ? p->text.s[p->pos] : -1;
    if (next != '\n') {
      p->pos--;
      return c;
    }
    p->pos++;
    p->line++;
    p->begun = true;
  }
}

int lex_get(struct parser *p) {
  int c = lex_peek(p);
  if (c >= 0) p->pos++;
  if (c == '\n') p->line++;
  return c;
}

static bool accept(struct parser *p, int c) {
  if (lex_peek(p) != c) return false;
  lex_get(p);
  return true;
}

/* ---- here-documents (XCU 2.7.4) ---- */

static void read_here_body(struct parser *p, struct redir *r) {
  struct text body = {0}, line = {0};
  int first_line = p->line;
  text_clear(&body);
  for (;;) {
    int c;
    text_clear(&line);
    while ((c = r->literal ? lex_get_raw(p) : lex_get(p)) >= 0 && c != '\n') {
      /* An escaped backslash must not join this line with the next. */
      text_byte(&line, c);
      if (c == '\\' && !r->literal && lex_peek_raw(p) == '\\') text_byte(&line, lex_get_raw(p));
    }
    char *start = line.s;
    if (r->strip_tabs) while (*start == '\t') start++;
    if (strcmp(start, r->delimiter) == 0) break;
    if (c < 0 && line.len == 0) {
      if (!p->interrupted) warn("here-document ends with the file, \"%s\" was wanted", r->delimiter);
      break;
    }
    text_str(&body, start);
    if (c < 0) break;
    text_byte(&body, '\n');
  }
  if (r->literal) {
    struct word *w = arena_alloc(p->arena, sizeof *w);
    w->parts = arena_alloc(p->arena, sizeof *w->parts);
    w->parts->kind = PART_TEXT;
    w->parts->quoted = true;
    w->parts->text = arena_strndup(p->arena, body.s, body.len);
    r->target = w;
  } else {
    struct source s = {.kind = SOURCE_STRING, .string = body.s};
    struct parser inner;
    parser_init(&inner, s);
    inner.arena = p->arena;
    inner.line = first_line;
    r->target = lex_word(&inner, Q_HERE);
    if (inner.failed) p->failed = true;
    parser_free(&inner);
  }
  text_free(&body);
  text_free(&line);
}

static void read_here_bodies(struct parser *p) {
  struct redir *r = p->here_first;
  p->here_first = NULL;
  p->here_last = &p->here_first;
  for (; r && !p->failed; r = r->here_next) read_here_body(p, r);
}

/* ---- tokens ---- */

static enum token read_operator(struct parser *p, int c) {
  lex_get(p);
  switch (c) {
    case '&': return accept(p, '&') ? T_AND_IF : T_AMP;
    case '|': return accept(p, '|') ? T_OR_IF : T_PIPE;
    case ';': return accept(p, ';') ? T_DSEMI : accept(p, '&') ? T_SEMI_AND : T_SEMI;
    case '(': return T_LPAREN;
    case ')': return T_RPAREN;
    case '<':
      if (accept(p, '<')) return accept(p, '-') ? T_DLESSDASH : T_DLESS;
      return accept(p, '&') ? T_LESSAND : accept(p, '>') ? T_LESSGREAT : T_LESS;
    default:
      return accept(p, '>')   ? T_DGREAT
             : accept(p, '&') ? T_GREATAND
             : accept(p, '|') ? T_CLOBBER
                              : T_GREAT;
  }
}

static bool is_io_number(struct parser *p) {
  size_t at = p->pos;
  while (at < p->text.len && isdigit((unsigned char)p->text.s[at])) at++;
  return at > p->pos && at - p->pos < 9 && at < p->text.len &&
         (p->text.s[at] == '<' || p->text.s[at] == '>');
}

enum token lex_token(struct parser *p) {
  int c;
  for (;;) {
    c = lex_peek(p);
    if (c == ' ' || c == '\t') lex_get(p);
    else if (c == '#') {
      while ((c = lex_peek_raw(p)) >= 0 && c != '\n') lex_get_raw(p);
    } else break;
  }
  p->token_start = p->pos;
  p->token_word = NULL;
  if (c < 0) {
    p->token = T_EOF;
    if (p->here_first) read_here_bodies(p); /* so that each says what it lacks */
  } else if (c == '\n') {
    lex_get(p);
    p->token = T_NEWLINE;
    p->token_end = p->pos;
    if (p->here_first) {
      p->begun = true;
      read_here_bodies(p);
    }
    return p->token;
  } else if (strchr("&|;()<>", c)) {
    p->begun = true;
    p->token = read_operator(p, c);
  } else {
    p->begun = true;
    p->token = is_io_number(p) ? T_IO_NUMBER : T_WORD;
    p->token_word = lex_word(p, Q_NONE);
  }
  p->token_end = p->pos;
  return p->token;
}

const char *token_name(enum token t) {
  static const char *const names[] = {
      "end of input", "newline", "word", "number", "&&", "||", ";;", ";&", ";",  "&",  "|",
      "(",            ")",       "<",    ">",      "<<", "<<-", ">>", "<&", ">&", "<>", ">|"};
  return names[t];
}
