/* The words of xargs's input (XCU xargs, with GNU's -0, -d and -I). */
#ifndef XARGS_INPUT_H
#define XARGS_INPUT_H
#include <stdio.h>

extern struct xargs_input {
  FILE *file;
  int separator;        /* -0, -d: a byte; -1: blanks and newlines, with quotes */
  int by_lines;         /* -I: blanks do not separate */
  const char *end_word; /* -E, or null */
} xargs_input;

/* The next word in a block of its own, null at the end; whether its line ended with it: one that ends with a blank goes on. */
char *xargs_next(int *line_ended);

/* The byte that -d means; complains and ends the program if it is none. */
int xargs_separator(const char *text);

#endif
