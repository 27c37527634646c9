/* wc: counts lines, words and bytes. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "tools/tool.h"

struct counts {
  unsigned long lines, words, bytes;
};
static int show_lines, show_words, show_bytes, width = 7;

static void put(const struct counts *counts, const char *name) {
  const char *space = "";
  if (show_lines) printf("%s%*lu", space, width, counts->lines), space = " ";
  if (show_words) printf("%s%*lu", space, width, counts->words), space = " ";
  if (show_bytes) printf("%s%*lu", space, width, counts->bytes);
  printf(name ? " %s\n" : "\n", name);
}

static int count(int fd, const char *name, struct counts *to) {
  static char buffer[8192];
  int in_word = 0;
  ssize_t got;
  while ((got = read(fd, buffer, sizeof buffer)) > 0) {
    to->bytes += (unsigned long)got;
    for (const char *c = buffer; c < buffer + got; c++) {
      if (*c == '\n') to->lines++;
      int space = isspace((unsigned char)*c);
      if (!space && !in_word) to->words++;
      in_word = !space;
    }
  }
  return got < 0 ? tool_failed(name) : 0;
}

int main(int argc, char **argv) {
  int status = 0;
  struct counts total = {0, 0, 0};
  tool_start(argc, argv, "wc [-clw] [FILE]...\nCounts lines (-l), words (-w) and bytes (-c); all three without options.\n");
  for (int option; (option = getopt(argc, argv, "clw")) != -1;) {
    if (option == 'l') show_lines = 1;
    else if (option == 'w') show_words = 1;
    else if (option == 'c') show_bytes = 1;
    else tool_bad_usage(1);
  }
  if (!show_lines && !show_words && !show_bytes) show_lines = show_words = show_bytes = 1;
  if (show_lines + show_words + show_bytes == 1 && argc - optind <= 1) width = 1;
  if (optind == argc) {
    status = count(0, "-", &total);
    put(&total, 0);
    return tool_finish(status);
  }
  int several = argc - optind > 1;
  for (; optind < argc; optind++) {
    struct counts one = {0, 0, 0};
    int fd = open(argv[optind], O_RDONLY);
    if (fd < 0) {
      status = tool_failed(argv[optind]);
      continue;
    }
    status |= count(fd, argv[optind], &one);
    close(fd);
    put(&one, argv[optind]);
    total.lines += one.lines;
    total.words += one.words;
    total.bytes += one.bytes;
  }
  if (several) put(&total, "total");
  return tool_finish(status);
}
