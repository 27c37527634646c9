/* What ls has been asked for, and what its parts show of a file. */
#ifndef LS_H
#define LS_H
#include <sys/stat.h>
#include "quote.h"

extern struct ls_options {
  int one_column, commas, rows_first, long_format;                 /* -1 -m -x -l; columns without them */
  int all, almost_all, directories, recursive;                     /* -a -A -d -R */
  int dereference, named_links;                                    /* -L -H */
  int classify, slashes, questions;                                /* -F (or 't': --file-type), -p, -q */
  int human, by_thousands, inodes, blocks_shown;                   /* -h --si -i -s */
  int numeric, no_owner, no_group, author;                         /* -n -g -G */
  int reverse, by_size, by_time, by_extension, by_version, by_width, unsorted, folders_first;
  int colours, width, tab;                                         /* width 0: no end, tab 0: no tabs */
  char which_time;                                                 /* a, c or m */
  char end_of_name;                                                /* a newline, or NUL */
  enum quote_style style;
  int aligned;                                                     /* the style moves names where others have quotes */
  const char *time_style;                                          /* null without one */
} ls;

/* ---- ls-options.c ---- */

/* Sets the above. */
void ls_take_options(int argc, char **argv);

/* Whether -I, -B or --hide leave a name out. */
int ls_is_hidden(const char *name);

struct entry {
  char *name, *shown; /* shown: quoted as the style wants it */
  struct stat stat;
  int is_unknown; /* all but the kind in stat */
};

/* ---- ls.c ---- */

/* The time that is shown and sorted by. */
const struct timespec *ls_time(const struct stat *s);

/* ---- ls-name.c ---- */

/* Quotes the names of what is listed together. */
void ls_quote_names(struct entry *entries, int count);

/* Prints a name in its colour, with the suffix for its kind; returns the columns it took. */
int ls_put_name(const struct entry *entry);

/* " -> " and what a symbolic link points at. */
void ls_put_target(const char *directory, const struct entry *entry);

int ls_name_width(const struct entry *entry);

/* ---- ls-columns.c: many names in a line ---- */

void ls_put_columns(const struct entry *entries, int count);
void ls_put_rows(const struct entry *entries, int count);
void ls_put_with_commas(const struct entry *entries, int count);

/* ---- ls-long.c: a name in a line ---- */

void ls_put_lines(const char *directory, const struct entry *entries, int count);

/* Room on the disk, in blocks of 512, as -s shows it. */
char *ls_blocks_text(unsigned long blocks, char to[24]);

#endif
