/* Where the leftmost longest match is, and its groups. All ways to match advance together, a byte at a time; of two
   that have come to the same instruction only the better goes on, so that a text costs at most its length times the
   program's. Better is what begins earlier, then what is longer, then the same for each group in turn, as POSIX
   wants of groups (without its rules about how repetitions share a text, which nobody implements alike). */
#include <stdlib.h>
#include <string.h>
#include "program.h"

struct list {
  int count;
  int *at;          /* instructions, in the order they were reached */
  int *where;       /* where in `at` an instruction is, if it is */
  regoff_t *places; /* of each */
};

struct run {
  const struct program *p;
  const struct subject *s;
  int width;             /* offsets kept for each thread */
  regoff_t *now, *best;  /* places of the thread being added, of the best match */
  int matched;
};

static int is_better(const regoff_t *a, const regoff_t *b, int width) {
  for (int i = 0; i < width; i += 2) {
    if (a[i] != b[i]) return (unsigned)a[i] < (unsigned)b[i]; /* unset, -1, is the worst */
    if (a[i + 1] != b[i + 1]) return a[i + 1] > b[i + 1];
  }
  return 0;
}

/* Adds instruction `at`, and what is reached from it without taking a byte, for a thread that is at `c`. */
static void add(struct run *r, struct list *list, int at, const unsigned char *c) {
  size_t bytes = (size_t)r->width * sizeof(regoff_t);
  for (;;) {
    int known = list->where[at];
    if (known < list->count && list->at[known] == at) {
      if (!is_better(r->now, list->places + known * r->width, r->width)) return;
    } else {
      known = list->where[at] = list->count;
      list->at[list->count++] = at;
    }
    memcpy(list->places + known * r->width, r->now, bytes);
    const struct instruction *i = &r->p->code[at];
    switch (i->op) {
      case OP_JUMP: at += i->x; break;
      case OP_SPLIT:
        add(r, list, at + i->x, c);
        at += i->y;
        break;
      case OP_SAVE: {
        at++;
        if (i->x >= r->width) break;
        regoff_t *place = r->now + i->x, before = place[0], end = place[i->x % 2 == 0];
        if (i->x % 2 == 0) place[1] = -1;
        place[0] = (regoff_t)(c - r->s->text);
        add(r, list, at, c);
        if (i->x % 2 == 0) place[1] = end;
        place[0] = before;
        return;
      }
      case OP_MATCH:
        if (!r->matched || is_better(r->now, r->best, r->width)) memcpy(r->best, r->now, bytes);
        r->matched = 1;
        return;
      case OP_BYTE:
      case OP_ANY:
      case OP_SET: return;
      default:
        if (!__regex_holds(r->p, i->op, byte_before(r->s, c), byte_at(r->s, c), r->s->flags)) return;
        at++;
    }
  }
}

int __regex_threads(const struct program *p, const struct subject *s, int groups, regoff_t *places) {
  int width = groups * 2, size = p->size;
  int *room = malloc((size_t)size * 4 * sizeof *room + (size_t)(2 * size + 1) * (size_t)width * sizeof(regoff_t));
  if (!room) return REG_ESPACE;
  memset(room, 0, (size_t)size * 4 * sizeof *room);
  regoff_t *offsets = (regoff_t *)(room + size * 4);
  struct list lists[2] = {{0, room, room + size, offsets}, {0, room + size * 2, room + size * 3, offsets + size * width}};
  struct list *here = &lists[0], *next = &lists[1];
  struct run r = {p, s, width, offsets + 2 * size * width, places, 0};
  for (const unsigned char *c = s->start;; c++) {
    if (here->count == 0) {
      if (r.matched) break;
      if (p->skips)
        while (c < s->end && !in_set(p->first, *c)) c++;
    }
    if (!r.matched) {
      memset(r.now, -1, (size_t)width * sizeof *r.now);
      add(&r, here, 0, c);
    }
    if (c == s->end) break;
    next->count = 0;
    for (int i = 0; i < here->count; i++) {
      const regoff_t *its = here->places + i * width;
      if (!takes(p, &p->code[here->at[i]], *c)) continue;
      if (r.matched && its[0] > r.best[0]) continue; /* it began after a match */
      memcpy(r.now, its, (size_t)width * sizeof *its);
      add(&r, next, here->at[i] + 1, c + 1);
    }
    struct list *swap = here;
    here = next;
    next = swap;
  }
  free(room);
  return r.matched ? 0 : REG_NOMATCH;
}
