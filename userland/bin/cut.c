/* cut: parts of each line, by fields (-f, between -d characters) or by bytes (-c, -b). */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "cut -c LIST | -f LIST [-d CHARACTER] [-s] [FILE]...\n"
    "Prints bytes (-c) or fields (-f) of each line. LIST is like 1,3-5,7-. Fields are separated by tabs, or\n"
    "CHARACTER; -s leaves out lines without one.\n";

static struct range {
  unsigned long first, last;
} ranges[32];
static int range_count, separated_only;
static char separator = '\t';
static const char *fields, *bytes;

static void read_list(const char *list) {
  for (char *at = (char *)list; range_count < 32; at++) {
    struct range range = {1, ~0UL};
    char *start = at;
    if (isdigit((unsigned char)*at)) range.first = range.last = strtoul(at, &at, 10);
    if (*at == '-') {
      at++;
      range.last = isdigit((unsigned char)*at) ? strtoul(at, &at, 10) : ~0UL;
    }
    if (at == start || range.first == 0 || range.last < range.first || (*at && *at != ',')) {
      tool_complain("invalid list: '%s'", list);
      tool_bad_usage(1);
    }
    ranges[range_count++] = range;
    if (!*at) return;
  }
}

static int wanted(unsigned long place) {
  for (int i = 0; i < range_count; i++)
    if (place >= ranges[i].first && place <= ranges[i].last) return 1;
  return 0;
}

static void cut_bytes(const char *line) {
  for (unsigned long place = 1; *line; line++, place++)
    if (wanted(place)) putchar(*line);
  putchar('\n');
}

static void cut_fields(const char *line) {
  if (!strchr(line, separator)) {
    if (!separated_only) puts(line);
    return;
  }
  int any = 0;
  for (unsigned long place = 1;; place++) {
    const char *end = strchrnul(line, separator);
    if (wanted(place)) {
      if (any) putchar(separator);
      fwrite(line, 1, (size_t)(end - line), stdout);
      any = 1;
    }
    if (!*end) break;
    line = end + 1;
  }
  putchar('\n');
}

static int cut(FILE *file, const char *name) {
  static char *line;
  static size_t size;
  for (ssize_t length; (length = getline(&line, &size, file)) > 0;) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (fields) cut_fields(line);
    else cut_bytes(line);
  }
  return ferror(file) ? tool_failed(name) : 0;
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = getopt(argc, argv, "b:c:d:f:s")) != -1;) {
    switch (option) {
      case 'b':
      case 'c': bytes = optarg; break;
      case 'd': separator = optarg[0]; break;
      case 'f': fields = optarg; break;
      case 's': separated_only = 1; break;
      default: tool_bad_usage(1);
    }
  }
  if (!fields == !bytes) {
    tool_complain(fields ? "only one list may be specified" : "you must specify a list of bytes, characters, or fields");
    tool_bad_usage(1);
  }
  read_list(fields ? fields : bytes);
  if (optind == argc) return tool_finish(cut(stdin, "-"));
  for (; optind < argc; optind++) {
    FILE *file = fopen(argv[optind], "r");
    if (!file) {
      status = tool_failed(argv[optind]);
      continue;
    }
    status |= cut(file, argv[optind]);
    fclose(file);
  }
  return tool_finish(status);
}
