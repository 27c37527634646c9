/* tty: the terminal on standard input. */
#include <stdio.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  tool_start(argc, argv, "tty\nPrints the name of the terminal on standard input; status 1 if it is none.\n");
  const char *name = ttyname(0);
  puts(name ? name : "not a tty");
  return tool_finish(name ? 0 : 1);
}
