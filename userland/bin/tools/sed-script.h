/* sed's script, parsed. */
#ifndef SED_SCRIPT_H
#define SED_SCRIPT_H
#include <regex.h>
#include <stdio.h>

enum address_kind { NO_ADDRESS, AT_LINE, AT_LAST, AT_MATCH, AT_STEP, AFTER_LINES, TO_MULTIPLE, AT_ZERO };

struct address {
  enum address_kind kind;
  unsigned long line, step; /* AT_STEP: line ~ step; AFTER_LINES and TO_MULTIPLE: line */
  regex_t *regex;           /* AT_MATCH; null for the last one used */
};

/* A file that w or s///w writes to, or R reads; of the same name there is one. */
struct output {
  char *path;
  FILE *file;
  struct output *next;
  int unfinished; /* its last line has no newline yet */
};
extern struct output sed_stdout;

/* A piece of what s puts in: text, then a group (-1 for none); `change` is a letter of \U \L \u \l \E before it, or 0. */
struct piece {
  char *text;
  size_t size;
  int group;
  char change;
};

struct command {
  struct address from, to;
  char name;
  int inverted;
  int active;             /* inside the range from,to */
  unsigned long last;     /* where such a range ends, if that is known */
  char *text;             /* a i c e r: text, command or path; : b t T: label */
  size_t size;
  long target;            /* { b t T: index of the } or the label; the end without one */
  int number;             /* q Q: the status; l: the width, or -1 */
  regex_t *regex;         /* s; null for the last one used */
  struct piece *pieces;
  int piece_count, global, print, runs; /* runs: s///e */
  int groups;             /* the highest \N of the replacement */
  unsigned long which; /* s///N */
  struct output *output;
  unsigned char *map; /* y */
};

struct script {
  struct command *commands;
  long count;
  int no_print; /* the first line was #n */
};

/* Adds what -e says, or what was in the file of -f. */
void sed_add(const char *script, size_t size, const char *file);

/* Parses all that was added, or complains and ends the program. */
void sed_parse(struct script *to, int extended);

#endif
