/* Regular expressions to programs: POSIX's basic and extended ones (regex(7)) and GNU's additions to both. */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "program.h"

struct parser {
  struct program *p;
  const char *at;
  int extended, error, depth;
  size_t closed; /* bit n: group n is complete, so \n may follow; as many as fit */
};

static void alternatives(struct parser *r);

static int fail(struct parser *r, int error) {
  if (!r->error) r->error = error;
  r->at += strlen(r->at);
  return 0;
}

static int reserve(struct parser *r, int more) {
  struct program *p = r->p;
  if (r->error || p->size + more > PROGRAM_MAX) return fail(r, REG_ESIZE);
  if (p->size + more <= p->room) return 1;
  int room = (p->size + more) * 2;
  struct instruction *code = realloc(p->code, (size_t)room * sizeof *code);
  if (!code) return fail(r, REG_ESPACE);
  p->code = code;
  p->room = room;
  return 1;
}

static void emit(struct parser *r, int op, int x) {
  if (!reserve(r, 1)) return;
  r->p->code[r->p->size++] = (struct instruction){(unsigned char)op, (short)x, 0};
}

/* Makes room for an instruction before what begins at `at`; that is moved, which its relative offsets survive. */
static void insert(struct parser *r, int at, int op, int x, int y) {
  if (!reserve(r, 1)) return;
  struct instruction *code = r->p->code;
  memmove(code + at + 1, code + at, (size_t)(r->p->size - at) * sizeof *code);
  code[at] = (struct instruction){(unsigned char)op, (short)x, (short)y};
  r->p->size++;
}

static void copy(struct parser *r, int from, int size) {
  if (!reserve(r, size)) return;
  struct instruction *code = r->p->code;
  memcpy(code + r->p->size, code + from, (size_t)size * sizeof *code);
  r->p->size += size;
}

static void optional(struct parser *r, int from) { insert(r, from, OP_SPLIT, 1, r->p->size - from + 1); }

static void once_or_more(struct parser *r, int from) {
  emit(r, OP_SPLIT, from - r->p->size);
  if (!r->error) r->p->code[r->p->size - 1].y = 1;
}

static void any_number(struct parser *r, int from) {
  once_or_more(r, from);
  optional(r, from);
}

/* ---- sets ---- */

static uint32_t *new_set(struct parser *r) {
  struct program *p = r->p;
  if (p->sets == p->set_room) {
    int room = p->set_room * 2 + 4;
    byte_set *set = realloc(p->set, (size_t)room * sizeof *set);
    if (!set) {
      fail(r, REG_ESPACE);
      return 0;
    }
    p->set = set;
    p->set_room = room;
  }
  return memset(p->set[p->sets++], 0, sizeof(byte_set));
}

static int is_word(int c) { return isalnum(c) || c == '_'; }

static void add_class(uint32_t *set, int (*has)(int c)) {
  for (unsigned c = 0; c < 256; c++)
    if (has((int)c)) add_to_set(set, c);
}

/* With REG_ICASE a set with a letter has both. */
static void fold(const struct parser *r, uint32_t *set) {
  if (!(r->p->flags & REG_ICASE)) return;
  for (unsigned c = 'a'; c <= 'z'; c++) {
    if (in_set(set, c)) add_to_set(set, c - 32);
    else if (in_set(set, c - 32)) add_to_set(set, c);
  }
}

static void invert(const struct parser *r, uint32_t *set) {
  for (int i = 0; i < 8; i++) set[i] = ~set[i];
  if (r->p->flags & REG_NEWLINE) set['\n' / 32] &= ~(1U << '\n' % 32);
}

/* One end of a range: a byte, [.x.] or [=x=]. */
static int element(struct parser *r) {
  const char *s = r->at;
  if (*s == '[' && (s[1] == '.' || s[1] == '=')) {
    if (!s[2] || s[3] != s[1] || s[4] != ']') return fail(r, strchr(s + 2, ']') ? REG_ECOLLATE : REG_EBRACK);
    r->at += 5;
    return (unsigned char)s[2];
  }
  r->at++;
  return (unsigned char)*s;
}

