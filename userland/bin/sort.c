/* sort: lines in order, of the whole lines or of fields. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "sort [-bdfhnruscmC] [-k FIELD[.CHARACTER][OPTIONS][,FIELD[.CHARACTER][OPTIONS]]] [-t C] [-o FILE] [FILE]...\n"
    "Prints the lines of the files in order.\n"
    "  -n  by number   -h  by size (2K, 1G)   -V  by version   -f  letters alike   -d  only letters, digits, blanks count\n"
    "  -b  without leading blanks   -r  backwards   -u  equal ones once   -s  equal ones as they came   -m  merges sorted files\n"
    "  -k  by these fields, which -t separates (else blanks do)   -o  into a file   -c -C  only says whether they are in order\n";

struct rules {
  char kind; /* n h V or 0 */
  int fold, dictionary, reverse, blanks;
};

struct key {
  struct rules rules;
  unsigned long field, character, end_field, end_character; /* from 1; end_field 0: to the line's end */
  int end_blanks;
};

static struct rules global;
static struct key *keys;
static int key_count, separator = -1, unique, stable, check, merges;
static char **lines;
static size_t count, room;

static size_t skip_blanks(const char *s, size_t at, size_t size) {
  while (at < size && isblank((unsigned char)s[at])) at++;
  return at;
}

/* Where field `n` (from 1) begins. Without -t the blanks before it are a part of it. */
static size_t field_start(const char *s, size_t size, unsigned long n) {
  size_t at = 0;
  for (; n > 1 && at < size; n--) {
    if (separator < 0) at = skip_blanks(s, at, size);
    while (at < size && (separator < 0 ? !isblank((unsigned char)s[at]) : (unsigned char)s[at] != separator)) at++;
    if (separator >= 0 && at < size) at++;
    else if (separator >= 0) return size;
  }
  return at;
}

static size_t field_end(const char *s, size_t size, unsigned long n) {
  size_t at = field_start(s, size, n);
  if (separator < 0) at = skip_blanks(s, at, size);
  while (at < size && (separator < 0 ? !isblank((unsigned char)s[at]) : (unsigned char)s[at] != separator)) at++;
  return at;
}

static const char *part(const struct key *k, const char *s, size_t *length) {
  size_t size = strlen(s), from = field_start(s, size, k->field), to = size;
  if (k->rules.blanks) from = skip_blanks(s, from, size);
  from += k->character - 1;
  if (k->end_field && k->end_character == 0) to = field_end(s, size, k->end_field);
  else if (k->end_field) {
    to = field_start(s, size, k->end_field);
    if (k->end_blanks) to = skip_blanks(s, to, size);
    to += k->end_character;
  }
  if (to > size) to = size;
  if (from > to) from = to;
  *length = to - from;
  return s + from;
}

/* Numbers of any length, with a fraction: sign, then digits. */
static int by_number(const char *a, size_t n, const char *b, size_t m) {
  size_t i = skip_blanks(a, 0, n), j = skip_blanks(b, 0, m);
  int minus_a = i < n && a[i] == '-', minus_b = j < m && b[j] == '-', result = 0;
  i += (size_t)minus_a;
  j += (size_t)minus_b;
  while (i < n && a[i] == '0') i++;
  while (j < m && b[j] == '0') j++;
  size_t x = i, y = j;
  while (x < n && isdigit((unsigned char)a[x])) x++;
  while (y < m && isdigit((unsigned char)b[y])) y++;
  int zero_a = x == i, zero_b = y == j;
  if (x - i != y - j) result = x - i < y - j ? -1 : 1;
  else result = memcmp(a + i, b + j, x - i);
  size_t p = x < n && a[x] == '.' ? x + 1 : n, q = y < m && b[y] == '.' ? y + 1 : m;
  for (;; p++, q++) {
    int has_p = p < n && isdigit((unsigned char)a[p]), has_q = q < m && isdigit((unsigned char)b[q]);
    int c = has_p ? a[p] : '0', d = has_q ? b[q] : '0';
    if (c != '0') zero_a = 0;
    if (d != '0') zero_b = 0;
    if (!result) result = c - d;
    if (!has_p && !has_q) break;
  }
  if (zero_a) minus_a = 0;
  if (zero_b) minus_b = 0;
  if (minus_a != minus_b) return minus_a ? -1 : 1;
  return minus_a ? -result : result;
}

