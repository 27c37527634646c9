/* Which parts of a line sort compares, and how: the keys of -k, and the options that hold without one. */
#ifndef SORT_KEYS_H
#define SORT_KEYS_H
#include "sort-rules.h"

struct line {
  char *text;
  size_t size;
};

/* What main finds in the options. */
extern struct sort_options {
  struct rules rules;     /* for keys without options of their own, and without keys */
  int separator;          /* -t, or -1 */
  int unique, stable;
} sort_options;

/* Adds what -k says, or complains and ends the program. */
void sort_add_key(const char *text);

/* To be called when all options are known. */
void sort_end_keys(void);

/* By keys and options only; lines that are equal so are one for -u. */
int sort_order(const struct line *left, const struct line *right);

/* For qsort: the same, and then by all bytes, unless -u or -s. */
int sort_compare(const void *left, const void *right);

#endif
