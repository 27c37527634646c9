/* strings: the texts in a file that is none. */
#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "strings [-af] [-n LEAST] [-t d|o|x] [FILE]...\n"
    "Prints each run of at least LEAST (4) printable characters in the files. -f: the file's name before it; -t: where it\n"
    "begins, in decimal, octal or hexadecimal; -o is -t o.\n";

static unsigned long least = 4;
static int has_names;
static char radix;

static void begin(const char *name, unsigned long place) {
  if (has_names) printf("%s: ", name);
  if (radix == 'd') printf("%7lu ", place);
  else if (radix == 'o') printf("%7lo ", place);
  else if (radix == 'x') printf("%7lx ", place);
}

static int search(const char *name, FILE *file) {
  char *run = malloc(least + 1);
  unsigned long length = 0, place = 0;
  if (!run) return tool_failed(name);
  for (int c;; place++) {
    c = getc(file);
    if (c == '\t' || (c != EOF && isprint(c))) {
      if (length < least) {
        run[length] = (char)c;
        run[length + 1] = 0;
        if (length + 1 == least) begin(name, place - length), fputs(run, stdout);
      } else putchar(c);
      length++;
      continue;
    }
    if (length >= least) putchar('\n');
    length = 0;
    if (c == EOF) break;
  }
  free(run);
  return ferror(file) ? tool_failed(name) : 0;
}

int main(int argc, char **argv) {
  static const struct option longs[] = {{"all", 0, 0, 'a'},   {"bytes", 1, 0, 'n'}, {"radix", 1, 0, 't'}, {"print-file-name", 0, 0, 'f'}, {0}};
  int status = 0;
  tool_start(argc, argv, usage);
  for (int c; (c = getopt_long(argc, argv, "0123456789adfn:ot:", longs, 0)) != -1;) switch (c) {
      case 'a':
      case 'd': break;
      case 'f': has_names = 1; break;
      case 'n': least = tool_number(optarg, 10, 1 << 20, "minimum string length"); break;
      case 'o': radix = 'o'; break;
      case 't':
        radix = *optarg;
        if (!strchr("dox", radix) || optarg[1]) tool_bad_usage();
        break;
      case '?': tool_bad_usage(); break;
      default: {
        static int has_digits;
        least = (has_digits ? least * 10 : 0) + (unsigned long)(c - '0');
        has_digits = 1;
        if (least > 1 << 20) least = 1 << 20;
      }
    }
  if (least == 0) {
    tool_complain("minimum string length is too small: 0");
    return 1;
  }
  if (optind == argc) status = search("{standard input}", stdin);
  for (; optind < argc; optind++) {
    FILE *file = fopen(argv[optind], "re");
    if (!file) {
      fflush(stdout);
      tool_complain("'%s': No such file", argv[optind]);
      status = 1;
      continue;
    }
    status |= search(argv[optind], file);
    fclose(file);
  }
  return tool_finish(status);
}
