/*
 * Words and their quoting (XCU 2.2, 2.6): a word becomes a list of parts, each of which remembers
 * whether it was quoted, so expansion never has to guess from characters.
 */
#include "sh.h"

#include <ctype.h>
#include <string.h>

bool is_name_start(int c) { return c == '_' || (c < 128 && isalpha(c)); }
bool is_name_char(int c) { return c == '_' || (c < 128 && isalnum(c)); }

size_t name_length(const char *s) {
  size_t n = 0;
  if (is_name_start((unsigned char)*s))
    while (is_name_char((unsigned char)s[n])) n++;
  return n;
}

const char *word_literal(const struct word *w) {
  const struct part *p = w->parts;
  return p && !p->next && p->kind == PART_TEXT && !p->quoted ? p->text : NULL;
}

/* Collects parts; neighbouring characters of like quoting become one PART_TEXT. */
struct builder {
  struct parser *parser;
  struct part *first, **last;
  struct text literal;
  bool literal_quoted;
};

static struct part *add_part(struct builder *b, enum part_kind kind, bool quoted) {
  struct part *p = arena_alloc(b->parser->arena, sizeof *p);
  p->kind = kind;
  p->quoted = quoted;
  *b->last = p;
  b->last = &p->next;
  return p;
}

static void flush_literal(struct builder *b) {
  if (!b->literal.len) return;
  add_part(b, PART_TEXT, b->literal_quoted)->text =
      arena_strndup(b->parser->arena, b->literal.s, b->literal.len);
  b->literal.len = 0;
}

static struct part *new_part(struct builder *b, enum part_kind kind, bool quoted) {
  flush_literal(b);
  return add_part(b, kind, quoted);
}

static void put(struct builder *b, int c, bool quoted) {
  if (b->literal.len && b->literal_quoted != quoted) flush_literal(b);
  b->literal_quoted = quoted;
  text_byte(&b->literal, c);
}

static void put_empty_quoted(struct builder *b) {
  new_part(b, PART_TEXT, true)->text = arena_strdup(b->parser->arena, "");
}

static void lex_parts(struct builder *b, enum quoting q);

static void unterminated(struct parser *p, const char *what) {
  parse_fail(p, "%s is not closed", what);
}

/* ---- $… ---- */

static const char specials[] = "@*#?-$!";

static void lex_braced_parameter(struct builder *b, bool quoted) {
  struct parser *p = b->parser;
  struct part *part = new_part(b, PART_PARAM, quoted);
  struct text name = {0};
  text_clear(&name);
  int c = lex_get(p);
  if (c == '#') {
    /* ${#} and ${#-w} are about $#; ${#x} is a length. */
    int next = lex_peek(p);
    if (is_name_char(next) || (next > 0 && strchr("@*?$!-#", next))) {
      size_t pos = p->pos;
      int first = lex_get(p);
      if (is_name_char(first) || lex_peek(p) == '}') {
        part->op = OP_LENGTH;
        c = first;
      } else {
        p->pos = pos;
      }
    }
  }
  if (c < 0) goto open;
  if (c == '}') goto bad;
  text_byte(&name, c);
  if (is_name_start(c)) {
    while (is_name_char(lex_peek(p))) text_byte(&name, lex_get(p));
  } else if (isdigit(c)) {
    while (isdigit(lex_peek(p))) text_byte(&name, lex_get(p));
  } else if (!strchr(specials, c)) {
    c = lex_peek(p) == '}' ? lex_get(p) : 0;
    goto bad;
  }
  part->text = arena_strndup(p->arena, name.s, name.len);
  c = lex_get(p);
  if (part->op == OP_NONE && c != '}' && c >= 0) {
    if (c == ':') {
      part->colon = true;
      c = lex_get(p);
    }
    switch (c) {
      case '-': part->op = OP_DEFAULT; break;
      case '=': part->op = OP_ASSIGN; break;
      case '?': part->op = OP_ERROR; break;
      case '+': part->op = OP_ALTERNATE; break;
      case '%': part->op = OP_SUFFIX; break;
      case '#': part->op = OP_PREFIX; break;
      default: break;
    }
    bool trims = part->op == OP_SUFFIX || part->op == OP_PREFIX;
    if (part->op == OP_NONE || (trims && part->colon)) goto bad;
    if (trims && lex_peek(p) == c) {
      lex_get(p);
      part->op++;
    }
    part->arg = lex_word(p, quoted && !trims ? Q_BRACE_IN_DOUBLE : Q_BRACE);
    if (p->failed) goto out;
    c = lex_get(p);
  }
  if (c == '}') goto out;
  if (c < 0) goto open;
bad:
  /* Another shell may have a use for it, and this script not reach it. */
  part->op = OP_BAD;
  part->text = arena_strndup(p->arena, name.s, name.len);
  if (c != '}') {
    lex_word(p, quoted ? Q_BRACE_IN_DOUBLE : Q_BRACE);
    if (p->failed || lex_get(p) == '}') goto out;
    goto open;
  }
  goto out;
open:
  unterminated(p, "${");
out:
  text_free(&name);
}

