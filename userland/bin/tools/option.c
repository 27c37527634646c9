/* tool_option of tool.h: one string says what a tool takes, because tables of struct option would be larger than some tools. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tool.h"

enum { HELP = 31, VERSION = 30 };

static struct option *longs;
static char *shorts;

static void add_long(int *count, const char *name, int has_argument, int value) {
  longs[(*count)++] = (struct option){name, has_argument, 0, value};
}

/* Takes the string apart: letters and colons for getopt, names for getopt_long. */
static void prepare(const char *options) {
  size_t size = strlen(options) + 1;
  char *names = malloc(size);
  int count = 0;
  shorts = malloc(size);
  longs = calloc(size / 3 + 3, sizeof *longs);
  if (!shorts || !names || !longs) exit(tool_failed("malloc"));
  char *to = shorts, *value = to;
  int colons = 0;
  for (const char *at = options; *at; at++) {
    if (*at == '(') {
      const char *end = strchr(at, ')');
      memcpy(names, at + 1, (size_t)(end - at - 1));
      names[end - at - 1] = 0;
      add_long(&count, names, colons, (unsigned char)*value);
      names += end - at;
      at = end;
    } else {
      colons = *at == ':' ? colons + 1 : 0;
      if (!colons) value = to;
      *to++ = *at;
    }
  }
  *to = 0;
  add_long(&count, "help", no_argument, HELP);
  add_long(&count, "version", no_argument, VERSION);
}

int tool_option(int argc, char **argv, const char *options) {
  if (!longs) prepare(options);
  int option = getopt_long(argc, argv, shorts, longs, 0);
  if (option == HELP) {
    tool_help();
  } else if (option == VERSION) {
    printf("%s (Vitrine)\n", program_invocation_short_name);
    exit(tool_finish(0));
  }
  if (option == '?') tool_bad_usage();
  return option;
}
