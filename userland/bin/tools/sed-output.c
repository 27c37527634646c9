/* See sed-run.h: what is printed, at once or at a line's end. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sed-run.h"
#include "tool.h"

/* A line without a newline can only be the last of a file; whatever comes after it in the output begins a line. */
void sed_finish_line(struct output *to) {
  if (to->unfinished) putc(sed_run.end_of_line, to->file);
  to->unfinished = 0;
}

void sed_put(struct output *to, const char *text, size_t size, int newline) {
  sed_finish_line(to);
  if (size) fwrite(text, 1, size, to->file);
  if (newline) putc(sed_run.end_of_line, to->file);
  to->unfinished = !newline;
  if (to != sed_run.out || sed_run.unbuffered) fflush(to->file);
  if (ferror(to->file)) sed_trouble("couldn't write 1 item to %.256s", to->path);
}

void sed_put_pattern(struct output *to) { sed_put(to, sed_run.pattern.text, sed_run.pattern.size, sed_run.has_newline); }

/* The text of a, i or c as it is. */
void sed_put_text(const struct command *c) {
  sed_finish_line(sed_run.out);
  fwrite(c->text, 1, c->size, sed_run.out->file);
}

void sed_copy_file(FILE *file) {
  if (!file) return;
  sed_finish_line(sed_run.out);
  for (int b; (b = getc(file)) != EOF;) putc(b, sed_run.out->file);
  fclose(file);
}

/* What a, r and R have queued until the line's end. */
static struct queued {
  const struct command *command;
  char *line; /* of R */
  size_t size;
} *queued;
static size_t queue_size;

void sed_queue(const struct command *c) {
  struct queued q = {c, 0, 0};
  if (c->name == 'R') {
    size_t room = 0;
    ssize_t size = c->output->file ? getdelim(&q.line, &room, sed_run.end_of_line, c->output->file) : -1;
    if (size <= 0) return;
    q.size = (size_t)size;
  }
  if (queue_size % 16 == 0 && !(queued = realloc(queued, (queue_size + 16) * sizeof *queued))) exit(tool_failed("malloc"));
  queued[queue_size++] = q;
}

void sed_flush_queue(void) {
  for (size_t i = 0; i < queue_size; i++) {
    const struct command *c = queued[i].command;
    if (c->name == 'a') sed_put_text(c);
    else if (c->name == 'r') sed_copy_file(fopen(c->text, "r"));
    else sed_finish_line(sed_run.out), fwrite(queued[i].line, 1, queued[i].size, sed_run.out->file);
    free(queued[i].line);
  }
  queue_size = 0;
}

/* l: what is not printable as escapes, and a $ at the end; wrapped unless `columns` is 0. */
void sed_put_visibly(int columns) {
  static const char from[] = "\\\a\b\f\n\r\t\v", to[] = "\\abfnrtv";
  char piece[8];
  int column = 0;
  sed_finish_line(sed_run.out);
  for (size_t i = 0; i < sed_run.pattern.size; i++) {
    unsigned char c = (unsigned char)sed_run.pattern.text[i];
    const char *known = c ? strchr(from, c) : 0;
    if (known) snprintf(piece, sizeof piece, "\\%c", to[known - from]);
    else snprintf(piece, sizeof piece, isprint(c) ? "%c" : "\\%03o", c);
    if (columns > 0 && column + (int)strlen(piece) > columns - 1) {
      fputs("\\\n", sed_run.out->file);
      column = 0;
    }
    fputs(piece, sed_run.out->file);
    column += (int)strlen(piece);
  }
  fputs("$\n", sed_run.out->file);
}
