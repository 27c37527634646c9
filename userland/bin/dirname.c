/* dirname: a path without its last part. */
#include <libgen.h>
#include <stdio.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  tool_start(argc, argv, "dirname PATH...\nPrints each PATH without its last part.\n");
  if (argc < 2) {
    tool_complain("missing operand");
    tool_bad_usage();
  }
  for (int i = 1; i < argc; i++) puts(dirname(argv[i]));
  return tool_finish(0);
}