/* After the [. */
static void bracket(struct parser *r) {
  uint32_t *set = new_set(r);
  if (!set) return;
  int inverted = *r->at == '^';
  r->at += inverted;
  for (int first = 1; first || *r->at != ']'; first = 0) {
    if (!*r->at) {
      fail(r, REG_EBRACK);
      return;
    }
    if (r->at[0] == '[' && r->at[1] == ':') {
      const char *name = r->at + 2, *end = strstr(name, ":]");
      if (!end) {
        fail(r, strchr(name, ']') ? REG_ECTYPE : REG_EBRACK);
        return;
      }
      int (*has)(int) = __class_named(name, (size_t)(end - name));
      if (!has) {
        fail(r, REG_ECTYPE);
        return;
      }
      add_class(set, has);
      r->at = end + 2;
      continue;
    }
    /* Not at the beginning, a hyphen that does not end the set belongs to a range that nothing begins. */
    if (!first && r->at[0] == '-' && r->at[1] != ']') fail(r, REG_ERANGE);
    int low = element(r), high = low;
    if (r->at[0] == '-' && r->at[1] && r->at[1] != ']') {
      r->at++;
      high = element(r);
      if (high < low) fail(r, REG_ERANGE);
    }
    for (; low <= high; low++) add_to_set(set, (unsigned)low);
    if (r->error) return;
  }
  r->at++;
  fold(r, set);
  if (inverted) invert(r, set);
  emit(r, OP_SET, r->p->sets - 1);
}

static void class_escape(struct parser *r, int (*has)(int c), int inverted) {
  uint32_t *set = new_set(r);
  if (!set) return;
  add_class(set, has);
  if (inverted) invert(r, set);
  emit(r, OP_SET, r->p->sets - 1);
}

static void literal(struct parser *r, int c) {
  if (!(r->p->flags & REG_ICASE) || !isalpha(c)) {
    emit(r, OP_BYTE, c);
    return;
  }
  uint32_t *set = new_set(r);
  if (!set) return;
  add_to_set(set, (unsigned)c);
  fold(r, set);
  emit(r, OP_SET, r->p->sets - 1);
}

/* ---- pieces ---- */

/* Whether `c` stands here as an operator: in basic expressions those of extended ones want a backslash. */
static int operator_here(const struct parser *r, char c) {
  return r->extended ? *r->at == c : r->at[0] == '\\' && r->at[1] == c;
}

static void group(struct parser *r) {
  size_t number = ++r->p->groups;
  r->at += 2 - r->extended;
  if (++r->depth > 200) fail(r, REG_ESPACE); /* the parser's own stack */
  emit(r, OP_SAVE, (int)number * 2);
  if (number >= GROUPS_MAX) fail(r, REG_ESPACE);
  alternatives(r);
  if (!r->error && !operator_here(r, ')')) fail(r, REG_EPAREN);
  if (r->error) return;
  r->at += 2 - r->extended;
  r->depth--;
  emit(r, OP_SAVE, (int)number * 2 + 1);
  if (number < 10) r->closed |= 1UL << number;
}

/* After a backslash, and not an operator of basic expressions. */
static void escape(struct parser *r) {
  static const char conditions[] = "`'<>bB";
  static const unsigned char ops[] = {OP_TEXT_START, OP_TEXT_END,  OP_WORD_START,
                                      OP_WORD_END,   OP_WORD_EDGE, OP_NOT_WORD_EDGE};
  int c = (unsigned char)*r->at++;
  const char *condition = c ? strchr(conditions, c) : 0;
  if (!c) {
    r->at--;
    fail(r, REG_EESCAPE);
  } else if (condition) {
    emit(r, ops[condition - conditions], 0);
  } else if (c == 'w' || c == 'W') {
    class_escape(r, is_word, c == 'W');
  } else if (c == 's' || c == 'S') {
    class_escape(r, isspace, c == 'S');
  } else if (c >= '1' && c <= '9') {
    if (!(r->closed >> (c - '0') & 1)) fail(r, REG_ESUBREG);
    r->p->back_references = 1;
    emit(r, OP_SAME, c - '0');
  } else {
    literal(r, c);
  }
}

/* {n}, {n,}, {,m}, {n,m} after the brace: 0 when it is none, and `at` stays. */
static int interval(struct parser *r, int *least, int *most) {
  const char *start = r->at;
  char *end;
  long low = 0, high = -1;
  if (isdigit((unsigned char)*r->at)) {
    low = high = strtol(r->at, &end, 10);
    r->at = end;
  } else if (*r->at != ',') {
    return 0;
  }
  if (*r->at == ',') {
    r->at++;
    high = -1;
    if (isdigit((unsigned char)*r->at)) {
      high = strtol(r->at, &end, 10);
      r->at = end;
    }
  }
  if (!operator_here(r, '}')) {
    r->at = start;
    return 0;
  }
  r->at += 2 - r->extended;
  if (high >= 0 && low > high) fail(r, REG_BADBR);
  if (low > 32767 || high > 32767) fail(r, REG_ESIZE);
  *least = (int)low;
  *most = (int)high;
  return 1;
}

