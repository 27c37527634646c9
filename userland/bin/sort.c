/* sort: lines in order, of the whole lines or of fields. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "sort [OPTION]... [-k FIELD[.CHARACTER][OPTIONS][,FIELD[.CHARACTER][OPTIONS]]]... [FILE]...\n"
    "Prints the lines of the files in order.\n"
    "  -n  by number   -h  by size (2K, 1G)   -V  by version   -M  by month   -R  at random, equal ones together   -f  letters alike\n"
    "  -d  only letters, digits, blanks count   -i  only what can be printed   -b  without leading blanks   -r  backwards\n"
    "  -u  equal ones once   -s  equal ones as they came   -m  merges sorted files   -z  lines end with NUL\n"
    "  -k  by these fields, which -t separates (else blanks do)   -o  into a file   -c -C  only says whether they are in order\n"
    "  --files0-from=FILE  the names in FILE, each with a NUL behind it\n";

struct rules {
  char kind, other; /* n g h M V R or 0; a second one, which is a mistake */
  int fold, dictionary, printable, reverse, blanks;
};

struct key {
  struct rules rules;
  unsigned long field, character, end_field, end_character; /* from 1; end_field 0: to the line's end */
  int end_blanks;
};

static struct rules global;
static struct key *keys;
static int key_count, separator = -1, unique, stable, check, merges;
static int end_of_line = '\n';

struct line {
  char *text;
  size_t size;
};
static struct line *lines;
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

static const char *part(const struct key *k, const struct line *line, size_t *length) {
  const char *s = line->text;
  size_t size = line->size, from = field_start(s, size, k->field), to = size;
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

/* A number with an exponent: its first digits, from the first that is not 0, and where the point is before them. */
struct general {
  int rank; /* 0: no number, 1: one that is none, 2: a number or infinity */
  int sign; /* 0 for zero */
  long exponent;
  char digits[41];
};

static struct general general(const char *s, size_t size) {
  struct general g = {.sign = 1};
  size_t at = skip_blanks(s, 0, size), used = 0;
  if (at < size && (s[at] == '-' || s[at] == '+')) g.sign = s[at++] == '-' ? -1 : 1;
  if (size - at >= 3 && strncasecmp(s + at, "nan", 3) == 0) g.rank = 1;
  if (size - at >= 3 && strncasecmp(s + at, "inf", 3) == 0) g.rank = 2, g.exponent = 1L << 40, g.digits[used++] = '1';
  for (int point = 0; !g.rank || (g.rank == 2 && g.exponent < 1L << 39); at++) {
    if (at < size && s[at] == '.' && !point) {
      point = 1;
      continue;
    }
    if (at >= size || !isdigit((unsigned char)s[at])) break;
    g.rank = 2;
    if (s[at] == '0' && !used) {
      g.exponent -= point;
      continue;
    }
    g.exponent += !point;
    if (used < sizeof g.digits - 1) g.digits[used++] = s[at];
  }
  if (g.rank == 2 && at + 1 < size && (s[at] == 'e' || s[at] == 'E')) g.exponent += strtol(s + at + 1, 0, 10);
  while (used > 0 && g.digits[used - 1] == '0') g.digits[--used] = 0;
  if (used == 0) g.sign = 0, g.exponent = 0;
  return g;
}

static int by_general(const char *a, size_t n, const char *b, size_t m) {
  struct general x = general(a, n), y = general(b, m);
  if (x.rank != y.rank || x.rank < 2) return x.rank - y.rank;
  if (x.sign != y.sign || x.sign == 0) return x.sign - y.sign;
  int result = x.exponent != y.exponent ? (x.exponent > y.exponent) - (x.exponent < y.exponent) : strcmp(x.digits, y.digits);
  return x.sign < 0 ? -result : result;
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

/* Which month the text begins with, from 1; 0 for none. */
static int month(const char *s, size_t size) {
  static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
  size_t at = skip_blanks(s, 0, size);
  for (int i = 0; i < 12; i++)
    if (size - at >= 3 && strncasecmp(s + at, names + 3 * i, 3) == 0) return i + 1;
  return 0;
}

static unsigned long seed;

/* FNV-1a, begun with the seed: another order every time. */
static unsigned long scrambled(const char *s, size_t size) {
  unsigned long hash = 14695981039346656037UL ^ seed;
  for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)s[i]) * 1099511628211UL;
  return hash ^ hash >> 29;
}

