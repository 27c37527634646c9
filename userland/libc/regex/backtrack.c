/* The matcher for expressions with back-references (\1): tries one way after the other, greedy ones first. Nobody knows
   how to do that in little time for all expressions, so after a number of steps it gives up with REG_ESPACE. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "program.h"

#define STEPS_MAX 4000000
#define STEPS_FOR_LONGER 20000 /* after a match, in search of a longer one that begins there too */

/* What to do when a way has failed: go on with instruction `what` at `where`, or (what < 0) put the old value back. */
struct choice {
  int what;
  long where;
};

struct run {
  const struct program *p;
  const struct subject *s;
  struct choice *stack;
  int depth, room;
  long steps;
  long *memory; /* the places of all groups, then for each loop where it was entered last */
};

static int push(struct run *r, int what, long where) {
  if (r->depth == r->room) {
    int room = r->room * 2 + 64;
    struct choice *stack = realloc(r->stack, (size_t)room * sizeof *stack);
    if (!stack) return 0;
    r->stack = stack;
    r->room = room;
  }
  r->stack[r->depth++] = (struct choice){what, where};
  return 1;
}

static int set(struct run *r, int cell, long value) {
  long old = r->memory[cell];
  r->memory[cell] = value;
  return push(r, -1 - cell, old);
}

static int alike(const struct program *p, const unsigned char *a, const unsigned char *b, long size) {
  for (; size > 0; size--, a++, b++)
    if (*a != *b && (!(p->flags & REG_ICASE) || tolower(*a) != tolower(*b))) return 0;
  return 1;
}

/* Goes on from an instruction until a match (its end) or until this way fails (-1); -2 without memory. */
static long follow(struct run *r, int at, long c) {
  const unsigned char *text = r->s->text;
  long end = r->s->end - text;
  int loops = (int)(r->p->groups + 1) * 2;
  for (;; r->steps++) {
    const struct instruction *i = &r->p->code[at];
    switch (i->op) {
      case OP_MATCH: return c;
      case OP_JUMP: at += i->x; continue;
      case OP_SPLIT:
        if (i->x < 0) { /* a loop's end: once more only if the last time took something */
          if (r->memory[loops + at] == c) {
            at += i->y;
            continue;
          }
          if (!set(r, loops + at, c)) return -2;
        }
        if (!push(r, at + i->y, c)) return -2;
        at += i->x;
        continue;
      case OP_SAVE:
        if (!set(r, i->x, c)) return -2;
        break;
      case OP_SAME: {
        long from = r->memory[i->x * 2], size = r->memory[i->x * 2 + 1] - from;
        if (from < 0 || size < 0 || size > end - c || !alike(r->p, text + from, text + c, size)) return -1;
        c += size;
        break;
      }
      case OP_BYTE:
      case OP_ANY:
      case OP_SET:
        if (c >= end || !takes(r->p, i, text[c])) return -1;
        c++;
        break;
      default:
        if (!__regex_holds(r->p, i->op, byte_before(r->s, text + c), byte_at(r->s, text + c), r->s->flags)) return -1;
    }
    at++;
  }
}

/* The longest match that begins at `start`, as long as that is cheap: its end, -1, or -2. */
static long try_from(struct run *r, long start, int groups, regoff_t *places) {
  long longest = -1, limit = STEPS_MAX, end;
  int cells = (int)(r->p->groups + 1) * 2 + r->p->size;
  for (int i = 0; i < cells; i++) r->memory[i] = -1;
  r->depth = 0;
  if (!push(r, 0, start)) return -2;
  while (r->depth > 0) {
    struct choice way = r->stack[--r->depth];
    if (way.what < 0) {
      r->memory[-1 - way.what] = way.where;
      continue;
    }
    if (r->steps > limit) return longest >= 0 ? longest : -2;
    if ((end = follow(r, way.what, way.where)) == -2) return -2;
    if (end <= longest) continue;
    if (longest < 0) limit = r->steps + STEPS_FOR_LONGER;
    longest = end;
    for (int i = 0; i < groups * 2; i++) places[i] = (regoff_t)r->memory[i];
    if (r->s->text + end == r->s->end) break; /* there is none longer */
  }
  return longest;
}

int __regex_backtrack(const struct program *p, const struct subject *s, int groups, regoff_t *places) {
  struct run r = {.p = p, .s = s};
  long end = -1;
  r.memory = malloc(((p->groups + 1) * 2 + (size_t)p->size) * sizeof *r.memory);
  if (!r.memory) return REG_ESPACE;
  for (const unsigned char *c = s->start; c <= s->end && end == -1; c++) {
    if (p->skips && (c == s->end || !in_set(p->first, *c))) continue;
    end = try_from(&r, c - s->text, groups, places);
  }
  free(r.memory);
  free(r.stack);
  return end >= 0 ? 0 : end == -1 ? REG_NOMATCH : REG_ESPACE;
}
