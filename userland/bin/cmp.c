/* cmp: where two files differ first, or everywhere (-l). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "tools/tool.h"

static const char usage[] =
    "cmp [-bls] [-i SKIP[:SKIP]] [-n BYTES] FILE [FILE [SKIP [SKIP]]]\n"
    "Tells where two files differ first; status 0 if they are alike, 1 if not, 2 for trouble. - is standard input.\n"
    "  -l  every byte that differs: its number, and both bytes in octal   -b  also as characters   -s  says nothing\n";


/* As cat -v. */
static const char *spelled(int c, char to[8]) {
  char *at = to;
  if (c >= 128) *at++ = 'M', *at++ = '-', c -= 128;
  if (c < 32) *at++ = '^', c += 64;
  else if (c == 127) *at++ = '^', c = '?';
  *at++ = (char)c;
  *at = 0;
  return to;
}

static void skip(FILE *file, unsigned long count) {
  if (count && fseek(file, (long)count, SEEK_SET) == 0) return;
  while (count-- > 0 && getc(file) != EOF) {
  }
}

int main(int argc, char **argv) {
  int silent = 0, every = 0, bytes = 0, status = 0;
  unsigned long skips[2] = {0, 0}, limit = ~0UL;
  tool_trouble = 2;
  tool_summary = "cmp: ";
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "l(verbose)b(print-bytes)s(quiet)(silent)i:(ignore-initial)n:(bytes)")) != -1;) {
    switch (option) {
      case 's': silent = 1; break;
      case 'l': every = 1; break;
      case 'b': bytes = 1; break;
      case 'n': limit = tool_number(optarg, 0, ~0UL >> 1, "--bytes value"); break;
      case 'i': {
        char *second = strchr(optarg, ':');
        if (second) *second++ = 0;
        skips[0] = tool_number(optarg, 0, ~0UL >> 1, "--ignore-initial value");
        skips[1] = second ? tool_number(second, 0, ~0UL >> 1, "--ignore-initial value") : skips[0];
        break;
      }
    }
  }
  if (every && silent) {
    tool_complain("options -l and -s are incompatible");
    tool_bad_usage();
  }
  int count = argc - optind;
  if (count < 1 || count > 4) {
    if (count < 1) tool_complain("missing operand after '%s'", argv[argc - 1]);
    else tool_complain("extra operand '%s'", argv[optind + 4]);
    tool_bad_usage();
  }
  const char *names[2] = {argv[optind], count > 1 ? argv[optind + 1] : "-"};
  for (int at = 2; at < count; at++) skips[at - 2] = tool_number(argv[optind + at], 0, ~0UL >> 1, "--ignore-initial value");
  FILE *files[2];
  for (int i = 0; i < 2; i++) {
    files[i] = strcmp(names[i], "-") == 0 ? stdin : fopen(names[i], "r");
    if (!files[i]) {
      if (!silent) tool_failed(names[i]);
      return 2;
    }
    skip(files[i], skips[i]);
  }
  struct stat sizes[2];
  int width = 1;
  unsigned long longest = 0;
  for (int i = 0; i < 2; i++)
    if (fstat(fileno(files[i]), &sizes[i]) == 0 && S_ISREG(sizes[i].st_mode) &&
        (longest == 0 || (unsigned long)sizes[i].st_size - skips[i] < longest))
      longest = (unsigned long)sizes[i].st_size - skips[i];
  for (unsigned long rest = longest < limit ? longest : limit; rest >= 10; rest /= 10) width++;
  unsigned long byte = 1, line = 1;
  for (int was_newline = 1; byte <= limit; byte++) {
    int left = getc(files[0]), right = getc(files[1]);
    if (ferror(files[0]) || ferror(files[1])) {
      if (!silent) tool_failed(names[ferror(files[1]) != 0]);
      return 2;
    }
    if (left == EOF && right == EOF) break;
    if (left == EOF || right == EOF) {
      const char *shorter = names[right == EOF];
      fflush(stdout);
      if (silent) return 1;
      if (byte == 1) fprintf(stderr, "cmp: EOF on %s which is empty\n", shorter);
      else if (every) fprintf(stderr, "cmp: EOF on %s after byte %lu\n", shorter, byte - 1);
      else fprintf(stderr, "cmp: EOF on %s after byte %lu, %sline %lu\n", shorter, byte - 1, was_newline ? "" : "in ", line - (was_newline != 0));
      return 1;
    }
    if (left != right) {
      char a[8], b[8];
      status = 1;
      if (silent) return 1;
      if (every && bytes) printf("%*lu %3o %-4s %3o %s\n", width, byte, left, spelled(left, a), right, spelled(right, b));
      else if (every) printf("%*lu %3o %3o\n", width, byte, left, right);
      else {
        printf("%s %s differ: %s %lu, line %lu", names[0], names[1], bytes ? "byte" : "char", byte, line);
        if (bytes) printf(" is %3o %s %3o %s", left, spelled(left, a), right, spelled(right, b));
        putchar('\n');
        return tool_finish(1);
      }
    }
    was_newline = left == '\n';
    if (was_newline) line++;
  }
  return tool_finish(status);
}
