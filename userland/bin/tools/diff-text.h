/* Texts that diff compares: their lines, which of them count as equal, and where they differ. */
#ifndef DIFF_TEXT_H
#define DIFF_TEXT_H
#include <regex.h>
#include <stddef.h>
#include <time.h>

struct diff_rules {
  int ignore_case, ignore_space, ignore_amount, ignore_trailing, ignore_tabs, ignore_blank, strip_cr;
  const regex_t *ignored; /* changes of such lines only do not count; null for none */
};
extern struct diff_rules diff_rules;

struct text {
  const char *name;
  char *bytes;
  size_t size;
  struct timespec time;
  long count;
  char **lines; /* count + 1: the last points past the end */
  int *numbers;
  unsigned char *changed;
};

/* A change: lines [from[0], to[0]) of one became [from[1], to[1]) of the other. */
struct change {
  long from[2], to[2];
  int ignored;
};

/* Finds lines and changes, in order; null when there are none that count. As many lines as `shown` around them are equal. */
struct change *diff_compare(struct text texts[2], long shown, size_t *count);

void diff_release(struct text *t);

/* Ends the program when there is no memory. */
void *diff_need(void *block);

#endif
