/* sort: lines in order, of the whole lines or of fields. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tools/sort-keys.h"
#include "tools/tool.h"

static const char usage[] =
    "sort [OPTION]... [-k FIELD[.CHARACTER][OPTIONS][,FIELD[.CHARACTER][OPTIONS]]]... [FILE]...\n"
    "Prints the lines of the files in order.\n"
    "  -n  by number   -h  by size (2K, 1G)   -V  by version   -M  by month   -R  at random, equal ones together   -f  letters alike\n"
    "  -d  only letters, digits, blanks count   -i  only what can be printed   -b  without leading blanks   -r  backwards\n"
    "  -u  equal ones once   -s  equal ones as they came   -m  merges sorted files   -z  lines end with NUL\n"
    "  -k  by these fields, which -t separates (else blanks do)   -o  into a file   -c -C  only says whether they are in order\n"
    "  --files0-from=FILE  the names in FILE, each with a NUL behind it\n";

static int check, merges;
static int end_of_line = '\n';

static struct line *lines;
static size_t count, room;

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

/* -c: the status, and which line is the first that is not in order. */
static int is_sorted(const char *name) {
  for (size_t i = 1; i < count; i++) {
    int result = sort_compare(&lines[i - 1], &lines[i]);
    if (result < 0 || (result == 0 && !sort_options.unique)) continue;
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
      if (sources[i].more && (!least || sort_compare(&sources[i].line, &least->line) < 0)) least = &sources[i];
    if (!least) break;
    if (!sort_options.unique || !before.text || sort_order(&before, &least->line) != 0) {
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
    if (sort_set_rule(&sort_options.rules, option)) continue;
    switch (option) {
      case 'u': sort_options.unique = 1; break;
      case 's': sort_options.stable = 1; break;
      case 'z': end_of_line = 0; break;
      case 1: option = optarg && (strcmp(optarg, "quiet") == 0 || strcmp(optarg, "silent") == 0) ? 'C' : 'c'; /* fallthrough */
      case 'c':
      case 'C': check = option; break;
      case 'm': merges = 1; break;
      case 'k': sort_add_key(optarg); break;
      case 'o':
        if (output && strcmp(output, optarg)) return tool_complain("multiple output files specified") + 1;
        output = optarg;
        break;
      case 't': {
        if (!*optarg) return tool_complain("empty tab") + 1;
        if (optarg[1] && strcmp(optarg, "\\0")) return tool_complain("multi-character tab '%s'", optarg) + 1;
        int given = optarg[1] ? 0 : (unsigned char)optarg[0];
        if (sort_options.separator >= 0 && sort_options.separator != given) return tool_complain("incompatible tabs") + 1;
        sort_options.separator = given;
        break;
      }
      case 2: from = optarg; break;
    }
  }
  sort_end_keys();
  int number = argc - optind;
  char **names = number ? argv + optind : standard_input;
  if (from && number) {
    tool_complain("extra operand '%s'", *names);
    fputs("file operands cannot be combined with --files0-from\n", stderr);
    tool_bad_usage();
  }
  if (from && !(names = tool_names_in(from, &number))) fail("open failed", from);
  if (from && number == 0) return tool_complain("no input from '%s'", from) + 1;
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
  qsort(lines, count, sizeof *lines, sort_compare); /* which is stable */
  open_output(output);
  for (size_t i = 0; i < count; i++)
    if (!sort_options.unique || i == 0 || sort_order(&lines[i - 1], &lines[i]) != 0) put(stdout, &lines[i]);
  return tool_finish(0);
}
