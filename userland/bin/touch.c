/* touch: sets a file's times to now, and creates it if it is missing (unless -c). */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  int create = 1, status = 0;
  tool_start(argc, argv, "touch [-c] FILE...\nSets the times of files to now; creates missing ones, but not with -c.\n");
  for (int option; (option = getopt(argc, argv, "c")) != -1;) {
    if (option == 'c') create = 0;
    else tool_bad_usage(1);
  }
  if (optind == argc) {
    tool_complain("missing file operand");
    tool_bad_usage(1);
  }
  for (; optind < argc; optind++) {
    if (utimensat(AT_FDCWD, argv[optind], 0, 0) == 0) continue;
    int fd = -1;
    if (errno == ENOENT && !create) continue;
    if (errno == ENOENT) fd = open(argv[optind], O_WRONLY | O_CREAT, 0666);
    char text[300];
    snprintf(text, sizeof text, "cannot touch '%.256s'", argv[optind]);
    if (fd < 0) status = tool_failed(text);
    else close(fd);
  }
  return status;
}
