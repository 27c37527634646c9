/* tail: the end of files, by lines or bytes, and what is appended to them. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "tail [-n [+]LINES | -c [+]BYTES] [-fqv] [FILE]...\n"
    "Prints the last 10 lines, or so many, or from a line (byte) on; -f goes on with what is appended; -q -v without, with names.\n";

static unsigned long wanted = 10;
static int from_start, by_bytes;

/* The last lines, in a ring. */
static void show_lines(FILE *file) {
  struct {
    char *text;
    size_t length;
  } *ring = from_start || wanted == 0 ? 0 : calloc(wanted, sizeof *ring);
  char *line = 0;
  size_t size = 0;
  unsigned long number = 0;
  for (ssize_t length; (length = getline(&line, &size, file)) > 0; number++) {
    if (from_start) {
      if (number + 1 >= wanted) fwrite(line, 1, (size_t)length, stdout);
    } else if (ring) {
      char *text = realloc(ring[number % wanted].text, (size_t)length);
      if (!text) exit(tool_failed("realloc"));
      ring[number % wanted].text = memcpy(text, line, (size_t)length);
      ring[number % wanted].length = (size_t)length;
    }
  }
  if (ring)
    for (unsigned long i = number > wanted ? number - wanted : 0; i < number; i++)
      fwrite(ring[i % wanted].text, 1, ring[i % wanted].length, stdout);
  for (unsigned long i = 0; ring && i < wanted; i++) free(ring[i].text);
  free(ring);
  free(line);
}

static void show_bytes(FILE *file) {
  unsigned long number = 0;
  char *ring = from_start || wanted == 0 ? 0 : malloc(wanted);
  for (int c; (c = getc(file)) != EOF; number++) {
    if (ring) ring[number % wanted] = (char)c;
    else if (from_start && number + 1 >= wanted) putchar(c);
  }
  for (unsigned long i = number > wanted ? number - wanted : 0; ring && i < number; i++) putchar(ring[i % wanted]);
  free(ring);
}

static int show(FILE *file, const char *name) {
  if (by_bytes) show_bytes(file);
  else show_lines(file);
  if (!ferror(file)) return 0;
  char text[300];
  snprintf(text, sizeof text, "error reading '%.256s'", name);
  return tool_failed(text);
}

/* For ever: looks again each half second. */
static void follow(FILE **files, char **names, int count, int with_names, int last) {
  for (;; usleep(500000)) {
    for (int i = 0; i < count; i++) {
      if (!files[i]) continue;
      clearerr(files[i]);
      for (int c; (c = getc(files[i])) != EOF; putchar(c)) {
        if (with_names && last != i) printf("\n==> %s <==\n", names[i]);
        last = i;
      }
    }
    fflush(stdout);
  }
}

int main(int argc, char **argv) {
  int status = 0, follows = 0, with_names = -1;
  tool_start(argc, argv, usage);
  if (argc > 1 && argv[1][0] == '-' && isdigit((unsigned char)argv[1][1])) {
    wanted = tool_number(argv[1] + 1, 10, 1 << 20, "number of lines");
    argv++, argc--;
  }
  for (int option; (option = getopt(argc, argv, "n:c:fFqv")) != -1;) {
    if (option == 'n' || option == 'c') {
      by_bytes = option == 'c';
      from_start = *optarg == '+';
      wanted = tool_number(optarg + (*optarg == '+' || *optarg == '-'), 10, 1 << 24, by_bytes ? "number of bytes" : "number of lines");
    } else if (option == 'f' || option == 'F') follows = 1;
    else if (option == 'q' || option == 'v') with_names = option == 'v';
    else tool_bad_usage();
  }
  static char *standard_input[] = {"-", 0};
  char **names = optind < argc ? argv + optind : standard_input;
  int count = optind < argc ? argc - optind : 1, last = -1;
  if (with_names < 0) with_names = count > 1;
  FILE **files = calloc((size_t)count, sizeof *files);
  if (!files) return tool_failed("calloc");
  for (int i = 0; i < count; i++) {
    int standard = strcmp(names[i], "-") == 0;
    files[i] = standard ? stdin : fopen(names[i], "r");
    if (!files[i]) {
      char text[300];
      snprintf(text, sizeof text, "cannot open '%.256s' for reading", names[i]);
      status = tool_failed(text);
      continue;
    }
    if (with_names) printf("%s==> %s <==\n", last >= 0 ? "\n" : "", standard ? "standard input" : names[i]);
    last = i;
    status |= show(files[i], names[i]);
    if (follows) continue;
    if (!standard) fclose(files[i]);
  }
  if (follows) follow(files, names, count, with_names, last);
  return tool_finish(status);
}