static void lex_command(struct builder *b, bool quoted) {
  struct parser *p = b->parser;
  struct part *part = new_part(b, PART_COMMAND, quoted);
  part->body = parse_until(p, T_RPAREN);
}

/* $(( … )), or false with nothing consumed when it turns out to be $( ( … ) ). */
static bool lex_arithmetic(struct builder *b, bool quoted) {
  struct parser *p = b->parser;
  size_t pos = p->pos;
  int line = p->line;
  struct word *w = lex_word(p, Q_ARITH);
  if (!p->failed && lex_get(p) == ')' && lex_peek(p) == ')') {
    lex_get(p);
    new_part(b, PART_ARITH, quoted)->arg = w;
    return true;
  }
  if (p->failed) return true;
  p->pos = pos;
  p->line = line;
  return false;
}

static void lex_dollar(struct builder *b, bool quoted) {
  struct parser *p = b->parser;
  int c = lex_peek(p);
  if (c == '(') {
    lex_get(p);
    if (lex_peek(p) == '(') {
      lex_get(p);
      if (lex_arithmetic(b, quoted)) return;
      p->pos--; /* the second '(' is the command's */
    }
    lex_command(b, quoted);
  } else if (c == '{') {
    lex_get(p);
    lex_braced_parameter(b, quoted);
  } else if (is_name_start(c)) {
    struct text name = {0};
    while (is_name_char(lex_peek(p))) text_byte(&name, lex_get(p));
    new_part(b, PART_PARAM, quoted)->text = arena_strndup(p->arena, name.s, name.len);
    text_free(&name);
  } else if (c > 0 && (isdigit(c) || strchr(specials, c))) {
    char name = (char)lex_get(p);
    new_part(b, PART_PARAM, quoted)->text = arena_strndup(p->arena, &name, 1);
  } else {
    put(b, '$', quoted);
  }
}

/* `…`: the text with its backslashes undone is a program of its own (XCU 2.6.3). */
static void lex_backquotes(struct builder *b, bool quoted) {
  struct parser *p = b->parser;
  struct text program = {0};
  text_clear(&program);
  for (;;) {
    int c = lex_get(p);
    if (c == '`') break;
    if (c == '\\') {
      int next = lex_peek_raw(p);
      if (next == '`' || next == '$' || next == '\\' || (quoted && next == '"')) c = lex_get_raw(p);
    }
    if (c < 0) {
      unterminated(p, "`");
      break;
    }
    text_byte(&program, c);
  }
  if (!p->failed) {
    struct source s = {.kind = SOURCE_STRING, .string = program.s};
    struct parser inner;
    parser_init(&inner, s);
    inner.arena = p->arena;
    inner.line = p->line;
    inner.depth = p->depth;
    struct part *part = new_part(b, PART_COMMAND, quoted);
    part->body = parse_until(&inner, T_EOF);
    if (inner.failed) p->failed = true;
    parser_free(&inner);
  }
  text_free(&program);
}

/* ---- quotes ---- */

static void lex_single_quoted(struct builder *b) {
  struct parser *p = b->parser;
  int c = lex_get_raw(p);
  if (c == '\'') put_empty_quoted(b);
  for (; c != '\''; c = lex_get_raw(p)) {
    if (c < 0) {
      unterminated(p, "'");
      return;
    }
    put(b, c, true);
  }
}

static void lex_double_quoted(struct builder *b) {
  struct parser *p = b->parser;
  if (lex_peek(p) == '"') {
    lex_get(p);
    put_empty_quoted(b);
    return;
  }
  lex_parts(b, Q_DOUBLE);
  if (p->failed) return;
  if (lex_get(p) != '"') unterminated(p, "\"");
}

