/* find's expression: how it is written, and what it says of a file. */
#ifndef FIND_EXPRESSION_H
#define FIND_EXPRESSION_H
#include <sys/stat.h>

/* A file that was met. */
struct found {
  const char *path, *start; /* start: the path of the command line below which it is */
  unsigned long depth;
  const struct stat *stat;
  int prunes; /* set by -prune */
};

struct find_options {
  unsigned long least_depth, most_depth;
  int contents_first, one_device;
  char follow; /* 'P' no links, 'H' those of the command line, 'L' all */
  int status;
};
extern struct find_options find_options;

/* Parses all of `words`, or complains and ends the program. */
struct node *find_parse(char **words);

/* Whether it holds; actions are done on the way. */
int find_holds(struct node *n, struct found *f);

/* stat(2), or lstat(2) where links are not followed or lead nowhere. */
int find_stat(const char *path, int follow, struct stat *to);

/* Runs what -exec + has collected, flushes, and ends the program. */
_Noreturn void find_end(void);

#endif
