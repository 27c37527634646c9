/*
 * Memory that dies together: a syntax tree, or the expansions of one command.
 *
 * An arena is a list of chunks, newest first. The scratch arena is used like a stack (mark, allocate,
 * release), so a command's fields vanish when it ends and a loop does not grow the shell.
 */
#include "sh.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct chunk {
  struct chunk *below;
  size_t used, size;
  /* the bytes follow, aligned to 8 */
};

static char *chunk_bytes(struct chunk *c) { return (char *)(c + 1); }

static void out_of_memory(void) {
  static const char message[] = "sh: out of memory\n";
  write_all(2, message, sizeof message - 1);
  _exit(2);
}

void *xrealloc(void *old, size_t size) {
  void *p = realloc(old, size ? size : 1);
  if (!p) out_of_memory();
  return p;
}

void *xmalloc(size_t size) { return xrealloc(NULL, size); }

char *xstrdup(const char *s) {
  size_t n = strlen(s) + 1;
  return memcpy(xmalloc(n), s, n);
}

void *arena_alloc(struct arena *a, size_t size) {
  size = (size + 7) & ~(size_t)7;
  struct chunk *c = a->top;
  if (!c || c->size - c->used < size) {
    size_t room = size > 2000 ? size : 2000;
    c = xmalloc(sizeof *c + room);
    c->below = a->top;
    c->used = 0;
    c->size = room;
    a->top = c;
  }
  void *p = chunk_bytes(c) + c->used;
  c->used += size;
  return memset(p, 0, size);
}

char *arena_strndup(struct arena *a, const char *s, size_t n) {
  char *copy = arena_alloc(a, n + 1);
  memcpy(copy, s, n);
  return copy;
}

char *arena_strdup(struct arena *a, const char *s) { return arena_strndup(a, s, strlen(s)); }

struct mark arena_mark(struct arena *a) {
  struct mark m = {a->top, a->top ? a->top->used : 0};
  return m;
}

void arena_release(struct arena *a, struct mark m) {
  while (a->top != m.top) {
    struct chunk *c = a->top;
    a->top = c->below;
    free(c);
  }
  if (a->top) a->top->used = m.used;
}

struct arena *arena_new(void) {
  struct arena *a = xmalloc(sizeof *a);
  a->top = NULL;
  a->users = 1;
  return a;
}

void arena_drop(struct arena *a) {
  struct mark nothing = {NULL, 0};
  if (!a || --a->users > 0) return;
  arena_release(a, nothing);
  free(a);
}