static int escape_digits(struct parser *p, int base, int most) {
  int value = 0;
  while (most-- > 0) {
    int c = lex_peek_raw(p);
    int digit = isdigit(c) ? c - '0' : c > 0 && isxdigit(c) ? tolower(c) - 'a' + 10 : 99;
    if (digit >= base) break;
    value = value * base + digit;
    lex_get_raw(p);
  }
  return value & 255;
}

/* $'…' with C's escapes (POSIX.1-2024 XCU 2.2.4). */
static void lex_dollar_single(struct builder *b) {
  static const char from[] = "abefnrtv", to[] = "\a\b\033\f\n\r\t\v";
  struct parser *p = b->parser;
  bool empty = true;
  for (;;) {
    int c = lex_get_raw(p);
    if (c == '\'') break;
    if (c == '\\') {
      c = lex_peek_raw(p);
      const char *known = c > 0 ? strchr(from, c) : NULL;
      if (c >= '0' && c <= '7') c = escape_digits(p, 8, 3);
      else {
        lex_get_raw(p);
        if (c == 'x') c = escape_digits(p, 16, 2);
        else if (c == 'c') c = lex_get_raw(p) & 31;
        else if (known) c = to[known - from];
      }
    }
    if (c < 0) {
      unterminated(p, "$'");
      return;
    }
    put(b, c, true);
    empty = false;
  }
  if (empty) put_empty_quoted(b);
}

static void lex_backslash(struct builder *b, enum quoting q) {
  struct parser *p = b->parser;
  int c = lex_peek_raw(p);
  if (c < 0) {
    put(b, '\\', true);
    return;
  }
  bool in_double = q == Q_DOUBLE || q == Q_BRACE_IN_DOUBLE || q == Q_HERE || q == Q_ARITH;
  if (in_double && !(strchr("$`\\", c) || (c == '"' && q != Q_HERE) ||
                     (c == '}' && q == Q_BRACE_IN_DOUBLE)))
    put(b, '\\', true);
  else
    put(b, lex_get_raw(p), true);
}

static bool ends_word(int c, enum quoting q, int parens) {
  if (c < 0) return true;
  switch (q) {
    case Q_NONE: return strchr(" \t\n;&|<>()", c) != NULL;
    case Q_BRACE:
    case Q_BRACE_IN_DOUBLE: return c == '}';
    case Q_DOUBLE: return c == '"';
    case Q_ARITH: return c == ')' && parens == 0;
    case Q_HERE: return false;
  }
  return true;
}

/* Characters up to, and without, whatever ends this kind of word. */
static void lex_parts(struct builder *b, enum quoting q) {
  struct parser *p = b->parser;
  bool quoted = q == Q_DOUBLE || q == Q_BRACE_IN_DOUBLE || q == Q_HERE || q == Q_ARITH;
  int parens = 0;
  if (++p->depth > 200) parse_fail(p, "nested too deeply");
  while (!p->failed) {
    int c = lex_peek(p);
    if (ends_word(c, q, parens)) break;
    lex_get(p);
    if (c == '\\') lex_backslash(b, q);
    else if (c == '$' && !quoted && lex_peek(p) == '\'') {
      lex_get(p);
      lex_dollar_single(b);
    } else if (c == '$') lex_dollar(b, quoted);
    else if (c == '`') lex_backquotes(b, quoted);
    else if (c == '\'' && !quoted) lex_single_quoted(b);
    else if (c == '"' && (!quoted || q == Q_BRACE_IN_DOUBLE)) lex_double_quoted(b);
    else if (c == '"' && q == Q_ARITH) continue;
    else {
      if (q == Q_ARITH && c == '(') parens++;
      if (q == Q_ARITH && c == ')') parens--;
      put(b, c, quoted);
    }
  }
  p->depth--;
}

struct word *lex_word(struct parser *p, enum quoting q) {
  struct builder b = {0};
  b.parser = p;
  b.last = &b.first;
  lex_parts(&b, q);
  flush_literal(&b);
  text_free(&b.literal);
  struct word *w = arena_alloc(p->arena, sizeof *w);
  w->parts = b.first;
  return w;
}
