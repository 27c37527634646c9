/* See grep-match.h. */
#include "grep-match.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "pattern.h"
#include "tool.h"

static char **sources; /* kept as text until all options are known */
static size_t count;
static regex_t *patterns;
static int wholes;

void grep_add(const char *text, size_t size) {
  for (;;) {
    const char *newline = memchr(text, '\n', size);
    size_t length = newline ? (size_t)(newline - text) : size;
    sources = realloc(sources, (count + 1) * sizeof *sources);
    if (!sources || !(sources[count++] = strndup(text, length))) exit(tool_failed("malloc"));
    if (!newline) return;
    text += length + 1;
    size -= length + 1;
  }
}

int grep_has_nothing_to_find(int *everything) {
  *everything = count == 1;
  return count == 0 || (count == 1 && !*sources[0]);
}

void grep_compile(int kind, int flags, int whole) {
  wholes = whole;
  if (!(patterns = calloc(count + 1, sizeof *patterns))) exit(tool_failed("malloc"));
  for (size_t i = 0; i < count; i++) {
    const char *text = sources[i];
    size_t size = strlen(text);
    if (kind == 'F') text = pattern_of_text(text, size);
    else if (size > 3 && strncmp(text, "[:", 2) == 0 && strcmp(text + size - 2, ":]") == 0 && !memchr(text + 1, '[', size - 1))
      exit(tool_complain("character class syntax is [[:space:]], not [:space:]") + 1);
    pattern_compile(&patterns[i], text, flags | (kind == 'E' ? REG_EXTENDED : 0), 2);
  }
}

static int is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

static int is_word_here(const char *line, size_t size, const regmatch_t *m) {
  return (m->rm_so == 0 || !is_word(line[m->rm_so - 1])) && ((size_t)m->rm_eo == size || !is_word(line[m->rm_eo]));
}

/* A match of one pattern that -w or -x accept. */
static int accepted(const regex_t *p, const char *line, size_t from, size_t size, regmatch_t *m) {
  for (; from <= size && pattern_find(p, line, from, size, m, 1, 0); from = (size_t)m->rm_so + 1) {
    if (wholes & WHOLE_LINES) return m->rm_so == 0 && (size_t)m->rm_eo == size;
    if (!wholes) return 1;
    regmatch_t first = *m;
    do
      if (is_word_here(line, size, m)) return 1;
    while (m->rm_eo > m->rm_so && pattern_find(p, line, (size_t)m->rm_so, (size_t)m->rm_eo - 1, m, 1, 0) &&
           m->rm_so == first.rm_so);
    *m = first;
  }
  return 0;
}

int grep_find(const char *line, size_t from, size_t size, regmatch_t *best) {
  int found = 0;
  for (size_t i = 0; i < count; i++) {
    regmatch_t m;
    if (!accepted(&patterns[i], line, from, size, &m)) continue;
    if (!found || m.rm_so < best->rm_so || (m.rm_so == best->rm_so && m.rm_eo > best->rm_eo)) *best = m;
    found = 1;
  }
  return found;
}

int grep_matches(const char *line, size_t size) {
  regmatch_t m;
  for (size_t i = 0; i < count; i++)
    if (wholes ? accepted(&patterns[i], line, 0, size, &m) : pattern_find(&patterns[i], line, 0, size, 0, 0, 0)) return 1;
  return 0;
}
