/* See sed-run.h: the files that are read, one after the other, and with -i replaced. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sed-run.h"
#include "tool.h"

/* What will take the place of the file that is read. */
static struct output edited;

_Noreturn void sed_trouble(const char *format, const char *name) {
  char text[300];
  snprintf(text, sizeof text, format, name);
  tool_complain("%s: %s", text, strerror(errno));
  if (sed_run.out == &edited) unlink(edited.path);
  exit(4);
}

/* In the suffix a * is the name, and a slash makes it the name of a file elsewhere. */
static void keep_old(void) {
  struct space old = {0, 0, 0};
  const char *slash = strrchr(sed_run.in_name, '/'), *base = slash ? slash + 1 : sed_run.in_name;
  if (!strchr(sed_run.suffix, '/')) space_append(&old, sed_run.in_name, (size_t)(base - sed_run.in_name));
  if (!strchr(sed_run.suffix, '*')) space_append(&old, base, strlen(base));
  for (const char *c = sed_run.suffix; *c; c++) space_append(&old, *c == '*' ? base : c, *c == '*' ? strlen(base) : 1);
  space_append(&old, "", 1);
  if (rename(sed_run.in_name, old.text) < 0) sed_trouble("cannot rename %.256s", sed_run.in_name);
  free(old.text);
}

static void finish_in_place(void) {
  if (sed_run.out == &sed_stdout) return;
  if (fclose(sed_run.out->file)) sed_trouble("couldn't close %.256s", sed_run.out->path);
  if (*sed_run.suffix) keep_old();
  if (rename(sed_run.out->path, sed_run.in_name) < 0) sed_trouble("cannot rename %.256s", sed_run.out->path);
  free(sed_run.out->path);
  sed_run.out = &sed_stdout;
}

void sed_close_input(void) {
  if (sed_run.in && sed_run.in != stdin) fclose(sed_run.in);
  if (sed_run.in) finish_in_place();
  sed_run.in = 0;
}

static void start_in_place(const struct stat *s) {
  int fd;
  edited = (struct output){0, 0, 0, 0};
  if (asprintf(&edited.path, "%s.XXXXXX", sed_run.in_name) < 0 || (fd = mkstemp(edited.path)) < 0 || !(edited.file = fdopen(fd, "w")))
    sed_trouble("couldn't open temporary file %.256s", edited.path);
  fchmod(fd, s->st_mode & 07777);
  sed_run.out = &edited;
}

/* With -s and -i every file begins anew, and so do ranges. */
static void begin_file(void) {
  sed_run.line_number = 0;
  for (long i = 0; i < sed_run.script.count; i++) sed_run.script.commands[i].active = 0, sed_run.script.commands[i].last = 0;
}

/* Opens the next file that can be read; 0 when there is none. */
static int open_next(void) {
  while (*sed_run.files) {
    struct stat s = {0};
    sed_run.in_name = *sed_run.files++;
    sed_run.in = strcmp(sed_run.in_name, "-") == 0 && !sed_run.in_place ? stdin : fopen(sed_run.in_name, "r");
    if (!sed_run.in) {
      tool_complain("can't read %s: %s", sed_run.in_name, strerror(errno));
      sed_run.status = 2;
      continue;
    }
    fstat(fileno(sed_run.in), &s);
    if (sed_run.in_place && !S_ISREG(s.st_mode)) {
      tool_complain("couldn't edit %s: not a regular file", sed_run.in_name);
      sed_run.status = 4;
      fclose(sed_run.in);
      sed_run.in = 0;
      continue;
    }
    if (sed_run.unbuffered) setvbuf(sed_run.in, 0, _IONBF, 0);
    if (sed_run.in_place) start_in_place(&s);
    if (sed_run.separate) begin_file();
    return 1;
  }
  return 0;
}

/* Whether the stream of the current file is at its end. */
int sed_input_at_end(void) {
  int c = getc(sed_run.in);
  if (c == EOF && ferror(sed_run.in)) sed_trouble("read error on %.256s", sed_run.in == stdin ? "stdin" : sed_run.in_name);
  if (c == EOF) return 1;
  ungetc(c, sed_run.in);
  return 0;
}

int sed_is_last(void) {
  while (sed_run.in && sed_input_at_end()) {
    if (sed_run.separate) return 1;
    sed_close_input();
    if (!open_next()) return 1;
  }
  return !sed_run.in;
}

/* Appends the next line to the pattern space; 0 at the end of all input. */
int sed_read_line(void) {
  static char *line;
  static size_t room;
  for (;;) {
    if (!sed_run.in && !open_next()) return 0;
    ssize_t length = getdelim(&line, &room, sed_run.end_of_line, sed_run.in);
    if (length > 0) {
      sed_run.has_newline = line[length - 1] == sed_run.end_of_line;
      space_append(&sed_run.pattern, line, (size_t)(length - sed_run.has_newline));
      sed_run.line_number++;
      return 1;
    }
    if (ferror(sed_run.in)) sed_trouble("read error on %.256s", sed_run.in == stdin ? "stdin" : sed_run.in_name);
    sed_close_input();
  }
}
