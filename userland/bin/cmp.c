/* cmp: where two files differ first; -s says nothing. */
#include <stdio.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  int silent = 0;
  tool_start(argc, argv, "cmp [-s] FILE FILE\nTells where two files differ first; status 0 if they are alike. -s says nothing.\n");
  for (int option; (option = getopt(argc, argv, "s")) != -1;) {
    if (option == 's') silent = 1;
    else tool_bad_usage(2);
  }
  if (argc - optind != 2) {
    tool_complain("expected two files");
    tool_bad_usage(2);
  }
  FILE *files[2];
  for (int i = 0; i < 2; i++) {
    const char *name = argv[optind + i];
    files[i] = name[0] == '-' && !name[1] ? stdin : fopen(name, "r");
    if (!files[i]) {
      tool_failed(name);
      return 2;
    }
  }
  for (unsigned long byte = 1, line = 1;; byte++) {
    int left = getc(files[0]), right = getc(files[1]);
    if (left == right && left == EOF) return 0;
    if (left == EOF || right == EOF) {
      const char *shorter = argv[optind + (right == EOF)];
      if (!silent && byte == 1) fprintf(stderr, "cmp: EOF on %s which is empty\n", shorter);
      else if (!silent) fprintf(stderr, "cmp: EOF on %s after byte %lu, line %lu\n", shorter, byte - 1, line - 1);
      return 1;
    }
    if (left != right) {
      if (!silent) printf("%s %s differ: char %lu, line %lu\n", argv[optind], argv[optind + 1], byte, line);
      return 1;
    }
    if (left == '\n') line++;
  }
}
