/* ln: another name for a file; -s a symbolic link, -f replaces what is there. */
#include <stdio.h>
#include <unistd.h>
#include "tools/copy.h"
#include "tools/tool.h"

int main(int argc, char **argv) {
  int symbolic = 0, force = 0;
  tool_start(argc, argv, "ln [-sf] FILE [NAME]\nMakes NAME (default: here, under the same name) a link to FILE; -s a symbolic one.\n");
  for (int option; (option = getopt(argc, argv, "sf")) != -1;) {
    if (option == 's') symbolic = 1;
    else if (option == 'f') force = 1;
    else tool_bad_usage(1);
  }
  if (argc - optind < 1 || argc - optind > 2) {
    tool_complain(argc == optind ? "missing file operand" : "too many operands");
    tool_bad_usage(1);
  }
  char room[4096], text[300];
  const char *from = argv[optind], *to = copy_target(from, argc - optind == 2 ? argv[optind + 1] : ".", room);
  if (force) unlink(to);
  if ((symbolic ? symlink(from, to) : link(from, to)) == 0) return 0;
  snprintf(text, sizeof text, "failed to create %s link '%.256s'", symbolic ? "symbolic" : "hard", to);
  return tool_failed(text);
}
