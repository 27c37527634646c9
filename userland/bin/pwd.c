/* pwd: where we are. */
#include <limits.h>
#include <stdio.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  char path[PATH_MAX];
  tool_start(argc, argv, "pwd\nPrints the working directory.\n");
  if (!getcwd(path, sizeof path)) return tool_failed("getcwd");
  puts(path);
  return tool_finish(0);
}
