/* dirname: a path without its last part. */
#include <libgen.h>
#include <stdio.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  char end = '\n';
  tool_start(argc, argv, "dirname [-z] PATH...\nPrints each PATH without its last part; -z ends each with NUL.\n");
  while (tool_option(argc, argv, "+z(zero)") != -1) end = 0;
  if (optind == argc) {
    tool_complain("missing operand");
    tool_bad_usage();
  }
  for (; optind < argc; optind++) printf("%s%c", dirname(argv[optind]), end);
  return tool_finish(0);
}
