/* sort: lines in order; -n by number, -r backwards, -u each once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static int numeric, reverse, unique;
static char **lines;
static size_t count, room;

static int order(const char *left, const char *right) {
  if (!numeric) return strcmp(left, right);
  long l = strtol(left, 0, 10), r = strtol(right, 0, 10);
  return (l > r) - (l < r);
}

static int compare(const void *left, const void *right) {
  const char *l = *(char *const *)left, *r = *(char *const *)right;
  int result = order(l, r);
  if (result == 0 && !unique) result = strcmp(l, r); /* the last resort, as POSIX asks */
  return reverse ? -result : result;
}

static int take(FILE *file, const char *name) {
  char *line = 0;
  size_t size = 0;
  for (ssize_t length; (length = getline(&line, &size, file)) > 0; line = 0, size = 0) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (count == room) {
      room = room ? room * 2 : 64;
      lines = realloc(lines, room * sizeof *lines);
      if (!lines) exit(tool_failed("realloc"));
    }
    lines[count++] = line;
  }
  return ferror(file) ? tool_failed(name) : 0;
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, "sort [-nru] [FILE]...\nPrints the lines of the files in order; -n by number, -r backwards, -u equal ones once.\n");
  for (int option; (option = getopt(argc, argv, "nru")) != -1;) {
    if (option == 'n') numeric = 1;
    else if (option == 'r') reverse = 1;
    else if (option == 'u') unique = 1;
    else tool_bad_usage(2);
  }
  if (optind == argc) status = take(stdin, "standard input");
  for (; optind < argc; optind++) {
    FILE *file = fopen(argv[optind], "r");
    if (!file) {
      char text[300];
      snprintf(text, sizeof text, "cannot read: %.256s", argv[optind]);
      tool_failed(text);
      return 2;
    }
    status |= take(file, argv[optind]);
    fclose(file);
  }
  qsort(lines, count, sizeof *lines, compare);
  for (size_t i = 0; i < count; i++)
    if (!unique || i == 0 || order(lines[i - 1], lines[i]) != 0) puts(lines[i]);
  return tool_finish(status);
}
