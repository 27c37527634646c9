/* See diff-text.h. */
#include "diff-text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "line-changes.h"
#include "pattern.h"
#include "tool.h"

struct diff_rules diff_rules;

void *diff_need(void *block) {
  if (!block) {
    tool_failed("memory exhausted");
    exit(2);
  }
  return block;
}

static size_t without_end(const char *line, size_t size) {
  const struct diff_rules *r = &diff_rules;
  while (size > 0 && (r->ignore_trailing || r->ignore_amount || r->ignore_space) && isspace((unsigned char)line[size - 1])) size--;
  if (size > 0 && r->strip_cr && line[size - 1] == '\r') size--;
  return size;
}

/* A line as it counts: its length in `to`, which has room for it with all tabs as spaces. */
static size_t essence(const char *line, size_t size, char *to) {
  const struct diff_rules *r = &diff_rules;
  size_t used = 0, column = 0;
  if (size > 0 && line[size - 1] == '\n') size--;
  else if (!r->ignore_space && !r->ignore_amount) to[used++] = 1; /* without a newline it is another line */
  size = without_end(line, size);
  for (size_t i = 0; i < size; i++) {
    unsigned char c = (unsigned char)line[i];
    if (isspace(c) && (r->ignore_space || r->ignore_amount)) {
      while (i + 1 < size && isspace((unsigned char)line[i + 1])) i++;
      if (!r->ignore_space) to[used++] = ' ';
      continue;
    }
    if (c == '\t' && r->ignore_tabs) {
      do to[used++] = ' ';
      while (++column % 8);
      continue;
    }
    column++;
    to[used++] = (char)(r->ignore_case ? tolower(c) : c);
  }
  return used;
}

struct known {
  unsigned hash;
  size_t size;
  char *essence;
};

/* Numbers the lines of both texts, equal ones equally. */
static void number_lines(struct text texts[2]) {
  size_t slots = 16, total = (size_t)(texts[0].count + texts[1].count), longest = 1;
  while (slots < total * 2) slots *= 2;
  int *table = diff_need(calloc(slots, sizeof *table)), next = 1; /* 0: none */
  struct known *known = diff_need(malloc((total + 1) * sizeof *known));
  for (int side = 0; side < 2; side++)
    for (long i = 0; i < texts[side].count; i++) {
      size_t size = (size_t)(texts[side].lines[i + 1] - texts[side].lines[i]);
      if (size > longest) longest = size;
    }
  char *room = diff_need(malloc(longest * (diff_rules.ignore_tabs ? 8 : 1) + 1));
  for (int side = 0; side < 2; side++)
    for (long i = 0; i < texts[side].count; i++) {
      char *line = texts[side].lines[i];
      size_t size = essence(line, (size_t)(texts[side].lines[i + 1] - line), room);
      unsigned hash = 2166136261U;
      for (size_t b = 0; b < size; b++) hash = (hash ^ (unsigned char)room[b]) * 16777619U;
      size_t slot = hash & (slots - 1);
      for (; table[slot]; slot = (slot + 1) & (slots - 1)) {
        struct known *k = &known[table[slot]];
        if (k->hash == hash && k->size == size && memcmp(k->essence, room, size) == 0) break;
      }
      if (!table[slot]) {
        known[next] = (struct known){hash, size, memcpy(diff_need(malloc(size + 1)), room, size)};
        table[slot] = next++;
      }
      texts[side].numbers[i] = table[slot];
    }
  while (next > 1) free(known[--next].essence);
  free(room);
  free(known);
  free(table);
}

static void split(struct text *t) {
  t->count = 0;
  for (size_t at = 0; at < t->size; t->count++) {
    char *newline = memchr(t->bytes + at, '\n', t->size - at);
    at = newline ? (size_t)(newline - t->bytes) + 1 : t->size;
  }
  t->lines = diff_need(malloc((size_t)(t->count + 1) * sizeof *t->lines));
  t->numbers = diff_need(malloc((size_t)(t->count + 1) * sizeof *t->numbers));
  t->changed = (unsigned char *)diff_need(calloc((size_t)t->count + 3, 1)) + 1;
  size_t at = 0;
  for (long i = 0; i <= t->count; i++) {
    t->lines[i] = t->bytes + at;
    char *newline = at < t->size ? memchr(t->bytes + at, '\n', t->size - at) : 0;
    at = newline ? (size_t)(newline - t->bytes) + 1 : t->size;
  }
}

void diff_release(struct text *t) {
  free(t->bytes);
  free(t->lines);
  free(t->numbers);
  if (t->changed) free(t->changed - 1);
}

static int counts(const struct text *t, long i) {
  size_t size = (size_t)(t->lines[i + 1] - t->lines[i]);
  if (size > 0 && t->lines[i][size - 1] == '\n') size--;
  if (diff_rules.ignore_blank && without_end(t->lines[i], size) == 0) return 0;
  return !diff_rules.ignored || !pattern_find(diff_rules.ignored, t->lines[i], 0, size, 0, 0, 0);
}

static int is_ignored(const struct text texts[2], const struct change *c) {
  if (!diff_rules.ignore_blank && !diff_rules.ignored) return 0;
  for (int side = 0; side < 2; side++)
    for (long i = c->from[side]; i < c->to[side]; i++)
      if (counts(&texts[side], i)) return 0;
  return 1;
}

/* All changes in order, in a block of its own. */
static struct change *find_changes(const struct text texts[2], size_t *count) {
  struct change *list = 0;
  int any = 0;
  *count = 0;
  for (long i = 0, j = 0; i < texts[0].count || j < texts[1].count;) {
    if (!texts[0].changed[i] && !texts[1].changed[j]) {
      i++, j++;
      continue;
    }
    struct change c = {{i, j}, {0, 0}, 0};
    while (texts[0].changed[i]) i++;
    while (texts[1].changed[j]) j++;
    c.to[0] = i;
    c.to[1] = j;
    c.ignored = is_ignored(texts, &c);
    any |= !c.ignored;
    if (*count % 64 == 0) list = diff_need(realloc(list, (*count + 64) * sizeof *list));
    list[(*count)++] = c;
  }
  if (any) return list;
  free(list);
  return 0;
}

struct change *diff_compare(struct text texts[2], long shown, size_t *count) {
  split(&texts[0]);
  split(&texts[1]);
  number_lines(texts);
  /* What both begin and end with is left out, but for as many lines as will be shown of it. */
  const int *a = texts[0].numbers, *b = texts[1].numbers;
  long n = texts[0].count, m = texts[1].count, same = 0, same_end = 0;
  while (same < n && same < m && a[same] == b[same]) same++;
  while (same_end < n - same && same_end < m - same && a[n - 1 - same_end] == b[m - 1 - same_end]) same_end++;
  same -= same < shown ? same : shown;
  same_end -= same_end < shown ? same_end : shown;
  const int *numbers[2] = {a + same, b + same};
  const long counts[2] = {n - same - same_end, m - same - same_end};
  unsigned char *changed[2] = {texts[0].changed + same, texts[1].changed + same};
  if (!line_changes(numbers, counts, changed)) diff_need(0);
  return find_changes(texts, count);
}
