/* rmdir: removes empty directories. */
#include <getopt.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "tools/tool.h"

static const struct option longs[] = {{"parents", 0, 0, 'p'}, {"verbose", 0, 0, 'v'}, {"ignore-fail-on-non-empty", 0, 0, 'e'}, {0, 0, 0, 0}};
static int says, quiet;

static int remove_one(const char *path, int is_parent) {
  char text[300];
  if (says) printf("rmdir: removing directory, '%s'\n", path);
  if (rmdir(path) == 0 || (quiet && (errno == ENOTEMPTY || errno == EEXIST))) return 0;
  snprintf(text, sizeof text, "failed to remove %s'%.256s'", is_parent ? "directory " : "", path);
  return tool_failed(text);
}

int main(int argc, char **argv) {
  int parents = 0, status = 0;
  tool_start(argc, argv, "rmdir [-pv] DIRECTORY...\nRemoves empty directories; -p also those above that are then empty; -v says which.\n");
  for (int option; (option = getopt_long(argc, argv, "pv", longs, 0)) != -1;) {
    if (option == 'p') parents = 1;
    else if (option == 'v') says = 1;
    else if (option == 'e') quiet = 1;
    else tool_bad_usage();
  }
  if (optind == argc) {
    tool_complain("missing operand");
    tool_bad_usage();
  }
  for (; optind < argc; optind++) {
    char *path = argv[optind], *slash;
    int failed = remove_one(path, 0);
    while (parents && !failed && (slash = strrchr(path, '/')) && slash > path) {
      while (slash > path && slash[-1] == '/') slash--;
      *slash = 0;
      failed = remove_one(path, 1);
    }
    status |= failed;
  }
  return tool_finish(status);
}
