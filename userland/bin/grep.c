/* grep: lines that match a pattern. The patterns: ^ $ . [a-z] [^a-z] * + ? and \ before a character to mean itself; no
   groups and no alternatives. Each is matched by trying, shortest piece of the pattern first. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "grep [-FchilnqsvHx] PATTERN [FILE]...\n"
    "Prints the lines that match PATTERN: ^ $ . [a-z] [^a-z] * + ? and \\ before a character.\n"
    "  -F  PATTERN is plain text       -i  upper and lower case alike   -x  whole lines\n"
    "  -v  lines that do not match     -n  with line numbers            -H -h  with, without file names\n"
    "  -c  only how many               -l  only the files' names        -q  only the status    -s  no complaints\n";

static int fixed, ignore_case, whole_lines, invert, numbers, count_only, names_only, quiet, silent;
static int with_name = -1;
static const char *pattern;

static int fold(int c) { return ignore_case ? tolower((unsigned char)c) : (unsigned char)c; }

/* The end of the piece (one character, ., \c or [set]) that begins at `p`. */
static const char *piece_end(const char *p) {
  if (*p == '\\' && p[1]) return p + 2;
  if (*p != '[') return p + 1;
  const char *at = p + 1 + (p[1] == '^');
  if (*at == ']') at++; /* first in its set it stands for itself */
  while (*at && *at != ']') at++;
  return *at ? at + 1 : p + 1; /* without an end it is a plain [ */
}

static int piece_matches(const char *p, const char *end, char c) {
  if (c == 0) return 0;
  if (*p == '.') return 1;
  if (*p == '\\' && end - p == 2) return fold(p[1]) == fold(c);
  if (*p != '[' || end - p < 3) return fold(*p) == fold(c);
  int inverted = p[1] == '^', found = 0;
  for (const char *at = p + 1 + inverted; at < end - 1; at++) {
    if (at[1] == '-' && at + 2 < end - 1) {
      found |= fold(c) >= fold(at[0]) && fold(c) <= fold(at[2]);
      at += 2;
    } else {
      found |= fold(*at) == fold(c);
    }
  }
  return found != inverted;
}

/* Whether the pattern from `p` matches at `text`; where a whole line is asked for, up to its end. */
static int matches_here(const char *p, const char *text) {
  for (;;) {
    if (*p == 0) return !whole_lines || *text == 0;
    if (*p == '$' && p[1] == 0) return *text == 0;
    const char *end = piece_end(p);
    if (*end == '*' || *end == '+' || *end == '?') {
      long least = *end == '+', most = *end == '?' ? 1 : -1, got = 0;
      while (got != most && piece_matches(p, end, text[got])) got++;
      for (; got >= least; got--)
        if (matches_here(end + 1, text + got)) return 1;
      return 0;
    }
    if (!piece_matches(p, end, *text)) return 0;
    p = end;
    text++;
  }
}

static int matches(const char *line) {
  if (fixed) {
    if (whole_lines) return (ignore_case ? strcasecmp(line, pattern) : strcmp(line, pattern)) == 0;
    return (ignore_case ? strcasestr(line, pattern) : strstr(line, pattern)) != 0;
  }
  if (*pattern == '^') return matches_here(pattern + 1, line);
  if (whole_lines) return matches_here(pattern, line);
  for (;; line++) {
    if (matches_here(pattern, line)) return 1;
    if (*line == 0) return 0;
  }
}

/* Whether a line of the file was selected. */
static int search(FILE *file, const char *name) {
  static char *line;
  static size_t size;
  unsigned long number = 0, found = 0;
  for (ssize_t length; (length = getline(&line, &size, file)) > 0;) {
    number++;
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (matches(line) == invert) continue;
    found++;
    if (quiet || names_only) break;
    if (count_only) continue;
    if (with_name) printf("%s:", name);
    if (numbers) printf("%lu:", number);
    puts(line);
  }
  if (names_only && found && !quiet) puts(name);
  if (count_only && !quiet && !names_only) {
    if (with_name) printf("%s:", name);
    printf("%lu\n", found);
  }
  return found > 0;
}

int main(int argc, char **argv) {
  int failed = 0, found = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = getopt(argc, argv, "FEGchilnqsvHxe:")) != -1;) {
    switch (option) {
      case 'F': fixed = 1; break;
      case 'c': count_only = 1; break;
      case 'h': with_name = 0; break;
      case 'H': with_name = 1; break;
      case 'i': ignore_case = 1; break;
      case 'l': names_only = 1; break;
      case 'n': numbers = 1; break;
      case 'q': quiet = 1; break;
      case 's': silent = 1; break;
      case 'v': invert = 1; break;
      case 'x': whole_lines = 1; break;
      case 'e': pattern = optarg; break;
      case '?': tool_bad_usage(2);
    }
  }
  if (!pattern && optind < argc) pattern = argv[optind++];
  if (!pattern) {
    tool_complain("which pattern?");
    tool_bad_usage(2);
  }
  if (with_name < 0) with_name = argc - optind > 1;
  if (optind == argc) return tool_finish(!search(stdin, "(standard input)"));
  for (; optind < argc; optind++) {
    FILE *file = fopen(argv[optind], "r");
    if (!file) {
      failed = 1;
      if (!silent) tool_failed(argv[optind]);
      continue;
    }
    found |= search(file, argv[optind]);
    fclose(file);
  }
  return tool_finish(failed && !(quiet && found) ? 2 : !found);
}
