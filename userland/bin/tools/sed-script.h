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

/* A file that w or s///w writes to; of the same name there is one. */
struct output {
  char *path;
  FILE *file;
  struct output *next;
};

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
  char *text;             /* a i c r: text or path; : b t T: label */
  size_t size;
  long target;            /* { b t T: index of the } or the label; the end without one */
  int status;             /* q Q */
  regex_t *regex;         /* s; null for the last one used */
  struct piece *pieces;
  int piece_count, global, print;
  unsigned long which; /* s///N */
  struct output *output;
  unsigned char *map; /* y */
};

struct script {
  struct command *commands;
  long count;
  int no_print; /* the first line was #n */
};

/* Parses, or complains and ends the program. */
void sed_parse(struct script *to, const char *text, int extended);

#endif
