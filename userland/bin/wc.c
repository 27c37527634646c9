/* wc: counts lines, words and bytes. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

struct counts {
  unsigned long lines, words, characters, bytes, longest;
};
static int show_lines, show_words, show_characters, show_bytes, show_longest, width;

static void put(const struct counts *counts, const char *name) {
  const unsigned long values[] = {counts->lines, counts->words, counts->characters, counts->bytes, counts->longest};
  const int shown[] = {show_lines, show_words, show_characters, show_bytes, show_longest};
  const char *space = "";
  for (int i = 0; i < 5; i++)
    if (shown[i]) printf("%s%*lu", space, width, values[i]), space = " ";
  printf(name ? " %s\n" : "\n", name);
}

static int count(int fd, const char *name, struct counts *to) {
  static char buffer[8192];
  int in_word = 0;
  unsigned long column = 0;
  ssize_t got;
  while ((got = read(fd, buffer, sizeof buffer)) > 0) {
    to->bytes += (unsigned long)got;
    for (const char *c = buffer; c < buffer + got; c++) {
      unsigned char byte = (unsigned char)*c;
      if (byte == '\n') to->lines++;
      if (byte == '\n' || byte == '\r' || byte == '\f') column = 0;
      else if (byte == '\t') column += 8 - column % 8;
      else if (isprint(byte)) column++;
      if (column > to->longest) to->longest = column;
      int space = isspace(byte);
      if (!space && isprint(byte) && !in_word) to->words++;
      in_word = space ? 0 : in_word || isprint(byte);
    }
  }
  to->characters = to->bytes; /* the C locale's characters are bytes */
  return got < 0 ? tool_failed_on(name) : 0;
}

/* As GNU's: wide enough for the sum of the sizes, which bounds every count; 7 when a size is not known beforehand. */
static int column_width(int count, char **names) {
  unsigned long sum = 0;
  struct stat s;
  if (count < 0) return 1; /* the names come while they are counted */
  if (show_lines + show_words + show_characters + show_bytes + show_longest == 1 && count <= 1) return 1;
  for (int i = 0; i < (count ? count : 1); i++) {
    if ((count ? stat(names[i], &s) : fstat(0, &s)) < 0) continue;
    if (!S_ISREG(s.st_mode)) return 7;
    sum += (unsigned long)s.st_size;
  }
  return snprintf(0, 0, "%lu", sum);
}

int main(int argc, char **argv) {
  int status = 0;
  const char *from = 0;
  struct counts total = {0, 0, 0, 0, 0};
  tool_start(argc, argv, "wc [-clmwL] [FILE]...\nCounts lines (-l), words (-w) and bytes (-c); all three without options; -m characters, -L the longest line;\n--files0-from=FILE: of the files named in FILE, each with a NUL behind it.\n");
  for (int option; (option = tool_option(argc, argv, "c(bytes)l(lines)m(chars)w(words)L(max-line-length)\1:(files0-from)")) != -1;) {
    if (option == 'l') show_lines = 1;
    else if (option == 'w') show_words = 1;
    else if (option == 'c') show_bytes = 1;
    else if (option == 'm') show_characters = 1;
    else if (option == 'L') show_longest = 1;
    else from = optarg;
  }
  if (!show_lines && !show_words && !show_bytes && !show_characters && !show_longest) show_lines = show_words = show_bytes = 1;
  int files = argc - optind;
  char **names = argv + optind;
  if (from && files > 0) {
    tool_complain("extra operand '%s'", *names);
    fputs("file operands cannot be combined with --files0-from\n", stderr);
    tool_bad_usage();
  }
  if (from && !(names = tool_names_in(from, &files))) {
    char text[300];
    snprintf(text, sizeof text, "cannot open '%.256s' for reading", from);
    return tool_failed(text);
  }
  width = column_width(from && strcmp(from, "-") == 0 ? -1 : files, names);
  if (files == 0 && !from) {
    status = count(0, "-", &total);
    put(&total, 0);
    return tool_finish(status);
  }
  for (int at = 0; at < files; at++) {
    struct counts one = {0, 0, 0, 0, 0};
    if (!*names[at]) {
      status = tool_complain("%s:%d: invalid zero-length file name", from, at + 1);
      continue;
    }
    int standard = strcmp(names[at], "-") == 0, fd = standard ? dup(0) : open(names[at], O_RDONLY);
    if (fd < 0) {
      status = tool_failed_on(names[at]);
      continue;
    }
    status |= count(fd, names[at], &one);
    close(fd);
    put(&one, names[at]);
    total.lines += one.lines;
    total.words += one.words;
    total.characters += one.characters;
    total.bytes += one.bytes;
    if (one.longest > total.longest) total.longest = one.longest;
  }
  if (files > 1) put(&total, "total");
  return tool_finish(status);
}
