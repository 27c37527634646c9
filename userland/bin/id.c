/* id: who we are. */
#include <stdio.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  tool_start(argc, argv, "id [-u]\nPrints the user and group; -u only the user's number.\n");
  if (getopt(argc, argv, "u") == 'u') {
    printf("%u\n", geteuid());
    return tool_finish(0);
  }
  const char *user = getuid() == 0 ? "(root)" : "", *group = getgid() == 0 ? "(root)" : "";
  printf("uid=%u%s gid=%u%s\n", getuid(), user, getgid(), group);
  return tool_finish(0);
}