static int is_passed(const struct rules *r, unsigned char c) {
  return (r->dictionary && !isalnum(c) && !isblank(c)) || (r->printable && !isprint(c));
}

static int by_bytes(const struct rules *r, const char *a, size_t n, const char *b, size_t m) {
  size_t i = 0, j = 0;
  for (;; i++, j++) {
    while (i < n && is_passed(r, (unsigned char)a[i])) i++;
    while (j < m && is_passed(r, (unsigned char)b[j])) j++;
    if (i >= n || j >= m) return (i < n) - (j < m);
    int c = (unsigned char)a[i], d = (unsigned char)b[j];
    if (r->fold) c = toupper(c), d = toupper(d);
    if (c != d) return c - d;
  }
}

static int by_rules(const struct rules *r, const char *a, size_t n, const char *b, size_t m) {
  int result;
  switch (r->kind) {
    case 'g': result = by_general(a, n, b, m); break;
    case 'n': result = by_number(a, n, b, m); break;
    case 'h': {
      int minus_a = n > 0 && a[skip_blanks(a, 0, n)] == '-', minus_b = m > 0 && b[skip_blanks(b, 0, m)] == '-';
      int x = minus_a ? -unit(a, n) : unit(a, n), y = minus_b ? -unit(b, m) : unit(b, m);
      result = x != y ? x - y : by_number(a, n, b, m);
      break;
    }
    case 'M': result = month(a, n) - month(b, m); break;
    case 'R': {
      unsigned long x = scrambled(a, n), y = scrambled(b, m);
      result = (x > y) - (x < y);
      break;
    }
    case 'V': result = by_version(a, n, b, m); break;
    default: result = by_bytes(r, a, n, b, m);
  }
  return r->reverse ? -result : result;
}

/* By keys and options only; lines that are equal so are one for -u. */
static int order(const struct line *left, const struct line *right) {
  for (int i = 0; i < key_count; i++) {
    size_t n, m;
    const char *a = part(&keys[i], left, &n), *b = part(&keys[i], right, &m);
    int result = by_rules(&keys[i].rules, a, n, b, m);
    if (result) return result;
  }
  if (key_count > 0) return 0;
  size_t n = left->size, m = right->size, i = global.blanks ? skip_blanks(left->text, 0, n) : 0, j = global.blanks ? skip_blanks(right->text, 0, m) : 0;
  return by_rules(&global, left->text + i, n - i, right->text + j, m - j);
}

static int compare(const void *left, const void *right) {
  const struct line *l = left, *r = right;
  int result = order(l, r);
  if (result || unique || stable) return result;
  result = memcmp(l->text, r->text, l->size < r->size ? l->size : r->size); /* the last resort, as POSIX asks */
  if (!result) result = (l->size > r->size) - (l->size < r->size);
  return global.reverse ? -result : result;
}

static _Noreturn void fail(const char *what, const char *name) {
  tool_complain("%s: %s: %s", what, name, strerror(errno));
  exit(2);
}

/* The next line of a file, in a block of its own; 0 at its end. */
static int next_line(FILE *file, const char *name, struct line *to) {
  size_t size = 0;
  *to = (struct line){0, 0};
  ssize_t length = getdelim(&to->text, &size, end_of_line, file);
  if (length > 0) {
    to->size = (size_t)length - (to->text[length - 1] == end_of_line);
    return 1;
  }
  if (ferror(file)) fail("read failed", name);
  free(to->text);
  to->text = 0;
  return 0;
}

static void put(FILE *to, const struct line *line) {
  fwrite(line->text, 1, line->size, to);
  putc(end_of_line, to);
}

static FILE *open_file(const char *name) {
  FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
  if (!file) fail("cannot read", name);
  return file;
}

static void take(FILE *file, const char *name) {
  for (struct line line; next_line(file, name, &line);) {
    if (count == room) {
      room = room ? room * 2 : 64;
      lines = realloc(lines, room * sizeof *lines);
      if (!lines) exit(tool_failed("memory exhausted") + 1);
    }
    lines[count++] = line;
  }
}

static int set_rule(struct rules *r, int letter) {
  switch (letter) {
    case 'n':
    case 'g':
    case 'h':
    case 'M':
    case 'R':
    case 'V':
      if (r->kind && r->kind != letter) r->other = r->kind;
      r->kind = (char)letter;
      return 1;
    case 'i': r->printable = 1; return 1;
    case 'f': r->fold = 1; return 1;
    case 'd': r->dictionary = 1; return 1;
    case 'r': r->reverse = 1; return 1;
    case 'b': r->blanks = 1; return 1;
    default: return 0;
  }
}

