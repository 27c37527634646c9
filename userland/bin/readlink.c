/* readlink: where a symbolic link points; -f the path without any links. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  int follow = 0, status = 0;
  tool_start(argc, argv, "readlink [-f] FILE...\nPrints where a symbolic link points; -f the absolute path without any links.\n");
  for (int option; (option = tool_option(argc, argv, "f")) != -1;) {
    if (option == 'f') follow = 1;

  }
  if (optind == argc) {
    tool_complain("missing operand");
    tool_bad_usage();
  }
  for (; optind < argc; optind++) {
    char target[PATH_MAX];
    ssize_t size = follow ? 0 : readlink(argv[optind], target, sizeof target - 1);
    if (size < 0 || (follow && !realpath(argv[optind], target))) {
      status = 1;
      continue;
    }
    if (!follow) target[size] = 0;
    puts(target);
  }
  return tool_finish(status);
}
