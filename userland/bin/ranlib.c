/* ranlib: gives an archive its index of symbols. */
#include <errno.h>
#include <stdio.h>
#include "tools/archive-write.h"
#include "tools/tool.h"

static const char usage[] =
    "ranlib ARCHIVE...\n"
    "Makes the archives' indexes of symbols anew, as ar s does.\n";

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, usage);
  if (argc < 2) {
    fputs(usage, stderr);
    return 1;
  }
  for (int at = 1; at < argc; at++) {
    struct archive archive;
    if (archive_load(argv[at], &archive) < 0) tool_complain("'%s': No such file", argv[at]), status = 1;
    else status |= archive_write(argv[at], &archive, 1);
  }
  return status;
}