static _Noreturn void bad_key(const char *problem, const char *what, const char *text) {
  tool_complain("%s: invalid %s '%s'", problem, what, text);
  exit(2);
}

/* A count of a key; more than fits is as much as there can be. */
static unsigned long key_number(const char *from, char **end, const char *where) {
  if (!isdigit((unsigned char)*from)) bad_key(where, "count at start of", from);
  return strtoul(from, end, 10);
}

static void add_key(const char *text) {
  struct key k = {.character = 1};
  char *at;
  keys = realloc(keys, (size_t)(key_count + 1) * sizeof *keys);
  if (!keys) exit(tool_failed("memory exhausted") + 1);
  k.field = key_number(text, &at, "invalid number at field start");
  if (k.field == 0) bad_key("field number is zero", "field specification", text);
  if (*at == '.') k.character = key_number(at + 1, &at, "invalid number after '.'");
  if (k.character == 0) bad_key("character offset is zero", "field specification", text);
  while (set_rule(&k.rules, *at)) at++;
  if (*at == ',') {
    k.end_field = key_number(at + 1, &at, "invalid number after ','");
    if (k.end_field == 0) bad_key("field number is zero", "field specification", text);
    if (*at == '.') k.end_character = key_number(at + 1, &at, "invalid number after '.'");
    for (; *at; at++) {
      if (*at == 'b') k.end_blanks = 1;
      else if (!set_rule(&k.rules, *at)) break;
    }
  }
  if (*at) bad_key("stray character in field spec", "field specification", text);
  keys[key_count++] = k;
}

/* Two ways of comparing at once make no sense. */
static void check_rules(const struct rules *r) {
  char letters[8], *to = letters;
  int ignores = r->dictionary || r->printable, random = r->kind == 'R' || r->other == 'R', version = r->kind == 'V' || r->other == 'V';
  if (!r->kind || (!r->other && !(ignores && !random && !version))) return;
  if (random && version && !ignores) return;
  for (const char *c = "dfghiMnRV"; *c; c++)
    if (*c == r->kind || *c == r->other || (*c == 'd' && r->dictionary) || (*c == 'f' && r->fold) || (*c == 'i' && r->printable && !r->dictionary)) *to++ = *c;
  *to = 0;
  tool_complain("options '-%s' are incompatible", letters);
  exit(2);
}

/* -c: the status, and which line is the first that is not in order. */
static int is_sorted(const char *name) {
  for (size_t i = 1; i < count; i++) {
    int result = compare(&lines[i - 1], &lines[i]);
    if (result < 0 || (result == 0 && !unique)) continue;
    if (check == 'c') fprintf(stderr, "sort: %s:%zu: disorder: %.*s\n", name, i + 1, (int)lines[i].size, lines[i].text);
    return 1;
  }
  return 0;
}

/* The output may be one of the files: it is opened when they have been read. */
static void open_output(const char *output) {
  if (output && !freopen(output, "w", stdout)) fail("open failed", output);
}

/* One of the files that are merged, and its next line. */
struct source {
  FILE *file;
  const char *name;
  struct line line;
  int more;
};

static void advance(struct source *s) { s->more = next_line(s->file, s->name, &s->line); }

/* -m: of the next lines of all files the least, again and again; of equal ones that of the earlier file. */
static int merge(char **names, int number, const char *output) {
  struct source *sources = calloc((size_t)number, sizeof *sources);
  struct line before = {0, 0};
  if (!sources) return tool_failed("memory exhausted") + 1;
  for (int i = 0; i < number; i++) {
    sources[i].name = names[i];
    sources[i].file = open_file(names[i]);
    advance(&sources[i]);
  }
  FILE *to = output ? tmpfile() : stdout;
  if (!to) return tool_failed("tmpfile") + 1;
  for (;;) {
    struct source *least = 0;
    for (int i = 0; i < number; i++)
      if (sources[i].more && (!least || compare(&sources[i].line, &least->line) < 0)) least = &sources[i];
    if (!least) break;
    if (!unique || !before.text || order(&before, &least->line) != 0) {
      put(to, &least->line);
      free(before.text);
      before = least->line;
    } else free(least->line.text);
    tool_check_output();
    advance(least);
  }
  if (output) {
    open_output(output);
    rewind(to);
    for (int c; (c = getc(to)) != EOF;) putchar(c);
  }
  return tool_finish(0);
}

