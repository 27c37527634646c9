/* tr: translates, deletes (-d) or squeezes (-s) characters; -c takes all the others. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "tr [-cds] SET [SET]\n"
    "Copies standard input to standard output and turns the characters of the first SET into those of the second.\n"
    "  -d  deletes them   -s  leaves repeated ones once   -c  means all that are not in the first SET\n"
    "In a SET: a-z, \\n, \\t, \\\\, \\123, [:alpha:] and the other classes.\n";

struct set {
  unsigned char members[512];
  int count;
};

static const struct {
  const char *name;
  int (*test)(int);
} classes[] = {
    {"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl}, {"digit", isdigit}, {"graph", isgraph},
    {"lower", islower}, {"print", isprint}, {"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit", isxdigit},
};

static void add(struct set *set, int c) {
  if (set->count < 512) set->members[set->count++] = (unsigned char)c;
}

/* One character, escaped or not. */
static int character(const char **at) {
  static const char letters[] = "abfnrtv\\", meanings[] = "\a\b\f\n\r\t\v\\";
  int c = (unsigned char)*(*at)++;
  if (c != '\\' || !**at) return c;
  c = (unsigned char)*(*at)++;
  if (c >= '0' && c <= '7') {
    int value = c - '0';
    for (int i = 0; i < 2 && **at >= '0' && **at <= '7'; i++) value = value * 8 + *(*at)++ - '0';
    return value & 255;
  }
  const char *letter = strchr(letters, c);
  return letter ? (unsigned char)meanings[letter - letters] : c;
}

static void read_set(struct set *set, const char *text) {
  while (*text) {
    if (text[0] == '[' && text[1] == ':') {
      int known = 0;
      for (size_t i = 0; i < sizeof classes / sizeof *classes && !known; i++) {
        size_t size = strlen(classes[i].name);
        if (strncmp(text + 2, classes[i].name, size) != 0 || strncmp(text + 2 + size, ":]", 2) != 0) continue;
        for (int c = 0; c < 256; c++)
          if (classes[i].test(c)) add(set, c);
        text += size + 4;
        known = 1;
      }
      if (known) continue;
    }
    int first = character(&text), last = first;
    if (*text == '-' && text[1]) {
      text++;
      last = character(&text);
      if (last < first) {
        tool_complain("range-endpoints of '%c-%c' are in reverse collating sequence order", first, last);
        exit(1);
      }
    }
    for (int c = first; c <= last; c++) add(set, c);
  }
}

int main(int argc, char **argv) {
  int complement = 0, delete = 0, squeeze = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = getopt(argc, argv, "cCds")) != -1;) {
    if (option == '?') tool_bad_usage(1);
    if (option == 'd') delete = 1;
    else if (option == 's') squeeze = 1;
    else complement = 1;
  }
  int sets = argc - optind, need = delete == squeeze ? 2 : 1;
  if (sets < need || sets > 2 || (delete && !squeeze && sets > 1)) {
    tool_complain(sets < need ? sets ? "missing operand after '%s'" : "missing operand" : "extra operand '%s'", argv[argc - 1]);
    tool_bad_usage(1);
  }
  static struct set from, to;
  unsigned char in_from[256] = {0}, in_last[256] = {0}, map[256];
  read_set(&from, argv[optind]);
  if (sets > 1) read_set(&to, argv[optind + 1]);
  for (int i = 0; i < from.count; i++) in_from[from.members[i]] = 1;
  if (complement) {
    from.count = 0;
    for (int c = 0; c < 256; c++)
      if ((in_from[c] = !in_from[c])) add(&from, c);
  }
  for (int c = 0; c < 256; c++) map[c] = (unsigned char)c;
  if (!delete && sets > 1) {
    if (to.count == 0) return tool_complain("when not truncating set1, string2 must be non-empty");
    for (int i = 0; i < from.count; i++) map[from.members[i]] = to.members[i < to.count ? i : to.count - 1];
  }
  if (sets > 1)
    for (int i = 0; i < to.count; i++) in_last[to.members[i]] = 1;
  else
    memcpy(in_last, in_from, sizeof in_last);

  for (int c, before = EOF; (c = getchar()) != EOF;) {
    if (delete && in_from[c]) continue;
    c = map[c];
    if (squeeze && c == before && in_last[c]) continue;
    putchar(c);
    before = c;
  }
  return tool_finish(0);
}