static int unit(const char *s, size_t size) {
  static const char units[] = "KMGTPE";
  size_t at = skip_blanks(s, 0, size);
  while (at < size && (isdigit((unsigned char)s[at]) || s[at] == '.' || s[at] == '-')) at++;
  const char *known = at < size && s[at] ? strchr(units, toupper((unsigned char)s[at])) : 0;
  return known ? (int)(known - units) + 1 : 0;
}

static int by_version(const char *a, size_t n, const char *b, size_t m) {
  for (size_t i = 0, j = 0; i < n || j < m;) {
    if (i < n && j < m && isdigit((unsigned char)a[i]) && isdigit((unsigned char)b[j])) {
      size_t x = i, y = j;
      while (x < n && isdigit((unsigned char)a[x])) x++;
      while (y < m && isdigit((unsigned char)b[y])) y++;
      int result = by_number(a + i, x - i, b + j, y - j);
      if (result) return result;
      i = x;
      j = y;
      continue;
    }
    if (i >= n || j >= m || a[i] != b[j]) return i >= n ? -1 : j >= m ? 1 : (unsigned char)a[i] - (unsigned char)b[j];
    i++, j++;
  }
  return 0;
}

static int by_bytes(const struct rules *r, const char *a, size_t n, const char *b, size_t m) {
  size_t i = 0, j = 0;
  for (;; i++, j++) {
    while (r->dictionary && i < n && !isalnum((unsigned char)a[i]) && !isblank((unsigned char)a[i])) i++;
    while (r->dictionary && j < m && !isalnum((unsigned char)b[j]) && !isblank((unsigned char)b[j])) j++;
    if (i >= n || j >= m) return (i < n) - (j < m);
    int c = (unsigned char)a[i], d = (unsigned char)b[j];
    if (r->fold) c = toupper(c), d = toupper(d);
    if (c != d) return c - d;
  }
}

static int by_rules(const struct rules *r, const char *a, size_t n, const char *b, size_t m) {
  int result;
  switch (r->kind) {
    case 'n': result = by_number(a, n, b, m); break;
    case 'h': {
      int minus_a = n > 0 && a[skip_blanks(a, 0, n)] == '-', minus_b = m > 0 && b[skip_blanks(b, 0, m)] == '-';
      int x = minus_a ? -unit(a, n) : unit(a, n), y = minus_b ? -unit(b, m) : unit(b, m);
      result = x != y ? x - y : by_number(a, n, b, m);
      break;
    }
    case 'V': result = by_version(a, n, b, m); break;
    default: result = by_bytes(r, a, n, b, m);
  }
  return r->reverse ? -result : result;
}

/* By keys and options only; lines that are equal so are one for -u. */
static int order(const char *left, const char *right) {
  for (int i = 0; i < key_count; i++) {
    size_t n, m;
    const char *a = part(&keys[i], left, &n), *b = part(&keys[i], right, &m);
    int result = by_rules(&keys[i].rules, a, n, b, m);
    if (result) return result;
  }
  if (key_count > 0) return 0;
  size_t n = strlen(left), m = strlen(right), i = global.blanks ? skip_blanks(left, 0, n) : 0, j = global.blanks ? skip_blanks(right, 0, m) : 0;
  return by_rules(&global, left + i, n - i, right + j, m - j);
}

static int compare(const void *left, const void *right) {
  const char *l = *(char *const *)left, *r = *(char *const *)right;
  int result = order(l, r);
  if (result || unique || stable) return result;
  result = strcmp(l, r); /* the last resort, as POSIX asks */
  return global.reverse ? -result : result;
}

