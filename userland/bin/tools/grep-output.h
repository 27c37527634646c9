/* How grep shows a line: names, numbers, offsets and matches, with colours where they are wanted. */
#ifndef GREP_OUTPUT_H
#define GREP_OUTPUT_H
#include <stddef.h>

struct grep_style {
  int invert, only_matching, colored;
  int with_name;                           /* not when negative: until a directory is met */
  int with_number, with_offset;            /* what else stands before a line */
  int aligned;                             /* -T: a tab after that; numbers this wide */
  int width;
  char after_name, end_of_line;            /* after_name: 0 with -Z */
  const char *between;                     /* groups of lines; null for nothing */
};
extern struct grep_style grep_style;

/* Takes colours from GREP_COLORS. */
void grep_read_colors(void);

/* A file's name and what ends it: `end`, or NUL with -Z. */
void grep_put_name(const char *name, char end);

/* A line at `offset` of the file. `mark` is ':' for those that were selected, '-' for those around them. */
void grep_put_line(const char *name, unsigned long number, unsigned long offset, const char *line, size_t size, char mark);

/* What stands between groups of lines. */
void grep_put_between(void);

#endif
