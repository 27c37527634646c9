/* head: the first lines (-n, -N) or bytes (-c) of files. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

static unsigned long wanted = 10;
static int by_bytes, from_end, end_of_line = '\n';

/* "-n -5": all but the last; what is not yet known to be wanted waits. */
static int show_but_last(int fd, const char *name) {
  size_t room = 4096, used = 0;
  char *text = malloc(room);
  for (ssize_t got; text && (got = read(fd, text + used, room - used)) != 0;) {
    if (got < 0) return tool_failed(name);
    used += (size_t)got;
    if (used == room) text = realloc(text, room *= 2);
  }
  if (!text) return tool_failed("malloc");
  size_t end = used;
  if (by_bytes) end = wanted < used ? used - wanted : 0;
  else if (wanted > 0) {
    unsigned long left = wanted;
    if (end > 0 && text[end - 1] == end_of_line) end--;
    for (; end > 0; end--)
      if (text[end - 1] == end_of_line && --left == 0) break;
  }
  fwrite(text, 1, end, stdout);
  free(text);
  return 0;
}

/* "12", "2k", "1M", "3b"; a leading - is `from_end`. */
static void set(const char *text, const char *what) {
  from_end = *text == '-';
  if (from_end || *text == '+') text++;
  int problem = tool_size(text, &wanted);
  if (problem == 0) return;
  tool_complain(problem > 0 ? "invalid number of %s: '%s': Value too large for defined data type" : "invalid number of %s: '%s'", what, text);
  exit(1);
}

/* The old way: -5, -5c, -5q. */
static int old_style(const char *word, int *names) {
  char digits[32];
  size_t size = strspn(word + 1, "0123456789");
  if (*word != '-' || size == 0 || size + 2 > sizeof digits) return 0;
  snprintf(digits, sizeof digits, "%.*s", (int)size, word + 1);
  for (const char *c = word + 1 + size; *c; c++) {
    if (*c == 'c') by_bytes = 1;
    else if (*c == 'q' || *c == 'v') *names = *c == 'v';
    else if (*c == 'k' || *c == 'b' || *c == 'm') by_bytes = 1, digits[size] = *c == 'm' ? 'M' : *c, digits[size + 1] = 0;
    else if (*c == 'z') end_of_line = 0;
    else if (*c != 'l') {
      tool_complain("invalid trailing option -- %c", *c);
      tool_bad_usage();
    }
  }
  set(digits, by_bytes ? "bytes" : "lines");
  return 1;
}

static int show(int fd, const char *name) {
  static char buffer[4096];
  unsigned long left = wanted;
  if (from_end) return show_but_last(fd, name);
  while (left > 0) {
    ssize_t got = read(fd, buffer, sizeof buffer);
    if (got < 0) return tool_failed(name);
    if (got == 0) break;
    size_t size = (size_t)got;
    if (by_bytes) {
      if (size > left) size = left;
      left -= size;
    } else {
      for (char *at = buffer; left > 0 && (at = memchr(at, end_of_line, size - (size_t)(at - buffer))); at++)
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
  int status = 0, names = -1, shown = 0;
  tool_start(argc, argv, "head [-n [-]LINES | -c [-]BYTES] [-qvz] [FILE]...\nPrints the first 10 lines, or so many lines or bytes, or with - all but the last; -q -v without, with names; -z: lines end with NUL.\n");
  if (argc > 1 && old_style(argv[1], &names)) argv++, argc--;
  for (int option; (option = tool_option(argc, argv, "n:(lines)c:(bytes)q(quiet)(silent)v(verbose)z(zero-terminated)")) != -1;) {
    if (option == 'n' || option == 'c') {
      by_bytes = option == 'c';
      set(optarg, by_bytes ? "bytes" : "lines");
    } else if (option == 'z') end_of_line = 0;
    else names = option == 'v';
  }
  if (names < 0) names = argc - optind > 1;
  static char *standard_input[] = {"-", 0};
  for (char **at = optind < argc ? argv + optind : standard_input; *at; at++) {
    int standard = strcmp(*at, "-") == 0, fd = standard ? 0 : open(*at, O_RDONLY);
    if (fd < 0) {
      char text[300];
      snprintf(text, sizeof text, "cannot open '%.256s' for reading", *at);
      status = tool_failed(text);
      continue;
    }
    if (names) printf("%s==> %s <==\n", shown++ ? "\n" : "", standard ? "standard input" : *at);
    fflush(stdout);
    struct stat s;
    if (fstat(fd, &s) == 0 && S_ISDIR(s.st_mode)) {
      char text[300];
      snprintf(text, sizeof text, "error reading '%.256s'", *at);
      errno = EISDIR;
      status = tool_failed(text);
    } else status |= show(fd, *at);
    if (!standard) close(fd);
  }
  return tool_finish(status);
}
