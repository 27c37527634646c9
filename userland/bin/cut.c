/* cut: parts of each line, by fields (-f, between -d characters) or by bytes (-c, -b). */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "cut -b LIST | -c LIST | -f LIST [OPTION]... [FILE]...\n"
    "Prints bytes (-b, -c) or fields (-f) of each line. LIST is like 1,3-5,7-.\n"
    "  -d C  fields end at C, not at tabs           -s  not the lines without any C\n"
    "  --complement  all but those in LIST          --output-delimiter=TEXT  between what is printed\n"
    "  -z  lines end with NUL\n";

enum { COMPLEMENT = 1, BETWEEN };

static struct range {
  unsigned long first, last;
} *ranges;
static size_t range_count;
static int by_fields, complement, separated_only, end_of_line = '\n';
static int separator = -1;
static const char *between; /* what is put between, and how much of it there is */
static size_t between_size;

static _Noreturn void fail(const char *text) {
  tool_complain("%s", text);
  tool_bad_usage();
}

static void add_range(unsigned long first, unsigned long last) {
  if (range_count % 16 == 0 && !(ranges = realloc(ranges, (range_count + 16) * sizeof *ranges))) exit(tool_failed("malloc"));
  ranges[range_count++] = (struct range){first, last};
}

static unsigned long place(const char **at) {
  unsigned long value = 0;
  size_t digits = strspn(*at, "0123456789");
  for (const char *c = *at; c < *at + digits; c++) {
    if (value > (~0UL - 9) / 10) {
      tool_complain(by_fields ? "field number '%.*s' is too large" : "byte/character offset '%.*s' is too large", (int)digits, *at);
      tool_bad_usage();
    }
    value = value * 10 + (unsigned long)(*c - '0');
  }
  if (value == 0) fail(by_fields ? "fields are numbered from 1" : "byte/character positions are numbered from 1");
  *at += digits;
  return value;
}

static int compare(const void *a, const void *b) {
  const struct range *left = a, *right = b;
  return left->first < right->first ? -1 : left->first > right->first;
}

/* All but the ranges, which are in order and apart. */
static void turn_round(void) {
  struct range *old = ranges;
  size_t count = range_count;
  unsigned long next = 1;
  ranges = 0;
  range_count = 0;
  for (size_t i = 0; i < count && next; next = old[i++].last + 1)
    if (old[i].first > next) add_range(next, old[i].first - 1);
  if (next) add_range(next, ~0UL);
  free(old);
}

static void read_list(const char *at) {
  for (;; at++) {
    unsigned long first = 1, last = ~0UL;
    if (*at == '-' && !isdigit((unsigned char)at[1])) fail("invalid range with no endpoint: -");
    int has_first = *at != '-';
    if (has_first && *at && !strchr(", \t0123456789", *at)) {
      tool_complain(by_fields ? "invalid field value '%s'" : "invalid byte/character position '%s'", at);
      tool_bad_usage();
    }
    if (has_first) first = last = place(&at);
    if (*at == '-') {
      at++;
      last = isdigit((unsigned char)*at) ? place(&at) : ~0UL;
      if (last < first) fail("invalid decreasing range");
      if (*at == '-') fail(by_fields ? "invalid field range" : "invalid byte or character range");
    }
    if (*at && !strchr(", \t", *at)) {
      tool_complain(by_fields ? "invalid field value '%s'" : "invalid byte/character position '%s'", at);
      tool_bad_usage();
    }
    add_range(first, last);
    if (!*at) break;
  }
  qsort(ranges, range_count, sizeof *ranges, compare);
  size_t kept = 0;
  for (size_t i = 1; i < range_count; i++) { /* those that overlap are one */
    if (ranges[i].first > ranges[kept].last) ranges[++kept] = ranges[i];
    else if (ranges[i].last > ranges[kept].last) ranges[kept].last = ranges[i].last;
  }
  range_count = kept + 1;
  if (complement) turn_round();
}

static int any; /* whether something of this line was printed */