static void repeat(struct parser *r, int from, int least, int most) {
  int size = r->p->size - from;
  if (most == 0) {
    r->p->size = from;
    return;
  }
  for (int i = 1; i < least && !r->error; i++) copy(r, from, size);
  int last = r->p->size - size;
  if (most < 0) {
    if (least == 0) any_number(r, from);
    else once_or_more(r, last);
    return;
  }
  if (least == 0) {
    optional(r, from);
    least = 1;
    for (int i = least; i < most && !r->error; i++) copy(r, from, size + 1);
    return;
  }
  for (int i = least; i < most && !r->error; i++) {
    int start = r->p->size;
    copy(r, from, size);
    optional(r, start);
  }
}

/* The operators after a piece that began at `from`. */
static void repetitions(struct parser *r, int from) {
  for (;;) {
    const char *before = r->at;
    if (*r->at == '*') {
      r->at++;
      any_number(r, from);
    } else if (operator_here(r, '+')) {
      r->at += 2 - r->extended;
      once_or_more(r, from);
    } else if (operator_here(r, '?')) {
      r->at += 2 - r->extended;
      optional(r, from);
    } else if (operator_here(r, '{')) {
      int least, most;
      r->at += 2 - r->extended;
      if (!interval(r, &least, &most)) {
        if (r->extended) r->at = before; /* an ordinary brace */
        else fail(r, strstr(r->at, "\\}") ? REG_BADBR : REG_EBRACE);
        return;
      }
      repeat(r, from, least, most);
    } else {
      return;
    }
    if (r->error) return;
  }
}

static int ends_here(const struct parser *r) {
  return !*r->at || operator_here(r, '|') || (operator_here(r, ')') && (r->depth > 0 || !r->extended));
}

/* In a basic expression $ is an anchor only where something ends. */
static int is_line_end(const struct parser *r) {
  struct parser next = *r;
  next.at++;
  return r->extended || ends_here(&next);
}

static void branch(struct parser *r) {
  for (int first = 1; !r->error; first = 0) {
    int from = r->p->size, star_is_plain = 0;
    if (ends_here(r)) {
      if (operator_here(r, ')') && r->depth == 0) fail(r, REG_EPAREN);
      return;
    }
    if (*r->at == '^' && (r->extended || first)) {
      r->at++;
      emit(r, OP_LINE_START, 0);
      star_is_plain = !r->extended;
    } else if (*r->at == '$' && is_line_end(r)) {
      r->at++;
      emit(r, OP_LINE_END, 0);
    } else if (operator_here(r, '(')) {
      group(r);
    } else if (r->extended && first && strchr("*+?", *r->at)) {
      r->at++; /* GNU's: an operator without an operand is nothing */
      continue;
    } else if (*r->at == '[') {
      r->at++;
      bracket(r);
    } else if (*r->at == '.') {
      r->at++;
      emit(r, OP_ANY, 0);
    } else if (*r->at == '\\') {
      r->at++;
      escape(r);
    } else {
      literal(r, (unsigned char)*r->at++);
    }
    if (star_is_plain && *r->at == '*') {
      from = r->p->size;
      literal(r, (unsigned char)*r->at++);
    }
    if (!r->error) repetitions(r, from);
  }
}

static void alternatives(struct parser *r) {
  int from = r->p->size;
  branch(r);
  while (!r->error && operator_here(r, '|')) {
    r->at += 2 - r->extended;
    /* split to here and there; what is here ends with a jump over what is there */
    insert(r, from, OP_SPLIT, 1, r->p->size - from + 2);
    int jump = r->p->size;
    emit(r, OP_JUMP, 0);
    from = r->p->size;
    branch(r);
    /* If another follows, a split will be inserted at `from`, and the jump leads to the next jump. */
    if (!r->error) r->p->code[jump].x = (short)(r->p->size - jump + operator_here(r, '|'));
  }
}

int __regex_parse(struct program *p, const char *pattern) {
  struct parser r = {.p = p, .at = pattern, .extended = (p->flags & REG_EXTENDED) != 0};
  emit(&r, OP_SAVE, 0);
  alternatives(&r);
  emit(&r, OP_SAVE, 1);
  emit(&r, OP_MATCH, 0);
  return r.error;
}
