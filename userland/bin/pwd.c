/* pwd: where we are; -L as the shell came here, if PWD says so truly. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

/* Whether it is an absolute path of the working directory without . and .. in it (XCU pwd). */
static int is_here(const char *path) {
  struct stat there, here;
  if (!path || *path != '/' || stat(path, &there) < 0 || stat(".", &here) < 0) return 0;
  for (const char *at = path; (at = strstr(at, "/.")); at += 2)
    if (strchr("/", at[2]) || (at[2] == '.' && strchr("/", at[3]))) return 0;
  return there.st_dev == here.st_dev && there.st_ino == here.st_ino;
}

int main(int argc, char **argv) {
  char path[PATH_MAX];
  int logical = getenv("POSIXLY_CORRECT") != 0;
  tool_start(argc, argv, "pwd [-LP]\nPrints the working directory; -L with the links that led here, -P (the default) without any.\n");
  for (int option; (option = tool_option(argc, argv, "L(logical)P(physical)")) != -1;) logical = option == 'L';
  if (optind < argc) tool_complain("ignoring non-option arguments");
  const char *shown = logical ? getenv("PWD") : 0;
  if (!is_here(shown)) shown = getcwd(path, sizeof path);
  if (!shown) return tool_failed("getcwd");
  puts(shown);
  return tool_finish(0);
}
