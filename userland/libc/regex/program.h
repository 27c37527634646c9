/* What a regular expression is compiled to, and the matchers that run it.

   A program is a list of instructions. Offsets are relative, so that a piece of it can be moved and copied, which is how
   `x{2,3}` is made. parse.c writes it, three matchers run it, none of them exponential:

     dfa.c        whether there is a match: sets of instructions become states, made when first needed
     threads.c    where the leftmost longest match and its groups are: all alternatives advance together (Pike's way)
     backtrack.c  the only one that can do back-references; a budget of steps bounds it */
#ifndef REGEX_PROGRAM_H
#define REGEX_PROGRAM_H
#include <regex.h>
#include <stdint.h>

enum opcode {
  OP_BYTE,       /* the byte x */
  OP_ANY,        /* any byte; with REG_NEWLINE not the newline */
  OP_SET,        /* a byte of set x */
  OP_SPLIT,      /* goes on at +x, or else at +y */
  OP_JUMP,       /* goes on at +x */
  OP_SAVE,       /* here begins (x even) or ends group x / 2 */
  OP_LINE_START, /* from here to OP_NOT_WORD_EDGE: conditions */
  OP_LINE_END,
  OP_TEXT_START,
  OP_TEXT_END,
  OP_WORD_START,
  OP_WORD_END,
  OP_WORD_EDGE,
  OP_NOT_WORD_EDGE,
  OP_SAME, /* what group x matched */
  OP_MATCH,
};

struct instruction {
  unsigned char op;
  short x, y;
};

typedef uint32_t byte_set[8];

#define PROGRAM_MAX 30000 /* instructions; relative offsets are shorts */
#define GROUPS_MAX 100    /* as many as matchers keep the places of */

struct program {
  int flags, size, room, sets, set_room;
  int back_references;
  size_t groups;
  struct instruction *code;
  byte_set *set;
  int skips;       /* whether a match has to begin with a byte of `first` */
  byte_set first;
  struct dfa *dfa; /* made at the first question */
};

/* The text under test: what is searched begins at `start`; what lies between `text` and it is seen by conditions only. */
struct subject {
  const unsigned char *text, *start, *end;
  int flags;
};

static inline int in_set(const byte_set set, unsigned c) { return set[c >> 5] >> (c & 31) & 1; }
static inline void add_to_set(byte_set set, unsigned c) { set[c >> 5] |= 1U << (c & 31); }

/* Whether the condition `op` holds between two bytes; -1 stands for what is beyond either end of the text. */
int __regex_holds(const struct program *p, int op, int before, int after, int eflags);

static inline int byte_before(const struct subject *s, const unsigned char *at) {
  return at > s->text ? at[-1] : -1;
}
static inline int byte_at(const struct subject *s, const unsigned char *at) {
  return at < s->end ? *at : -1;
}

/* Whether an instruction that takes a byte takes this one. */
static inline int takes(const struct program *p, const struct instruction *i, unsigned c) {
  switch (i->op) {
    case OP_BYTE: return (unsigned)i->x == c;
    case OP_ANY: return c != '\n' || !(p->flags & REG_NEWLINE);
    case OP_SET: return in_set(p->set[i->x], c);
    default: return 0;
  }
}

int __regex_parse(struct program *p, const char *pattern);

/* The matchers return 0, REG_NOMATCH or REG_ESPACE. `places` has 2 * `groups` offsets, -1 where a group took no part. */
void __regex_dfa_free(struct dfa *dfa);
int __regex_dfa(struct program *p, const struct subject *s);
int __regex_threads(const struct program *p, const struct subject *s, int groups, regoff_t *places);
int __regex_backtrack(const struct program *p, const struct subject *s, int groups, regoff_t *places);

#endif
