/* head: the first lines (-n, -N) or bytes (-c) of files. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

static unsigned long wanted = 10;
static int by_bytes, from_end;

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
    if (end > 0 && text[end - 1] == '\n') end--;
    for (; end > 0; end--)
      if (text[end - 1] == '\n' && --left == 0) break;
  }
  fwrite(text, 1, end, stdout);
  free(text);
  return 0;
}

/* "12", "2k", "1M", "3b"; a leading - is `from_end`. */
static void set(const char *text, const char *what) {
  from_end = *text == '-';
  if (from_end || *text == '+') text++;
  char *end;
  wanted = strtoul(text, &end, 10);
  const char *units = "KMGT", *unit = *end ? strchr(units, *end == 'k' ? 'K' : *end) : 0;
  unsigned long scale = *end == 'b' ? 512 : 1;
  if (unit) for (scale = 1024; unit-- > units;) scale *= 1024;
  if (unit && end[1] == 'B') {
    for (scale = 1000, unit = strchr(units, *end); unit-- > units;) scale *= 1000;
    end++;
  }
  if (end == text || (*end && scale > 1 ? end[1] : *end)) {
    tool_complain("invalid number of %s: '%s'", what, text);
    exit(1);
  }
  wanted *= scale;
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
  static const struct option longs[] = {{"lines", 1, 0, 'n'}, {"bytes", 1, 0, 'c'}, {"quiet", 0, 0, 'q'}, {"silent", 0, 0, 'q'}, {"verbose", 0, 0, 'v'}, {0, 0, 0, 0}};
  int status = 0, names = -1, shown = 0;
  tool_start(argc, argv, "head [-n [-]LINES | -c [-]BYTES] [-qv] [FILE]...\nPrints the first 10 lines, or so many lines or bytes, or with - all but the last; -q -v without, with names.\n");
  if (argc > 1 && argv[1][0] == '-' && isdigit((unsigned char)argv[1][1])) {
    set(argv[1] + 1, "lines");
    argv++, argc--;
  }
  for (int option; (option = getopt_long(argc, argv, "n:c:qv", longs, 0)) != -1;) {
    if (option == 'n' || option == 'c') {
      by_bytes = option == 'c';
      set(optarg, by_bytes ? "bytes" : "lines");
    } else if (option == 'q' || option == 'v') names = option == 'v';
    else tool_bad_usage();
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
