/* A growing string. It holds any bytes, and a NUL follows the last one. */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void grow(struct text *t, size_t more) {
  size_t need = t->len + more + 1;
  if (need <= t->cap) return;
  size_t cap = t->cap ? t->cap : 64;
  while (cap < need) cap *= 2;
  t->s = xrealloc(t->s, cap);
  t->cap = cap;
}

void text_bytes(struct text *t, const char *s, size_t n) {
  grow(t, n);
  memcpy(t->s + t->len, s, n);
  t->len += n;
  t->s[t->len] = 0;
}

void text_byte(struct text *t, int c) {
  char byte = (char)c;
  text_bytes(t, &byte, 1);
}

void text_str(struct text *t, const char *s) { text_bytes(t, s, strlen(s)); }

void text_fmt(struct text *t, const char *fmt, ...) {
  char line[512];
  va_list ap;
  va_start(ap, fmt);
  int n = vsnprintf(line, sizeof line, fmt, ap);
  va_end(ap);
  if (n > 0) text_bytes(t, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

void text_splice(struct text *t, size_t at, size_t drop, const char *s, size_t n) {
  grow(t, n);
  memmove(t->s + at + n, t->s + at + drop, t->len - at - drop);
  memcpy(t->s + at, s, n);
  t->len = t->len - drop + n;
  t->s[t->len] = 0;
}

void text_clear(struct text *t) {
  grow(t, 0);
  t->len = 0;
  t->s[0] = 0;
}

void text_free(struct text *t) {
  free(t->s);
  t->s = NULL;
  t->len = t->cap = 0;
}
