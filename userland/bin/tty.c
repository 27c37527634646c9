/* tty: the terminal on standard input. */
#include <stdio.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  int silent = 0;
  tool_trouble = 2;
  tool_start(argc, argv, "tty [-s]\nPrints the name of the terminal on standard input; status 1 if it is none. -s only the status.\n");
  while (tool_option(argc, argv, "s(silent)(quiet)") != -1) silent = 1;
  if (optind < argc) {
    tool_complain("extra operand '%s'", argv[optind]);
    tool_bad_usage();
  }
  const char *name = ttyname(0);
  if (!silent) puts(name ? name : "not a tty");
  tool_trouble = 3;
  return tool_finish(name ? 0 : 1);
}
