/* How sort compares two texts: by one of its orders, with what does not count left out. */
#ifndef SORT_RULES_H
#define SORT_RULES_H
#include <stddef.h>

struct rules {
  char kind, other; /* n g h M V R or 0; a second one, which is a mistake */
  int fold, dictionary, printable, reverse, blanks;
};

/* Takes an option's letter; 0 if it is not one of how to compare. */
int sort_set_rule(struct rules *r, int letter);

/* Two ways of comparing at once make no sense: complains and ends the program. */
void sort_check_rules(const struct rules *r);

/* Below, above or 0, for texts of n and m bytes. */
int sort_by_rules(const struct rules *r, const char *a, size_t n, const char *b, size_t m);

/* Where what is no blank begins, from `at` on. */
size_t sort_skip_blanks(const char *s, size_t at, size_t size);

#endif