static int take(FILE *file, const char *name) {
  char *line = 0;
  size_t size = 0;
  for (ssize_t length; (length = getline(&line, &size, file)) > 0; line = 0, size = 0) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (count == room) {
      room = room ? room * 2 : 64;
      lines = realloc(lines, room * sizeof *lines);
      if (!lines) exit(tool_failed("realloc") + 1);
    }
    lines[count++] = line;
  }
  if (!ferror(file)) return 0;
  char text[300];
  snprintf(text, sizeof text, "read failed: %.256s", name);
  exit(tool_failed(text) + 1);
}

static int set_rule(struct rules *r, int letter) {
  switch (letter) {
    case 'n':
    case 'g':
    case 'h':
    case 'V': r->kind = letter == 'g' ? 'n' : (char)letter; return 1;
    case 'f': r->fold = 1; return 1;
    case 'd': r->dictionary = 1; return 1;
    case 'r': r->reverse = 1; return 1;
    case 'b': r->blanks = 1; return 1;
    default: return 0;
  }
}

static void add_key(const char *text) {
  struct key k = {.character = 1};
  char *at;
  keys = realloc(keys, (size_t)(key_count + 1) * sizeof *keys);
  if (!keys) exit(tool_failed("realloc") + 1);
  k.field = strtoul(text, &at, 10);
  if (at == text) exit(tool_complain("invalid number at field start: invalid count at start of '%s'", text) + 1);
  if (k.field == 0) exit(tool_complain("field number is zero: invalid field specification '%s'", text) + 1);
  if (*at == '.') k.character = strtoul(at + 1, &at, 10);
  if (k.character == 0) exit(tool_complain("character offset is zero: invalid field specification '%s'", text) + 1);
  while (set_rule(&k.rules, *at)) at++;
  if (*at == ',') {
    k.end_field = strtoul(at + 1, &at, 10);
    if (*at == '.') k.end_character = strtoul(at + 1, &at, 10);
    for (; *at; at++) {
      if (*at == 'b') k.end_blanks = 1;
      else if (!set_rule(&k.rules, *at)) break;
    }
  }
  if (*at) exit(tool_complain("stray character in field spec: invalid field specification '%s'", text) + 1);
  keys[key_count++] = k;
}

/* -c: the status, and which line is the first that is not in order. */
static int is_sorted(const char *name) {
  for (size_t i = 1; i < count; i++) {
    int result = compare(&lines[i - 1], &lines[i]);
    if (result < 0 || (result == 0 && !unique)) continue;
    if (check == 'c') fprintf(stderr, "sort: %s:%zu: disorder: %s\n", name, i + 1, lines[i]);
    return 1;
  }
  return 0;
}

/* One of the files that are merged, and its next line. */
struct source {
  FILE *file;
  const char *name;
  char *line;
};

static void advance(struct source *s) {
  size_t size = 0;
  s->line = 0;
  ssize_t length = getline(&s->line, &size, s->file);
  if (length > 0 && s->line[length - 1] == '\n') s->line[length - 1] = 0;
  if (length > 0) return;
  if (ferror(s->file)) {
    char text[300];
    snprintf(text, sizeof text, "read failed: %.256s", s->name);
    exit(tool_failed(text) + 1);
  }
  free(s->line);
  s->line = 0;
}

