/* head: the first lines (-n, -N) or bytes (-c) of files. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static unsigned long lines = 10, bytes;
static int by_bytes;

static int show(int fd, const char *name) {
  static char buffer[4096];
  unsigned long left = by_bytes ? bytes : lines;
  while (left > 0) {
    ssize_t got = read(fd, buffer, sizeof buffer);
    if (got < 0) return tool_failed(name);
    if (got == 0) break;
    size_t size = (size_t)got;
    if (by_bytes) {
      if (size > left) size = left;
      left -= size;
    } else {
      for (char *at = buffer; left > 0 && (at = memchr(at, '\n', size - (size_t)(at - buffer))); at++)
        if (--left == 0) {
          lseek(fd, at + 1 - buffer - got, SEEK_CUR); /* what follows is for the next reader */
          size = (size_t)(at + 1 - buffer);
        }
    }
    if (fwrite(buffer, 1, size, stdout) < size) break;
  }
  return 0;
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, "head [-n LINES | -c BYTES] [FILE]...\nPrints the first 10 lines, or so many lines or bytes.\n");
  if (argc > 1 && argv[1][0] == '-' && isdigit((unsigned char)argv[1][1])) {
    lines = tool_number(argv[1] + 1, 10, ~0UL, "number of lines");
    argv++, argc--;
  }
  for (int option; (option = getopt(argc, argv, "n:c:")) != -1;) {
    if (option == 'n') lines = tool_number(optarg, 10, ~0UL, "number of lines");
    else if (option == 'c') by_bytes = 1, bytes = tool_number(optarg, 10, ~0UL, "number of bytes");
    else tool_bad_usage(1);
  }
  if (optind == argc) return tool_finish(show(0, "-"));
  int several = argc - optind > 1;
  for (int first = optind; optind < argc; optind++) {
    int fd = open(argv[optind], O_RDONLY);
    if (fd < 0) {
      status = tool_failed(argv[optind]);
      continue;
    }
    if (several) printf("%s==> %s <==\n", optind > first ? "\n" : "", argv[optind]);
    status |= show(fd, argv[optind]);
    close(fd);
  }
  return tool_finish(status);
}
