/* uniq: repeated neighbouring lines once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "uniq [-cdui] [-f FIELDS] [-s CHARACTERS] [INPUT [OUTPUT]]\n"
    "Prints lines, repeated neighbours once; -c says how many, -d only repeated ones, -u only the others, -i letters alike,\n"
    "-f and -s without regard to the first fields and characters.\n";

static int counts, repeated, alone, ignore_case;
static unsigned long fields, characters;

static void put(const char *line, unsigned long times) {
  if (!line || (repeated && times < 2) || (alone && times > 1)) return;
  if (counts) printf("%7lu ", times);
  puts(line);
}

static const char *compared(const char *line) {
  for (unsigned long i = 0; i < fields; i++) {
    line += strspn(line, " \t");
    line += strcspn(line, " \t");
  }
  return line + strnlen(line, characters);
}

static int alike(const char *left, const char *right) {
  left = compared(left);
  right = compared(right);
  return (ignore_case ? strcasecmp(left, right) : strcmp(left, right)) == 0;
}

int main(int argc, char **argv) {
  tool_start(argc, argv, usage);
  for (int option; (option = getopt(argc, argv, "cduif:s:")) != -1;) {
    switch (option) {
      case 'c': counts = 1; break;
      case 'd': repeated = 1; break;
      case 'u': alone = 1; break;
      case 'i': ignore_case = 1; break;
      case 'f': fields = tool_number(optarg, 10, ~0UL, "number of fields to skip"); break;
      case 's': characters = tool_number(optarg, 10, ~0UL, "number of bytes to skip"); break;
      default: tool_bad_usage();
    }
  }
  if (argc - optind > 2) {
    tool_complain("extra operand '%s'", argv[optind + 2]);
    tool_bad_usage();
  }
  if (optind < argc && strcmp(argv[optind], "-") && !freopen(argv[optind], "r", stdin)) return tool_failed(argv[optind]);
  if (optind + 1 < argc && !freopen(argv[optind + 1], "w", stdout)) return tool_failed(argv[optind + 1]);
  char *before = 0, *line = 0;
  size_t size = 0;
  unsigned long times = 0;
  for (ssize_t length; (length = getline(&line, &size, stdin)) > 0; times++) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (before && alike(before, line)) continue;
    put(before, times);
    free(before);
    before = strdup(line);
    times = 0;
  }
  put(before, times);
  return tool_finish(0);
}
