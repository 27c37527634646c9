/* wc: counts lines, words and bytes. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

struct counts {
  unsigned long lines, words, bytes;
};
static int show_lines, show_words, show_bytes, width;

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

/* As GNU's: wide enough for the sum of the sizes, which bounds every count; 7 when a size is not known beforehand. */
static int column_width(int count, char **names) {
  unsigned long sum = 0;
  struct stat s;
  if (show_lines + show_words + show_bytes == 1 && count <= 1) return 1;
  for (int i = 0; i < (count ? count : 1); i++) {
    if ((count ? stat(names[i], &s) : fstat(0, &s)) < 0) continue;
    if (!S_ISREG(s.st_mode)) return 7;
    sum += (unsigned long)s.st_size;
  }
  return snprintf(0, 0, "%lu", sum);
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
  width = column_width(argc - optind, argv + optind);
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