static void put(const char *text, size_t size) {
  if (any) fwrite(between, 1, between_size, stdout);
  fwrite(text, 1, size, stdout);
  any = 1;
}

static void cut_bytes(const char *line, size_t size) {
  for (size_t i = 0; i < range_count && ranges[i].first <= size; i++) {
    size_t last = ranges[i].last < size ? ranges[i].last : size;
    put(line + ranges[i].first - 1, last - ranges[i].first + 1);
  }
}

/* False when the line has no separator and is not to be printed. */
static int cut_fields(const char *line, size_t size) {
  const char *end = line + size;
  if (size == 0 || !memchr(line, separator, size)) {
    if (!separated_only) fwrite(line, 1, size, stdout);
    return !separated_only;
  }
  size_t at = 0;
  for (unsigned long number = 1; at < range_count; number++) {
    const char *stop = line < end ? memchr(line, separator, (size_t)(end - line)) : 0;
    if (!stop) stop = end;
    if (number > ranges[at].last) at++;
    if (at < range_count && number >= ranges[at].first) put(line, (size_t)(stop - line));
    if (stop == end) break;
    line = stop + 1;
  }
  return 1;
}

/* The separator is what ends lines: the whole file is one. */
static char *read_all(FILE *file, size_t *size) {
  char *text = 0;
  ssize_t length = getdelim(&text, size, EOF, file); /* EOF is no byte: up to the end */
  *size = length < 0 ? 0 : (size_t)length;
  return text;
}

static int cut(FILE *file, const char *name) {
  static char *line;
  static size_t room;
  if (by_fields && separator == end_of_line) {
    size_t size;
    char *text = read_all(file, &size);
    if (size > 0 && text[size - 1] == end_of_line) size--;
    if (text && (size > 0 || !ferror(file)) && cut_fields(text, size)) putchar(end_of_line);
    free(text);
    any = 0;
    return ferror(file) ? tool_failed_on(name) : 0;
  }
  for (ssize_t length; (length = getdelim(&line, &room, end_of_line, file)) > 0; tool_check_output()) {
    size_t size = (size_t)length - (line[length - 1] == end_of_line);
    any = 0;
    if (!by_fields) cut_bytes(line, size);
    if (!by_fields || cut_fields(line, size)) putchar(end_of_line);
  }
  return ferror(file) ? tool_failed_on(name) : 0;
}

int main(int argc, char **argv) {
  int status = 0;
  const char *list = 0;
  static char own[2];
  static char *standard_input[] = {"-", 0};
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "b:(bytes)c:(characters)d:(delimiter)f:(fields)ns(only-delimited)z(zero-terminated)\1(complement)\2:(output-delimiter)")) != -1;) {
    switch (option) {
      case 'b':
      case 'c':
      case 'f':
        if (list) fail("only one list may be specified");
        by_fields = option == 'f';
        list = optarg;
        break;
      case 'd':
        if (*optarg && optarg[1]) fail("the delimiter must be a single character");
        separator = (unsigned char)*optarg;
        break;
      case 's': separated_only = 1; break;
      case 'z': end_of_line = 0; break;
      case COMPLEMENT: complement = 1; break;
      case BETWEEN:
        between = optarg;
        between_size = *optarg ? strlen(optarg) : 1; /* nothing is NUL, as with -d */
        break;
    }
  }
  if (!list) fail("you must specify a list of bytes, characters, or fields");
  if (!by_fields && separator >= 0) fail("an input delimiter may be specified only when operating on fields");
  if (!by_fields && separated_only) fail("suppressing non-delimited lines makes sense\n\tonly when operating on fields");
  read_list(list);
  if (separator < 0) separator = '\t';
  own[0] = (char)separator;
  if (!between) between = own, between_size = by_fields;
  for (char **name = optind < argc ? argv + optind : standard_input; *name; name++) {
    int standard = strcmp(*name, "-") == 0;
    FILE *file = standard ? stdin : fopen(*name, "r");
    if (!file) {
      status = tool_failed_on(*name);
      continue;
    }
    status |= cut(file, *name);
    if (!standard) fclose(file);
  }
  return tool_finish(status);
}
