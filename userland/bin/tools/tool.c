/* See tool.h. */
#include "tool.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "quote.h"

static const char *name(void) { return program_invocation_short_name; }

int tool_trouble = 1;
const char *tool_summary = "";
static const char *help;

void tool_help(void) {
  printf("usage: %s", help);
  exit(tool_finish(0));
}

void tool_start(int argc, char **argv, const char *usage) {
  help = usage;
  if (argc > 1 && strcmp(argv[1], "--help") == 0) tool_help();
}

int tool_failed(const char *thing) {
  int error = errno;
  fflush(stdout);
  fprintf(stderr, "%s: %s: %s\n", name(), thing, strerror(error));
  return 1;
}

int tool_failed_on(const char *path) {
  int error = errno;
  char *shown = quote(path, QUOTE_SHELL_ESCAPE);
  errno = error;
  int status = tool_failed(shown);
  free(shown);
  return status;
}

int tool_complain(const char *format, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  fflush(stdout);
  fprintf(stderr, "%s: %s\n", name(), text);
  return 1;
}

void tool_bad_usage(void) {
  fprintf(stderr, "%sTry '%s --help' for more information.\n", tool_summary, name());
  exit(tool_trouble);
}

int tool_finish(int status) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return status;
  fprintf(stderr, "%s: write error: %s\n", name(), strerror(errno));
  return tool_trouble;
}

void tool_check_output(void) {
  if (ferror(stdout)) exit(tool_finish(0));
}

char *tool_read_file(const char *path, size_t *size) {
  int fd = open(path, O_RDONLY);
  if (fd < 0) return 0;
  size_t room = 4096, used = 0; /* read in multiples of 8 bytes: /proc/kpagecount insists */
  char *text = malloc(room);
  while (text) {
    ssize_t got = read(fd, text + used, room - used - 8);
    if (got < 0) {
      free(text);
      text = 0;
    }
    if (got <= 0) break;
    used += (size_t)got;
    if (room - used < 1024) text = realloc(text, room *= 2);
  }
  int error = errno;
  close(fd);
  errno = error;
  if (text) text[used] = 0;
  if (size) *size = used;
  return text;
}

unsigned long tool_value(const char *text, const char *name) {
  size_t size = strlen(name);
  for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n')
    if (strncmp(line, name, size) == 0 && (line[size] == ' ' || line[size] == ':'))
      return strtoul(line + size + 1, 0, 10);
  return 0;
}

unsigned long tool_number(const char *text, int base, unsigned long most, const char *what) {
  char *end;
  errno = 0;
  unsigned long value = strtoul(text, &end, base);
  if (errno == 0 && end != text && *end == 0 && *text != '-' && value <= most) return value;
  tool_complain("invalid %s: '%s'", what, text);
  exit(1);
}

int tool_size(const char *text, unsigned long *to) {
  static const char units[] = "KMGTPE";
  char *end;
  errno = 0;
  *to = strtoul(text, &end, 10);
  if (*text < '0' || *text > '9') return -1;
  int large = errno != 0;
  unsigned long unit = 1;
  const char *known = *end == 'k' ? units : *end == 'm' ? units + 1 : *end && *end != 'b' ? strchr(units, *end) : 0;
  if (*end == 'b' || known) {
    unsigned long base = known && end[1] == 'B' ? 1000 : 1024;
    for (const char *u = units; known && u <= known; u++) unit *= base;
    if (!known) unit = 512;
    end += known && end[1] == 'B' ? 2 : known && end[1] == 'i' && end[2] == 'B' ? 3 : 1;
  }
  if (*end) return -1;
  large |= *to > ~0UL / unit;
  *to = large ? ~0UL : *to * unit;
  return large;
}

char *tool_human_by(unsigned long bytes, unsigned long base, char to[8]) {
  const char *unit = base == 1000 ? " kMGTPE" : " KMGTPE";
  unsigned long scaled = bytes, lost = 0; /* lost: whether rounding down dropped something */
  if (bytes < base) {
    snprintf(to, 8, "%lu", bytes);
    return to;
  }
  unit++;
  for (; scaled >= base * base; scaled /= base, unit++) lost |= scaled % base;
  unsigned long tenths = (scaled * 10 + base - 1) / base + (lost && scaled * 10 % base == 0);
  if (tenths < 100)
    snprintf(to, 8, "%lu.%lu%c", tenths / 10, tenths % 10, *unit);
  else
    snprintf(to, 8, "%lu%c", (tenths + 9) / 10, *unit);
  return to;
}

char *tool_human(unsigned long bytes, char to[8]) { return tool_human_by(bytes, 1024, to); }

void tool_become(char **arguments) {
  execvp(arguments[0], arguments);
  int code = errno == ENOENT ? 127 : 126;
  tool_failed(arguments[0]);
  _exit(code);
}

char **tool_names_in(const char *path, int *count) {
  size_t size;
  char *text = tool_read_file(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &size);
  char **names = text ? malloc((size + 2) * sizeof *names) : 0;
  *count = 0;
  for (char *at = text; names && at < text + size; at += strlen(at) + 1) names[(*count)++] = at;
  if (names) names[*count] = 0;
  return names;
}
