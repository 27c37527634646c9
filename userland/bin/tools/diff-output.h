/* How diff shows changes. */
#ifndef DIFF_OUTPUT_H
#define DIFF_OUTPUT_H
#include "diff-text.h"

struct diff_style {
  char form;                       /* 0, 'u', 'c', 'e', 'y' or 'n' for RCS */
  long around;                     /* lines around changes, in the forms that show any */
  int colored, expand_tabs, initial_tab;
  int left_column, suppress_common; /* of 'y' */
  long width;
  const regex_t *heading; /* lines that head a hunk; null for none */
  const char *labels[2];
};
extern struct diff_style diff_style;

void diff_put(const struct text texts[2], const struct change *list, size_t count);

/* A text in a colour, if colours are wanted; what printf takes. */
void diff_put_colored(const char *color, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
