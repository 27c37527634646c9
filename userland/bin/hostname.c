/* hostname: the machine's name. */
#include <stdio.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  char name[65];
  tool_start(argc, argv, "hostname\nPrints the machine's name.\n");
  if (gethostname(name, sizeof name) < 0) return tool_failed("gethostname");
  puts(name);
  return tool_finish(0);
}
