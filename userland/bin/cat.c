/* cat: copies files, or standard input, to standard output; numbered, and with what cannot be seen made visible. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "cat [-AbeEnstTuv] [FILE]...\n"
    "Copies the files (- is standard input) to standard output.\n"
    "  -n  numbers lines   -b  those that are not empty   -s  empty ones once\n"
    "  -E  $ at ends of lines   -T  tabs as ^I   -v  other control characters as ^X, M-x   -A  all three; -e -vE; -t -vT\n";

static int numbers, numbers_full, squeezes, ends, tabs, visible;
static unsigned long line;
static int empty_lines = 1; /* how many newlines have just been: 1 at the beginning of a line */

static int write_all(const char *from, size_t size) {
  while (size > 0) {
    ssize_t done = write(1, from, size);
    if (done < 0) return -1;
    from += done;
    size -= (size_t)done;
  }
  return 0;
}

static void put_visible(unsigned char c) {
  if (c == '\t' && !tabs) putchar(c);
  else if (!visible && c != '\t') putchar(c);
  else {
    if (c >= 128) fputs("M-", stdout), c = (unsigned char)(c - 128);
    if (c < 32) putchar('^'), putchar(c + 64);
    else if (c == 127) fputs("^?", stdout);
    else putchar(c);
  }
}

static void write_shown(const char *from, size_t size) {
  for (; size > 0; size--, from++) {
    int is_newline = *from == '\n';
    if (is_newline && squeezes && empty_lines >= 2) continue;
    if (empty_lines && ((numbers && !numbers_full) || (numbers_full && !is_newline))) printf("%6lu\t", ++line);
    if (is_newline) {
      if (ends) putchar('$');
      putchar('\n');
      empty_lines++;
    } else {
      put_visible((unsigned char)*from);
      empty_lines = 0;
    }
  }
  fflush(stdout);
}

static int copy(int fd, const char *name) {
  static char buffer[8192];
  ssize_t got;
  struct stat from, to;
  if (fstat(fd, &from) == 0 && fstat(1, &to) == 0 && S_ISREG(from.st_mode) && from.st_dev == to.st_dev && from.st_ino == to.st_ino &&
      lseek(fd, 0, SEEK_CUR) < from.st_size)
    return tool_complain("%s: input file is output file", name);
  while ((got = read(fd, buffer, sizeof buffer)) > 0) {
    if (numbers || squeezes || ends || tabs || visible) write_shown(buffer, (size_t)got);
    else if (write_all(buffer, (size_t)got) < 0) return tool_failed("write error");
  }
  return got < 0 ? tool_failed_on(name) : 0;
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "A(show-all)b(number-nonblank)eE(show-ends)n(number)s(squeeze-blank)tT(show-tabs)uv(show-nonprinting)")) != -1;) {
    switch (option) {
      case 'n': numbers = 1; break;
      case 'b': numbers = numbers_full = 1; break;
      case 's': squeezes = 1; break;
      case 'u': break;
      case '?': tool_bad_usage();
    }
    if (option == 'A' || option == 'e' || option == 'E') ends = 1;
    if (option == 'A' || option == 't' || option == 'T') tabs = 1;
    if (option == 'A' || option == 'e' || option == 't' || option == 'v') visible = 1;
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
      status = tool_failed_on(name);
      continue;
    }
    status |= copy(fd, name);
    close(fd);
  }
  return status;
}