/* -m: of the next lines of all files the least, again and again; of equal ones that of the earlier file. */
static int merge(char **names, int number, const char *output) {
  struct source *sources = calloc((size_t)number, sizeof *sources);
  char *before = 0;
  if (!sources) return tool_failed("malloc") + 1;
  for (int i = 0; i < number; i++) {
    sources[i].name = names[i];
    sources[i].file = strcmp(names[i], "-") == 0 ? stdin : fopen(names[i], "r");
    if (!sources[i].file) {
      char text[300];
      snprintf(text, sizeof text, "cannot read: %.256s", names[i]);
      return tool_failed(text) + 1;
    }
    advance(&sources[i]);
  }
  /* The output may be one of the files: it is written when they have been read. */
  FILE *to = output ? tmpfile() : stdout;
  if (!to) return tool_failed("tmpfile") + 1;
  for (;;) {
    struct source *least = 0;
    for (int i = 0; i < number; i++)
      if (sources[i].line && (!least || compare(&sources[i].line, &least->line) < 0)) least = &sources[i];
    if (!least) break;
    if (!unique || !before || order(before, least->line) != 0) {
      fputs(least->line, to);
      putc('\n', to);
      free(before);
      before = least->line;
    } else free(least->line);
    advance(least);
  }
  if (output) {
    char text[300];
    snprintf(text, sizeof text, "open failed: %.256s", output);
    if (!freopen(output, "w", stdout)) return tool_failed(text) + 1;
    rewind(to);
    for (int c; (c = getc(to)) != EOF;) putchar(c);
  }
  return tool_finish(0);
}

int main(int argc, char **argv) {
  static const struct option longs[] = {
      {"numeric-sort", 0, 0, 'n'}, {"human-numeric-sort", 0, 0, 'h'}, {"version-sort", 0, 0, 'V'}, {"ignore-case", 0, 0, 'f'},
      {"dictionary-order", 0, 0, 'd'}, {"reverse", 0, 0, 'r'}, {"ignore-leading-blanks", 0, 0, 'b'}, {"unique", 0, 0, 'u'},
      {"stable", 0, 0, 's'}, {"key", 1, 0, 'k'}, {"field-separator", 1, 0, 't'}, {"output", 1, 0, 'o'}, {"check", 0, 0, 'c'}, {"merge", 0, 0, 'm'}, {0, 0, 0, 0},
  };
  const char *output = 0;
  tool_trouble = 2;
  tool_start(argc, argv, usage);
  for (int option; (option = getopt_long(argc, argv, "nghVfdrbuscCmk:t:o:", longs, 0)) != -1;) {
    if (set_rule(&global, option)) continue;
    switch (option) {
      case 'u': unique = 1; break;
      case 's': stable = 1; break;
      case 'c':
      case 'C': check = option; break;
      case 'm': merges = 1; break;
      case 'k': add_key(optarg); break;
      case 'o': output = optarg; break;
      case 't':
        if (!*optarg) return tool_complain("empty tab") + 1;
        if (optarg[1] && strcmp(optarg, "\\0")) return tool_complain("multi-character tab '%s'", optarg) + 1;
        separator = optarg[1] ? 0 : (unsigned char)optarg[0];
        break;
      default: tool_bad_usage();
    }
  }
  for (int i = 0; i < key_count; i++) { /* a key without options has the global ones */
    const struct rules *r = &keys[i].rules;
    if (r->kind || r->fold || r->dictionary || r->reverse || r->blanks || keys[i].end_blanks) continue;
    keys[i].rules = global;
    keys[i].end_blanks = global.blanks;
  }
  const char *first = optind < argc ? argv[optind] : "-";
  if (merges && !check && optind < argc) return merge(argv + optind, argc - optind, output);
  if (optind == argc) take(stdin, "-");
  for (; optind < argc; optind++) {
    FILE *file = strcmp(argv[optind], "-") == 0 ? stdin : fopen(argv[optind], "r");
    if (!file) {
      char text[300];
      snprintf(text, sizeof text, "cannot read: %.256s", argv[optind]);
      return tool_failed(text) + 1;
    }
    take(file, argv[optind]);
    if (file != stdin) fclose(file);
  }
  if (check) return is_sorted(first);
  qsort(lines, count, sizeof *lines, compare); /* which is stable */
  if (output && !freopen(output, "w", stdout)) {
    char text[300];
    snprintf(text, sizeof text, "open failed: %.256s", output);
    return tool_failed(text) + 1;
  }
  for (size_t i = 0; i < count; i++)
    if (!unique || i == 0 || order(lines[i - 1], lines[i]) != 0) puts(lines[i]);
  return tool_finish(0);
}
