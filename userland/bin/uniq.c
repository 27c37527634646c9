/* uniq: repeated neighbouring lines once; -c with their number, -d only the repeated. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static int counts, repeated;

static void put(const char *line, unsigned long times) {
  if (!line || (repeated && times < 2)) return;
  if (counts) printf("%7lu ", times);
  puts(line);
}

int main(int argc, char **argv) {
  tool_start(argc, argv, "uniq [-cd] [FILE]\nPrints lines, repeated neighbours once; -c says how many, -d only repeated ones.\n");
  for (int option; (option = getopt(argc, argv, "cd")) != -1;) {
    if (option == 'c') counts = 1;
    else if (option == 'd') repeated = 1;
    else tool_bad_usage(1);
  }
  FILE *file = optind < argc ? fopen(argv[optind], "r") : stdin;
  if (!file) return tool_failed(argv[optind]);
  char *before = 0, *line = 0;
  size_t size = 0;
  unsigned long times = 0;
  for (ssize_t length; (length = getline(&line, &size, file)) > 0; times++) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (before && strcmp(before, line) == 0) continue;
    put(before, times);
    free(before);
    before = strdup(line);
    times = 0;
  }
  put(before, times);
  return tool_finish(0);
}
