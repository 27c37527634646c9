/* Whether there is a match at all. A state is the set of instructions that could come next; where it leads with each byte
   is found out at the first time and remembered, so that a long text costs a look-up for each byte. Conditions are
   decided when the byte after them is known, so a state also knows what kind of byte came before. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "program.h"

#define STATES 60
#define END_OF_TEXT 256
enum { UNKNOWN = 255, MATCHED = 254, FAILED = 253 };

enum kind { AT_START, AT_START_NOT_LINE, NEWLINE, WORD, OTHER };

struct state {
  unsigned char next[257];
  unsigned char before; /* an enum kind */
  int count;
  short *at; /* the instructions, ascending */
};

struct dfa {
  int states;
  struct state state[STATES];
  short *stack, *found;
  unsigned char *seen;
};

static int kind_of(int c) { return c == '\n' ? NEWLINE : isalnum(c) || c == '_' ? WORD : OTHER; }

static void forget(struct dfa *d) {
  while (d->states > 0) free(d->state[--d->states].at);
}

void __regex_dfa_free(struct dfa *d) {
  if (!d) return;
  forget(d);
  free(d->stack);
  free(d);
}

static struct dfa *make(const struct program *p) {
  struct dfa *d = malloc(sizeof *d);
  if (!d) return 0;
  d->states = 0;
  d->stack = malloc((size_t)p->size * (2 * sizeof(short) + 1));
  if (!d->stack) {
    free(d);
    return 0;
  }
  d->found = d->stack + p->size;
  d->seen = (unsigned char *)(d->found + p->size);
  return d;
}

/* The state of `count` found instructions; -1 without memory. */
static int state_for(struct dfa *d, int count, int before) {
  size_t bytes = (size_t)count * sizeof(short);
  for (int i = 0; i < d->states; i++)
    if (d->state[i].count == count && d->state[i].before == before && !memcmp(d->state[i].at, d->found, bytes)) return i;
  if (d->states == STATES) forget(d);
  struct state *s = &d->state[d->states];
  s->at = malloc(bytes + 1);
  if (!s->at) return -1;
  memcpy(s->at, d->found, bytes);
  memset(s->next, UNKNOWN, sizeof s->next);
  s->count = count;
  s->before = (unsigned char)before;
  return d->states++;
}

static int push(struct dfa *d, int depth, int at) {
  if (d->seen[at]) return depth;
  d->seen[at] = 1;
  d->stack[depth] = (short)at;
  return depth + 1;
}

/* Marks all instructions that can be reached between the bytes without taking one. Whether a match is among them. */
static int spread(const struct program *p, struct dfa *d, const struct state *s, int after) {
  static const int sample[] = {-1, -1, '\n', 'a', ' '};
  int flags = s->before == AT_START_NOT_LINE ? REG_NOTBOL : 0, depth = 0;
  memset(d->seen, 0, (size_t)p->size);
  depth = push(d, 0, 0); /* a match may begin anywhere */
  for (int i = 0; i < s->count; i++) depth = push(d, depth, s->at[i]);
  while (depth > 0) {
    int at = d->stack[--depth];
    const struct instruction *i = &p->code[at];
    if (i->op == OP_MATCH) return 1;
    if (i->op == OP_SPLIT) depth = push(d, push(d, depth, at + i->y), at + i->x);
    else if (i->op == OP_JUMP) depth = push(d, depth, at + i->x);
    else if (i->op == OP_SAVE) depth = push(d, depth, at + 1);
    else if (i->op >= OP_LINE_START && i->op <= OP_NOT_WORD_EDGE && __regex_holds(p, i->op, sample[s->before], after, flags))
      depth = push(d, depth, at + 1);
  }
  return 0;
}

static int find_out(const struct program *p, struct dfa *d, int from, int c) {
  int count = 0;
  if (spread(p, d, &d->state[from], c == END_OF_TEXT ? -1 : c)) return d->state[from].next[c] = MATCHED;
  if (c == END_OF_TEXT) return d->state[from].next[c] = FAILED;
  for (int at = 0; at < p->size; at++)
    if (d->seen[at] && takes(p, &p->code[at], (unsigned)c)) d->found[count++] = (short)(at + 1);
  int known = d->states, to = state_for(d, count, kind_of(c));
  if (to >= 0 && d->states >= known) d->state[from].next[c] = (unsigned char)to; /* else `from` was forgotten */
  return to;
}

int __regex_dfa(struct program *p, const struct subject *s) {
  if (!p->dfa && !(p->dfa = make(p))) return REG_ESPACE;
  struct dfa *d = p->dfa;
  int before = s->start > s->text ? kind_of(s->start[-1]) : s->flags & REG_NOTBOL ? AT_START_NOT_LINE : AT_START;
  int at = state_for(d, 0, before);
  if (at < 0) return REG_ESPACE;
  for (const unsigned char *c = s->start;; c++) {
    int byte = c < s->end ? *c : END_OF_TEXT, next = d->state[at].next[byte];
    if (next == UNKNOWN && (next = find_out(p, d, at, byte)) < 0) return REG_ESPACE;
    if (next == MATCHED) return 0;
    if (next == FAILED) return REG_NOMATCH;
    at = next;
  }
}
