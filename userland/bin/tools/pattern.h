/* Regular expressions for grep, sed, less and find: one error message, and lines that may hold NULs. */
#ifndef PATTERN_H
#define PATTERN_H
#include <regex.h>
#include <stddef.h>

/* What is wrong with a pattern, in words, by the number that regcomp gave. */
void pattern_error(int error, const char *pattern, char to[80]);

/* Compiles; what is wrong with the pattern is complained about, and ends the program with `status`. */
void pattern_compile(regex_t *to, const char *pattern, int flags, int status);

/* The first match in text[from, size), its places in `matches` (count may be 0). A matcher that gives up ends the program. */
int pattern_find(const regex_t *regex, const char *text, size_t from, size_t size, regmatch_t *matches, size_t count,
                 int flags);

/* The pattern (basic) that matches exactly `text`, in a block of its own. */
char *pattern_of_text(const char *text, size_t size);

#endif
