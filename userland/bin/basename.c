/* basename: the last part of a path, without SUFFIX. */
#include <stdio.h>
#include <string.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  tool_start(argc, argv, "basename PATH [SUFFIX]\nPrints the last part of PATH, without SUFFIX if it ends so.\n");
  if (argc < 2 || argc > 3) {
    tool_complain(argc < 2 ? "missing operand" : "extra operand '%s'", argc > 3 ? argv[3] : "");
    tool_bad_usage();
  }
  char *path = argv[1];
  size_t size = strlen(path), suffix = argc > 2 ? strlen(argv[2]) : 0;
  while (size > 1 && path[size - 1] == '/') path[--size] = 0;
  char *name = size > 1 ? basename(path) : path;
  size = strlen(name);
  if (suffix > 0 && suffix < size && strcmp(name + size - suffix, argv[2]) == 0) name[size - suffix] = 0;
  puts(name);
  return tool_finish(0);
}
