/* cp: copies files; -r directories with what is in them, -p keeps modes and times, -a both. */
#include <unistd.h>
#include "tools/copy.h"
#include "tools/tool.h"

int main(int argc, char **argv) {
  int recursive = 0, keep = 0, status = 0;
  tool_start(argc, argv, "cp [-rpa] FILE... TARGET\nCopies files; -r directories too, -p keeps mode and times, -a both.\n");
  for (int option; (option = getopt(argc, argv, "rRpaf")) != -1;) {
    if (option == '?') tool_bad_usage(1);
    if (option == 'a' || option == 'r' || option == 'R') recursive = 1;
    if (option == 'a' || option == 'p') keep = 1;
  }
  if (argc - optind < 2) {
    tool_complain(argc == optind ? "missing file operand" : "missing destination");
    tool_bad_usage(1);
  }
  const char *to = argv[argc - 1];
  if (argc - optind > 2 && !copy_into(to)) return 1;
  for (; optind < argc - 1; optind++) {
    char room[4096];
    status |= copy_path(argv[optind], copy_target(argv[optind], to, room), recursive, keep);
  }
  return status;
}