/* The names in a file, each with a NUL behind it. */
static char **names_in(const char *path, int *number) {
  size_t size, names = 0;
  char *text = tool_read_file(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &size), **list = malloc((size + 2) * sizeof *list);
  if (!text || !list) fail("open failed", path);
  for (char *at = text; at < text + size; at += strlen(at) + 1) list[names++] = at;
  if (names == 0) exit(tool_complain("no input from '%s'", path) + 1);
  list[names] = 0;
  *number = (int)names;
  return list;
}

int main(int argc, char **argv) {
  const char *output = 0, *from = 0;
  static char *standard_input[] = {"-", 0};
  tool_trouble = 2;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "b(ignore-leading-blanks)cC\1::(check)d(dictionary-order)f(ignore-case)g(general-numeric-sort)h(human-numeric-sort)i(ignore-nonprinting)k:(key)m(merge)M(month-sort)n(numeric-sort)"
       "o:(output)R(random-sort)r(reverse)s(stable)S:(buffer-size)t:(field-separator)T:(temporary-directory)u(unique)V(version-sort)z(zero-terminated)\2:(files0-from)\3:(sort)\4:(parallel)\4:(batch-size)")) != -1;) {
    static const char *const sorts[] = {"general-numeric", "human-numeric", "month", "numeric", "random", "version", 0};
    if (option == 3) {
      int at = 0;
      while (sorts[at] && strcmp(sorts[at], optarg)) at++;
      if (!sorts[at]) {
        tool_complain("invalid argument '%s' for '--sort'", optarg);
        tool_bad_usage();
      }
      option = "ghMnRV"[at];
    }
    if (set_rule(&global, option)) continue;
    switch (option) {
      case 'u': unique = 1; break;
      case 's': stable = 1; break;
      case 'z': end_of_line = 0; break;
      case 1: option = optarg && (strcmp(optarg, "quiet") == 0 || strcmp(optarg, "silent") == 0) ? 'C' : 'c'; /* fallthrough */
      case 'c':
      case 'C': check = option; break;
      case 'm': merges = 1; break;
      case 'k': add_key(optarg); break;
      case 'o':
        if (output && strcmp(output, optarg)) return tool_complain("multiple output files specified") + 1;
        output = optarg;
        break;
      case 't': {
        if (!*optarg) return tool_complain("empty tab") + 1;
        if (optarg[1] && strcmp(optarg, "\\0")) return tool_complain("multi-character tab '%s'", optarg) + 1;
        int given = optarg[1] ? 0 : (unsigned char)optarg[0];
        if (separator >= 0 && separator != given) return tool_complain("incompatible tabs") + 1;
        separator = given;
        break;
      }
      case 2: from = optarg; break;
    }
  }
  for (int i = 0; i < key_count; i++) { /* a key without options has the global ones */
    const struct rules *r = &keys[i].rules;
    if (r->kind || r->fold || r->dictionary || r->printable || r->reverse || r->blanks || keys[i].end_blanks) continue;
    keys[i].rules = global;
    keys[i].end_blanks = global.blanks;
  }
  for (int i = 0; i < key_count; i++) check_rules(&keys[i].rules);
  check_rules(&global);
  getentropy(&seed, sizeof seed);
  int number = argc - optind;
  char **names = number ? argv + optind : standard_input;
  if (from && number) {
    tool_complain("extra operand '%s'", *names);
    fputs("file operands cannot be combined with --files0-from\n", stderr);
    tool_bad_usage();
  }
  if (from) names = names_in(from, &number);
  if (number == 0) number = 1;
  if (check && number > 1) return tool_complain("extra operand '%s' not allowed with -%c", names[1], check) + 1;
  if (check && output) return tool_complain("options '-%co' are incompatible", check) + 1;
  if (merges && !check) return merge(names, number, output);
  for (int i = 0; i < number; i++) {
    FILE *file = open_file(names[i]);
    take(file, names[i]);
    if (file != stdin) fclose(file);
  }
  if (check) return is_sorted(names[0]);
  qsort(lines, count, sizeof *lines, compare); /* which is stable */
  open_output(output);
  for (size_t i = 0; i < count; i++)
    if (!unique || i == 0 || order(&lines[i - 1], &lines[i]) != 0) put(stdout, &lines[i]);
  return tool_finish(0);
}
