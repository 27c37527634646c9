/* tail: the last lines (-n, -N) of files, or from line N on (-n +N). */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static unsigned long lines = 10;
static int from_start;

/* Keeps the last `lines` lines in a ring. */
static int show(FILE *file, const char *name) {
  char *line = 0;
  size_t size = 0;
  unsigned long number = 0;
  char **ring = from_start || lines == 0 ? 0 : calloc(lines, sizeof *ring);
  for (ssize_t length; (length = getline(&line, &size, file)) > 0; number++) {
    if (from_start) {
      if (number + 1 >= lines) fwrite(line, 1, (size_t)length, stdout);
    } else if (ring) {
      free(ring[number % lines]);
      ring[number % lines] = strdup(line);
    }
  }
  if (ring)
    for (unsigned long i = number > lines ? number - lines : 0; i < number; i++) fputs(ring[i % lines], stdout);
  for (unsigned long i = 0; ring && i < lines; i++) free(ring[i]);
  free(ring);
  free(line);
  return ferror(file) ? tool_failed(name) : 0;
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, "tail [-n LINES | -n +LINE] [FILE]...\nPrints the last 10 lines, or so many, or from a line on.\n");
  if (argc > 1 && argv[1][0] == '-' && isdigit((unsigned char)argv[1][1])) {
    lines = tool_number(argv[1] + 1, 10, 1 << 20, "number of lines");
    argv++, argc--;
  }
  for (int option; (option = getopt(argc, argv, "n:")) != -1;) {
    if (option != 'n') tool_bad_usage(1);
    from_start = *optarg == '+';
    lines = tool_number(optarg + from_start, 10, 1 << 20, "number of lines");
  }
  if (optind == argc) return tool_finish(show(stdin, "standard input"));
  int several = argc - optind > 1;
  for (int first = optind; optind < argc; optind++) {
    FILE *file = fopen(argv[optind], "r");
    if (!file) {
      status = tool_failed(argv[optind]);
      continue;
    }
    if (several) printf("%s==> %s <==\n", optind > first ? "\n" : "", argv[optind]);
    status |= show(file, argv[optind]);
    fclose(file);
  }
  return tool_finish(status);
}
