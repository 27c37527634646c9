/* basename: the last part of a path, without SUFFIX. */
#include <stdio.h>
#include <string.h>
#include "tools/tool.h"

static void put(char *path, const char *suffix, char end) {
  size_t size = strlen(path), cut = suffix ? strlen(suffix) : 0;
  while (size > 1 && path[size - 1] == '/') path[--size] = 0;
  char *name = size > 1 ? basename(path) : path;
  size = strlen(name);
  if (cut > 0 && cut < size && strcmp(name + size - cut, suffix) == 0) name[size - cut] = 0;
  printf("%s%c", name, end);
}

int main(int argc, char **argv) {
  const char *suffix = 0;
  char end = '\n';
  int several = 0;
  tool_start(argc, argv, "basename PATH [SUFFIX]\n       basename -a [-z] [-s SUFFIX] PATH...\nPrints the last part of PATH, without SUFFIX if it ends so; -z ends it with NUL.\n");
  for (int option; (option = tool_option(argc, argv, "+a(multiple)s:(suffix)z(zero)")) != -1;) {
    if (option == 'z') end = 0;
    else several = 1;
    if (option == 's') suffix = optarg;
  }
  int count = argc - optind;
  if (count < 1 || (!several && count > 2)) {
    tool_complain(count < 1 ? "missing operand" : "extra operand '%s'", count < 1 ? "" : argv[optind + 2]);
    tool_bad_usage();
  }
  if (!several) put(argv[optind], argv[optind + 1], end);
  else while (optind < argc) put(argv[optind++], suffix, end);
  return tool_finish(0);
}
