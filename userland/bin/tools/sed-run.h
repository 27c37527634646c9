/* sed while it runs: the state that its commands share, and what they do to it. */
#ifndef SED_RUN_H
#define SED_RUN_H
#include <stdio.h>
#include "sed-script.h"
#include "space.h"

extern struct run {
  struct script script;
  int quiet, separate, in_place, unbuffered, width; /* -n -s -i -u -l */
  char end_of_line;                                 /* NUL with -z */
  const char *suffix;                               /* of -i, "" for none */
  struct space pattern, held, result;               /* result: where s and e make what the pattern space becomes */
  unsigned long line_number;
  int has_newline; /* of the line in the pattern space */
  int status;      /* to end with */
  char **files;    /* those that are still to be opened */
  FILE *in;        /* the open one; null between two */
  const char *in_name;
  struct output *out; /* sed_stdout, or with -i what will replace the file */
} sed_run;

/* ---- sed-input.c ---- */

/* Complains about a name, with the text of errno; nothing half-written stays. */
_Noreturn void sed_trouble(const char *format, const char *name);

/* Appends the next line to the pattern space; 0 at the end of all input. */
int sed_read_line(void);

/* Whether the line is the last: of all, or with -s and -i of its file. Opens the next file to find out. */
int sed_is_last(void);

/* Whether the stream of the current file is at its end. */
int sed_input_at_end(void);

/* Ends with the current file, which -i replaces now. */
void sed_close_input(void);

/* ---- sed-output.c ---- */

/* Ends a line that came without a newline, before something else is printed. */
void sed_finish_line(struct output *to);

void sed_put(struct output *to, const char *text, size_t size, int newline);
void sed_put_pattern(struct output *to);
void sed_put_text(const struct command *c);
void sed_put_visibly(int columns);

/* All of a file, which is closed; null is none. */
void sed_copy_file(FILE *file);

/* What a, r and R print waits for the end of the cycle. */
void sed_queue(const struct command *c);
void sed_flush_queue(void);

/* ---- sed-chosen.c ---- */

/* The expression to use: an empty one, null, is the one used last. */
const regex_t *sed_used(const regex_t *regex);

/* Whether the command's addresses choose the line; ranges begin and end by this. */
int sed_chosen(struct command *c);

/* ---- sed-replace.c ---- */

/* s: whether anything in the pattern space was replaced. */
int sed_replace(struct command *c);

#endif
