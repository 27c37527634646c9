/* which: where in $PATH a command is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

static int all;

static int is_program(const char *path) {
  struct stat s;
  return stat(path, &s) == 0 && S_ISREG(s.st_mode) && access(path, X_OK) == 0;
}

/* Whether it was found. */
static int find(const char *name) {
  const char *path = getenv("PATH");
  int found = 0;
  if (strchr(name, '/')) {
    if (!is_program(name)) return 0;
    puts(name);
    return 1;
  }
  for (size_t size; path && (all || !found); path += size, path = *path ? path + 1 : 0) {
    char candidate[4096];
    size = strcspn(path, ":");
    snprintf(candidate, sizeof candidate, "%.*s%s%s", (int)size, path, size ? "/" : "./", name);
    if (!is_program(candidate)) continue;
    puts(candidate);
    found = 1;
  }
  return found;
}

int main(int argc, char **argv) {
  int status = 0;
  tool_trouble = 2;
  tool_start(argc, argv, "which [-a] COMMAND...\nPrints the file that COMMAND would run; -a all of that name.\n");
  for (int option; (option = tool_option(argc, argv, "+a")) != -1;) {
    if (option == 'a') all = 1;
  }
  if (optind == argc) return 1;
  for (; optind < argc; optind++) status |= !find(argv[optind]);
  return tool_finish(status);
}
