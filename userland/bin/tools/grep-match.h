/* What grep looks for: patterns, and the places in a line where one of them matches. */
#ifndef GREP_MATCH_H
#define GREP_MATCH_H
#include <regex.h>
#include <stddef.h>

enum { WHOLE_LINES = 1, WHOLE_WORDS = 2 };

/* Every line of `text` is a pattern. */
void grep_add(const char *text, size_t size);

/* Whether there is no pattern, or a single empty one: nothing or everything matches. */
int grep_has_nothing_to_find(int *everything);

/* Compiles what was added; a bad pattern ends the program. `kind` is 'G', 'E' or 'F', `whole` of the above, `flags` regcomp's. */
void grep_compile(int kind, int flags, int whole);

/* The first and longest match in line[from, size). */
int grep_find(const char *line, size_t from, size_t size, regmatch_t *best);

/* Whether there is any. */
int grep_matches(const char *line, size_t size);

#endif
