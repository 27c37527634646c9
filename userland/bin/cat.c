/* cat: copies files, or standard input, to standard output; -n numbers the lines. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "tools/tool.h"

static int number_lines;
static unsigned long line;
static int at_line_start = 1;

static int write_all(const char *from, size_t size) {
  while (size > 0) {
    ssize_t done = write(1, from, size);
    if (done < 0) return -1;
    from += done;
    size -= (size_t)done;
  }
  return 0;
}

static void write_numbered(const char *from, size_t size) {
  for (; size > 0; size--, from++) {
    if (at_line_start) printf("%6lu\t", ++line);
    putchar(*from);
    at_line_start = *from == '\n';
  }
  fflush(stdout);
}

static int copy(int fd, const char *name) {
  static char buffer[8192];
  ssize_t got;
  while ((got = read(fd, buffer, sizeof buffer)) > 0) {
    if (number_lines) write_numbered(buffer, (size_t)got);
    else if (write_all(buffer, (size_t)got) < 0) return tool_failed("write error");
  }
  return got < 0 ? tool_failed(name) : 0;
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, "cat [-nu] [FILE]...\nCopies the files (- is standard input) to standard output; -n numbers lines.\n");
  for (int option; (option = getopt(argc, argv, "nu")) != -1;) {
    if (option == 'n') number_lines = 1;
    else if (option == '?') tool_bad_usage(1);
  }
  if (optind == argc) return copy(0, "-");
  for (; optind < argc; optind++) {
    const char *name = argv[optind];
    if (name[0] == '-' && name[1] == 0) {
      status |= copy(0, name);
      continue;
    }
    int fd = open(name, O_RDONLY);
    if (fd < 0) {
      status = tool_failed(name);
      continue;
    }
    status |= copy(fd, name);
    close(fd);
  }
  return status;
}
